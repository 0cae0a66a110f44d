import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSignatures } from '#test/integration/engines/support/signatures.ts';
import { findProgram } from '../find-program.ts';
import { type LaptopSettings, startLaptop } from '../laptop.ts';
import { openProduct, type ProductLaptop } from '../product-laptop.ts';
import { type Archive, openArchive } from './open-archive.ts';

/** A laptop with the demonstration's accounts and nothing else, whose uploads ClamAV looks into. */
export interface ScanningLaptop {
  readonly laptop: ProductLaptop;
  readonly archive: Archive;
  /** Of the laptop's process, which is all of its engines. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** The program that looks for malware; undefined where ClamAV is not installed. */
export const findClamscan = (): string | undefined => findProgram('clamscan');

/** Starts it with a signature of EICAR's test file alone, whatever signatures this machine has. */
export async function startScanning(settings: LaptopSettings = {}): Promise<ScanningLaptop> {
  const folder = mkdtempSync(join(tmpdir(), 'folkmoot-scanning-'));
  const running = await startLaptop({
    ...settings,
    env: {
      FOLKMOOT_ABUSE_LIMITS: 'off',
      FOLKMOOT_CLAMAV_DATABASE: writeSignatures(folder),
      ...settings.env,
    },
  });
  const laptop = openProduct(running.dataDir);
  const archive = await openArchive(laptop);
  return {
    ...{ laptop, archive, pid: running.process.pid ?? 0 },
    stop: async () => {
      archive.s3.destroy();
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
