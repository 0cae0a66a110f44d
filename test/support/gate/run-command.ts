import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');
const bin = join(root, 'node_modules/.bin');

/** How a command ended: its output as far as it was asked for, and why it failed, if it did. */
export interface CommandEnd {
  readonly ok: boolean;
  readonly output: string;
  readonly reason: string;
}

export interface CommandOptions {
  /** Keep the output instead of showing it. */
  readonly quiet?: boolean;
  /** Minutes after which the command is stopped and counts as failed. */
  readonly minutes?: number;
  /** More of the environment. */
  readonly env?: Environment;
}

export type Environment = Readonly<Record<string, string>>;

/** Runs a command in the project's folder, with the project's own programs (Node 24 among them) first on the PATH. */
export function runCommand(
  [program, ...args]: readonly [string, ...string[]],
  { quiet = false, minutes = 10, env = {} }: CommandOptions = {},
): Promise<CommandEnd> {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
  }, minutes * 60_000);
  return new Promise((resolve) => {
    const end = (ok: boolean, reason: string) => {
      clearTimeout(limit);
      resolve({ ok, output: Buffer.concat(chunks).toString('utf8'), reason });
    };
    child.on('error', (error) => end(false, error.message));
    child.on('close', (code, signal) =>
      end(code === 0, late ? `stopped after ${minutes} minutes` : `ended with ${signal ?? code}`),
    );
  });
}
