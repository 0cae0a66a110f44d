import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { findClamd } from '#infra/local/malware/clamd.ts';

/** Starts ClamAV's daemon with these signatures; gives its socket. It takes no more than a megabyte. */
export async function startClamd(program: string, signatures: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'folkmoot-clamd-'));
  const socket = join(folder, 'clamd.ctl');
  const settings = {
    ...{ LocalSocket: socket, DatabaseDirectory: signatures, Foreground: 'yes', StreamMaxLength: '1M' },
    ...{ AlertEncrypted: 'yes', AlertExceedsMax: 'yes' },
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  writeFileSync(join(folder, 'clamd.conf'), lines.join(''));
  const child = spawn(program, ['-c', join(folder, 'clamd.conf')], { stdio: 'ignore' });
  onTestFinished(async () => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });
  await vi.waitUntil(() => findClamd(socket), { timeout: 30_000, interval: 100 });
  return socket;
}
