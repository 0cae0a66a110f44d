import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Engine } from '../engine.ts';
import { findFreePort } from '../free-port.ts';
import { indexStreams } from './index-streams.ts';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 3_000;

/**
 * Becomes dynoxide, and leaves a watcher behind that ends it when the pipe on standard input closes: that is
 * what happens when the laptop dies, of whatever. Without it a killed laptop would leave its engine running.
 */
const WATCHED = 'exec 3<&0; (read -r _ <&3; kill -TERM $$) >/dev/null 2>&1 & exec "$@" 3<&- </dev/null';

/**
 * Starts dynoxide on 127.0.0.1 with its data in `dataDir/dynamodb/`. Everything that it acknowledged, stream
 * records included, survives a SIGKILL. It ends with this process.
 */
export async function startDynoxide(options: {
  /** Left out: the one that npm installed. */
  binary?: string | undefined;
  dataDir: string;
  port?: number | undefined;
  onDeath: (cause: string) => void;
}): Promise<Engine> {
  const { binary = findDynoxide() } = options;
  if (!binary) throw new Error('npm has no dynoxide for this machine.');
  const folder = join(options.dataDir, 'dynamodb');
  mkdirSync(folder, { recursive: true });
  const pidFile = join(folder, 'pid');
  endLeftover(pidFile);
  const file = join(folder, 'data');
  const run = async (port: number) => runOn(port, { binary, file, pidFile });
  const { child, died, endpoint } = options.port ? await run(options.port) : await tryPorts(run);
  indexStreams(file);
  let closing = false;
  void died.then((cause) => {
    if (!closing) options.onDeath(cause);
  });
  return {
    endpoint,
    close: async () => {
      closing = true;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await died;
      clearTimeout(force);
      child.stdin?.destroy();
      rmSync(pidFile, { force: true });
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  /** Why it ended, when it did. */
  readonly died: Promise<string>;
  readonly endpoint: string;
}

/** Somebody else may take a port between finding and using it. */
async function tryPorts(run: (port: number) => Promise<Running>, attempts = 3): Promise<Running> {
  const port = await findFreePort();
  try {
    return await run(port);
  } catch (error) {
    if (attempts === 1) throw error;
    return tryPorts(run, attempts - 1);
  }
}

async function runOn(
  port: number,
  { binary, file, pidFile }: { binary: string; file: string; pidFile: string },
): Promise<Running> {
  const command = [binary, '--host', '127.0.0.1', '--port', String(port), '--db-path', file];
  const child = spawn('/bin/sh', ['-c', WATCHED, 'dynoxide', ...command], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  child.stdin.on('error', () => {});
  writeFileSync(pidFile, String(child.pid));
  const endpoint = `http://127.0.0.1:${port}`;
  const died = watchForDeath(child);
  await Promise.race([
    waitUntilHealthy(endpoint),
    died.then((cause) => Promise.reject(new Error(`dynoxide did not start: ${cause}`))),
  ]);
  return { child, died, endpoint };
}

/** The binary that npm installed for this machine; undefined when there is none for it. */
export function findDynoxide(): string | undefined {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    const folder = join(createRequire(import.meta.url).resolve(`${name}/package.json`), '..');
    const binary = join(folder, 'dynoxide');
    chmodSync(binary, 0o755);
    return binary;
  } catch {
    return undefined;
  }
}

/** A laptop whose watcher was killed, too, may have left its dynoxide behind; two on one file would be wrong. */
function endLeftover(pidFile: string): void {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (command.includes('dynoxide') && command.includes(join(pidFile, '..'))) process.kill(pid, 'SIGKILL');
  } catch {
    // No file, no such process, or no /proc: nothing is left over that could be known.
  }
}

function watchForDeath(child: ChildProcess): Promise<string> {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve([signal ?? `exit status ${code}`, complaint].join(' ').trim()),
    );
  });
}

async function waitUntilHealthy(endpoint: string): Promise<void> {
  const giveUpAt = performance.now() + START_LIMIT_MS;
  while (performance.now() < giveUpAt) {
    try {
      await fetch(endpoint);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  throw new Error(`dynoxide does not answer at ${endpoint}.`);
}
