import { createHash } from 'node:crypto';
import { makePdf } from './make-pdf.ts';

const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

const md5 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('md5').update(Buffer.concat(parts)).digest();

const padded = (password: string): Buffer =>
  Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, 32);

const rc4 = (key: Uint8Array, data: Uint8Array): Buffer => {
  const box = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number) => box[index & 255] ?? 0;
  const swap = (one: number, other: number) => {
    [box[one & 255], box[other & 255]] = [at(other), at(one)];
  };
  let j = 0;
  for (let i = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  j = 0;
  return Buffer.from(data).map((byte, index) => {
    j = (j + at(index + 1)) & 255;
    swap(index + 1, j);
    return byte ^ at(at(index + 1) + at(j));
  }) as Buffer;
};

const PERMISSIONS = Buffer.from(Int32Array.of(-64).buffer);
const ID = Buffer.from('0123456789abcdef');

/**
 * A PDF of one page, encrypted as in PDF 1.1 (40 bits; ISO 32000-2, 7.6.4, revision 2): with '' as the reader's
 * password it opens for everybody, and only asks not to be printed.
 */
export const makeEncryptedPdf = (text: string, password: string, isPacked = false): Buffer => {
  const owner = rc4(md5(padded('owner')).subarray(0, 5), padded(password));
  const key = md5(padded(password), owner, PERMISSIONS, ID).subarray(0, 5);
  const keyOf = (number: number) => md5(key, Buffer.from([number, 0, 0, 0, 0])).subarray(0, 10);
  const content = rc4(keyOf(11), Buffer.from(`BT /F1 12 Tf 72 700 Td (${text}) Tj ET`));
  const user = rc4(key, PADDING);
  const encrypt = `<< /Filter /Standard /V 1 /R 2 /P -64 /O <${owner.toString('hex')}> /U <${user.toString('hex')}> >>`;
  return makePdf({
    pages: [[]],
    objects: { 11: { dictionary: '', stream: content } },
    trailer: `/Encrypt ${encrypt} /ID [<${ID.toString('hex')}> <${ID.toString('hex')}>]`,
    packed: isPacked,
    packedWith: (bytes) => rc4(keyOf(7), bytes),
  });
};
