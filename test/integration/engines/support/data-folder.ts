import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder for one test's engine, gone after it. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'folkmoot-engine-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
