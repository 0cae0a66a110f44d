import { damaged, refuse } from '../refused.ts';

const END = '%%EOF';

/** What programs and transfers leave at the end of a file, Ctrl+Z among it. */
const BLANKS = new Set([0, 9, 10, 12, 13, 26, 32]);

/** Makes sure that a PDF begins where the file begins and ends where it ends. */
export const checkEnvelope = (bytes: Buffer): void => {
  const start = bytes.toString('latin1', 0, 64).replace(/^\u00ef\u00bb\u00bf/, '');
  if (!/^\s*%PDF-\d/.test(start)) refuse('ambiguous', 'before the pdf');
  const last = bytes.lastIndexOf(END);
  if (last === -1) damaged('pdf without an end');
  const behind = bytes.subarray(last + END.length);
  if (!behind.some((byte) => !BLANKS.has(byte))) return;
  // More objects, which had an end of their own before the file was cut.
  if (/\sobj\b/.test(behind.toString('latin1'))) damaged('pdf without an end');
  refuse('ambiguous', 'behind the pdf');
};
