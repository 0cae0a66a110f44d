import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface HostedEngine {
  endpoint: string;
  pid: number;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Starts an engine in a child process and waits for its endpoint. */
export async function hostEngine(
  kind: 'buckets' | 'mail' | 'queues',
  dataDir: string,
): Promise<HostedEngine> {
  const script = fileURLToPath(new URL('./engine-host.ts', import.meta.url));
  const child = spawn(process.execPath, [script, kind, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => kill(child));
  for await (const endpoint of createInterface({ input: child.stdout }))
    return { endpoint, pid: child.pid ?? 0, kill: () => kill(child) };
  throw new Error(`The ${kind} engine did not start`);
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
