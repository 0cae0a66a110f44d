import { findChromium, findProgram } from '../find-program.ts';
import { runCommand } from './run-command.ts';
import type { Missing } from './vitest-step.ts';

/** The journeys need a browser. Without one they are left out, except in CI, where that is a failure. */
export async function provideChromium(): Promise<Missing | undefined> {
  const found = await provide(findChromium, [
    ['chromium-headless-shell', 'fonts-liberation'],
    ['chromium', 'fonts-liberation'],
  ]);
  if (found) return undefined;
  return {
    note: 'install Chromium for the journeys: apt-get install chromium fonts-liberation',
    fails: process.env.CI === 'true',
  };
}

/** Without Java the contract tests run against our own engines only, and those of the referee skip themselves. */
export async function provideJava(): Promise<undefined> {
  const found = await provide(
    () => findProgram('java'),
    [['openjdk-17-jre-headless'], ['default-jre-headless']],
  );
  if (!found)
    console.log('install Java 17 or newer for the referee engine: apt-get install default-jre-headless');
}

/** What the engines are tried with; each of the two leaves its tests out where it cannot be had. */
export async function provideClients(): Promise<undefined> {
  await provideAwsCli();
  await provideClamav();
}

/** Without AWS's own client, which is a referee of another kind, its tests leave themselves out. */
async function provideAwsCli(): Promise<undefined> {
  const found = await provide(() => findProgram('aws'), [['awscli']]);
  if (!found)
    console.log('install the AWS command line tool to try the engines with it: apt-get install awscli');
}

/** Without ClamAV nothing looks for malware: its tests leave themselves out, and files are taken without a scan. */
async function provideClamav(): Promise<undefined> {
  const found = await provide(() => findProgram('clamscan'), [['clamav', 'clamav-daemon'], ['clamav']]);
  if (!found) console.log('install ClamAV to look for malware in what is uploaded: apt-get install clamav');
}

type Packages = readonly string[];

/** Steps may run beside each other, and apt lets in one at a time. */
let installing: Promise<unknown> = Promise.resolve();

async function provide(find: () => string | undefined, choices: readonly Packages[]): Promise<boolean> {
  if (find() !== undefined) return true;
  const provided = installing.then(() => install(find, choices));
  installing = provided.catch(() => undefined);
  return provided;
}

async function install(find: () => string | undefined, choices: readonly Packages[]): Promise<boolean> {
  const become = await rootPrefix();
  if (become === undefined || findProgram('apt-get') === undefined) return false;
  await runCommand([...become, 'apt-get', 'update', '--quiet']);
  for (const packages of choices) {
    const quiet = ['--yes', '--quiet', '--no-install-recommends'];
    await runCommand([...become, 'apt-get', 'install', ...quiet, ...packages]);
    if (find() !== undefined) return true;
  }
  return false;
}

type Prefix = readonly ['env', 'DEBIAN_FRONTEND=noninteractive'] | readonly ['sudo', '-n', ...string[]];

/** How to run a command as root without being asked anything, or undefined where that cannot be done. */
async function rootPrefix(): Promise<Prefix | undefined> {
  const quietly = ['env', 'DEBIAN_FRONTEND=noninteractive'] as const;
  if (process.getuid?.() === 0) return quietly;
  if (findProgram('sudo') === undefined) return undefined;
  const { ok } = await runCommand(['sudo', '-n', 'true'], { quiet: true });
  return ok ? ['sudo', '-n', ...quietly] : undefined;
}
