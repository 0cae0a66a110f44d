import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockDataFolder } from '#infra/local/start/data-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folkmoot-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is held by one at a time', () => {
  const release = lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow(/already runs/);
  release();
  lockDataFolder(folder)();
});

it('is worth nothing when its holder died, also when another process has the number now', () => {
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, startedAt: '1' }));
  lockDataFolder(folder)();
  if (process.platform === 'linux') {
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.ppid, startedAt: '1' }));
    lockDataFolder(folder)();
  }
  writeFileSync(join(folder, 'lock'), '');
  lockDataFolder(folder)();
});
