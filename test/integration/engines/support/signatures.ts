import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The test string of EICAR, put together here so that no scanner finds it in the repository. https://www.eicar.org */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('-');

/** What ClamAV calls it with the signature below: it says of every signature that is not its own that it is unofficial. */
export const FOUND = 'Folkmoot.Test.Eicar.UNOFFICIAL';

/** A folder with a single signature, until the test is over. */
export function makeSignatures(): string {
  const folder = mkdtempSync(join(tmpdir(), 'folkmoot-signatures-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return writeSignatures(folder);
}

/** Writes a single signature into a folder of its own: ClamAV's own have hundreds of megabytes. */
export function writeSignatures(folder: string): string {
  mkdirSync(join(folder, 'signatures'));
  const hex = Buffer.from(EICAR).toString('hex');
  writeFileSync(join(folder, 'signatures/test.ndb'), `Folkmoot.Test.Eicar:0:*:${hex}\n`);
  return join(folder, 'signatures');
}
