import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { startDynoxide } from '#infra/local/tables/dynoxide.ts';
import { describeEngine } from './suites/engine.ts';

/** The laptop's engine, started as the laptop does, with its data on the disk. */
const start = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'folkmoot-contract-'));
  const onDeath = (cause: string) => console.error(`dynoxide died: ${cause}`);
  const { endpoint, close } = await startDynoxide({ dataDir, onDeath });
  return {
    endpoint,
    close: async () => {
      await close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

describe('dynoxide', () => {
  describeEngine(start);
});
