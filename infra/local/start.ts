import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll } from '../build/build.ts';
import { readStage } from '../stages.ts';
import { shiftDate } from './clock/shifted-date.mjs';
import { type Clock, openClock } from './clock.ts';
import { type Laptop, startLaptop } from './laptop.ts';
import { lockDataFolder } from './start/data-lock.ts';
import { readSettings, type Settings } from './start/settings.ts';
import { synthesize } from './template/synthesize.ts';

/*
 * npm start: builds, synthesizes, and runs everything on this machine.
 */

async function start(settings: Settings, clock: Clock, onDeath: (cause: string) => void): Promise<Laptop> {
  const { root, dataDir, port, consolePort } = settings;
  const publicUrl = `http://127.0.0.1:${port}`;
  const issuer = `http://127.0.0.1:${consolePort}/issuer`;
  const stage = readStage('laptop', { publicUrl, oidcIssuer: issuer });
  if (!('clientId' in stage.signIn)) throw new Error('The laptop signs in at its own issuer.');
  if (!settings.skipBuild) await buildAll(stage);
  const cloudAssembly = join(dataDir, 'cdk.out');
  await synthesize({ root, folder: cloudAssembly, publicUrl, issuer });
  return startLaptop({
    cloudAssembly,
    dataDir,
    port,
    consolePort,
    publicUrl,
    issuer,
    oidcClientId: stage.signIn.clientId,
    clock,
    throttled: settings.throttled,
    mailLimits: settings.mailLimits,
    malware: settings.malware,
    namePrefix: 'folkmoot-laptop-',
    usageDir: settings.usageDir,
    seed: () => loadDemonstration(settings, clock.now()),
    onDeath,
  });
}

/**
 * Runs the operator's tool, which knows the demonstration data and finds the engines by endpoints.json. A laptop
 * that begins empty gets the accounts all the same: without them nobody could sign in. False when it failed.
 */
async function loadDemonstration({ root, dataDir, isEmpty }: Settings, now: Date): Promise<boolean> {
  const tool = join(root, 'operator/folkmoot.mjs');
  if (!existsSync(tool)) return true;
  const child = spawn(process.execPath, [tool, 'demo', ...(isEmpty ? ['--accounts-only'] : [])], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, FOLKMOOT_DATA: dataDir, FOLKMOOT_NOW: now.toISOString() },
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) console.error(`The demonstration data could not be loaded (exit status ${code}).`);
  return code === 0;
}

function explain(error: unknown): string {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  if (code !== 'EADDRINUSE') return message;
  return `Port ${port} is taken. Set PORT and CONSOLE_PORT to ports that are free.`;
}

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const release = lockDataFolder(settings.dataDir);
  // Everything in this process that asks for the time gets the laptop's, the issuer's tokens included.
  const clock = openClock({ file: join(settings.dataDir, 'clock.json'), startAt: settings.startAt });
  shiftDate(clock.offset);
  let laptop: Laptop | undefined;
  let stopping = false;
  const stop = async (status: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await laptop?.close();
    release();
    process.exit(status);
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  try {
    laptop = await start(settings, clock, (cause) => {
      console.error(`The database died: ${cause}`);
      void stop(1);
    });
  } catch (error) {
    release();
    throw error;
  }
  console.log(`malware  ${laptop.malwareScanner}`);
  console.log(`console  ${laptop.consoleUrl}`);
  console.log(`mailbox  ${laptop.consoleUrl}/mail`);
  console.log(`staff  ${laptop.publicUrl}/staff`);
  console.log(`ready  ${laptop.publicUrl}`);
}

main().catch((error: unknown) => {
  console.error(explain(error));
  process.exit(1);
});
