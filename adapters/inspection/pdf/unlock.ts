import { createDecipheriv, createHash } from 'node:crypto';
import { fileKeyOf } from './file-key.ts';
import { rc4 } from './rc4.ts';
import { PdfDictionary, PdfName, PdfString, type PdfValue, PdfWord } from './values.ts';

/** Decrypts a stream of the object of this number and generation. */
export type Decrypt = (bytes: Buffer, number: number, generation: number) => Buffer;

type Cipher = 'rc4' | 'aes-128' | 'aes-256' | 'none';

const numberOf = (value: PdfValue | undefined): number => (typeof value === 'number' ? value : 0);
const bytesOf = (value: PdfValue | undefined): Buffer =>
  value instanceof PdfString ? value.bytes : Buffer.alloc(0);
const dictionaryOf = (value: PdfValue | undefined): PdfDictionary =>
  value instanceof PdfDictionary ? value : new PdfDictionary();

const METHODS: Readonly<Record<string, Cipher>> = {
  V2: 'rc4',
  AESV2: 'aes-128',
  AESV3: 'aes-256',
  None: 'none',
};

/** How streams are encrypted: in new files by a filter that has a name (ISO 32000-2, 7.6.6). */
const cipherOf = (encryption: PdfDictionary): Cipher | null => {
  const version = numberOf(encryption.get('V'));
  if (version === 1 || version === 2) return 'rc4';
  if (version !== 4 && version !== 5) return null;
  const filter = encryption.get('StmF');
  if (!(filter instanceof PdfName) || filter.name === 'Identity') return 'none';
  const method = dictionaryOf(dictionaryOf(encryption.get('CF')).get(filter.name)).get('CFM');
  return (method instanceof PdfName && METHODS[method.name]) || null;
};

const keyLengthOf = (encryption: PdfDictionary): number => {
  const version = numberOf(encryption.get('V'));
  if (version === 1) return 5;
  if (version >= 4) return 16;
  return Math.min(16, Math.max(5, Math.floor((numberOf(encryption.get('Length')) || 40) / 8)));
};

/** Algorithm 1: each object has a key of its own. */
const objectKey = (key: Buffer, number: number, generation: number, isAes: boolean): Buffer => {
  const place = Buffer.from([number, number >> 8, number >> 16, generation, generation >> 8]);
  const salt = isAes ? Buffer.from('sAlT') : Buffer.alloc(0);
  const digest = createHash('md5')
    .update(Buffer.concat([key, place, salt]))
    .digest();
  return digest.subarray(0, Math.min(16, key.length + 5));
};

const decryptAes = (name: 'aes-128-cbc' | 'aes-256-cbc', key: Buffer, bytes: Buffer): Buffer => {
  const whole = bytes.subarray(16, bytes.length - (bytes.length % 16));
  if (bytes.length < 16) return Buffer.alloc(0);
  return createDecipheriv(name, key, bytes.subarray(0, 16)).setAutoPadding(false).update(whole);
};

const decryptBy =
  (cipher: Cipher, key: Buffer): Decrypt =>
  (bytes, number, generation) => {
    if (cipher === 'none') return bytes;
    if (cipher === 'rc4') return rc4(objectKey(key, number, generation, false), bytes);
    if (cipher === 'aes-256') return decryptAes('aes-256-cbc', key, bytes);
    return decryptAes('aes-128-cbc', objectKey(key, number, generation, true), bytes);
  };

/**
 * Opens a PDF that only asks not to be printed or copied, as every reader does: without a password. Null when it needs
 * one, or is encrypted in a way that is not the standard's.
 */
export const unlock = (encryption: PdfDictionary, id: Buffer): Decrypt | null => {
  const filter = encryption.get('Filter');
  const cipher = cipherOf(encryption);
  if (!(filter instanceof PdfName && filter.name === 'Standard') || cipher === null) return null;
  const metadata = encryption.get('EncryptMetadata');
  const key = fileKeyOf({
    revision: numberOf(encryption.get('R')),
    length: keyLengthOf(encryption),
    owner: bytesOf(encryption.get('O')),
    user: bytesOf(encryption.get('U')),
    userKey: bytesOf(encryption.get('UE')),
    permissions: numberOf(encryption.get('P')),
    id,
    encryptsMetadata: !(metadata instanceof PdfWord && metadata.word === 'false'),
  });
  return key && decryptBy(cipher, key);
};
