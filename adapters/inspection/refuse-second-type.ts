import { refuse } from './refused.ts';

/** A PDF that begins within the first kilobyte is one for most readers (ISO 32000-1, annex H, note 13). */
const PDF_WITHIN = 1024;
const END_BYTES = 22;

/** Whether a program that looks for zips from the end finds one, hidden in what a picture or a PDF may hold. */
const endsAsZip = (bytes: Buffer): boolean => {
  const tail = bytes.subarray(-(END_BYTES + 0xffff));
  for (
    let at = tail.indexOf('PK\u0005\u0006', 0, 'latin1');
    at !== -1;
    at = tail.indexOf('PK\u0005\u0006', at + 1, 'latin1')
  )
    if (at + END_BYTES <= tail.length && at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length)
      return true;
  return false;
};

/** Refuses what another program could open as a file of another type than the one that was checked. */
export const refuseSecondType = (bytes: Buffer, kind: string): void => {
  if (kind !== 'zip' && endsAsZip(bytes)) refuse('ambiguous', 'a zip, too');
  if (kind !== 'pdf' && bytes.subarray(0, PDF_WITHIN).includes('%PDF-')) refuse('ambiguous', 'a pdf, too');
};
