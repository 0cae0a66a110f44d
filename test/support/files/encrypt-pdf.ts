import { createCipheriv, createHash } from 'node:crypto';
import { makePdf, type ObjectMade } from './make-pdf.ts';

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

/** How a PDF is locked: what its dictionary says, and how the stream of an object is encrypted. */
interface Locked {
  readonly dictionary: string;
  readonly encrypt: (number: number, bytes: Uint8Array) => Buffer;
}

const PERMISSIONS = Buffer.from(Int32Array.of(-64).buffer);
const ID = Buffer.from('0123456789abcdef');
const IV = Buffer.from('an initial value');

const hex = (bytes: Uint8Array): string => `<${Buffer.from(bytes).toString('hex')}>`;

const aes = (name: string, key: Uint8Array, bytes: Uint8Array): Buffer => {
  const cipher = createCipheriv(name, key, IV);
  return Buffer.concat([IV, cipher.update(bytes), cipher.final()]);
};

const placeOf = (number: number): Buffer => Buffer.from([number & 255, number >> 8, 0, 0, 0]);

/** As in PDF 1.1: RC4 with 40 bits (ISO 32000-2, 7.6.4, revision 2). */
const rc4With40Bits = (password: string): Locked => {
  const owner = rc4(md5(padded('owner')).subarray(0, 5), padded(password));
  const key = md5(padded(password), owner, PERMISSIONS, ID).subarray(0, 5);
  return {
    dictionary: `/V 1 /R 2 /O ${hex(owner)} /U ${hex(rc4(key, PADDING))}`,
    encrypt: (number, bytes) => rc4(md5(key, placeOf(number)).subarray(0, 10), bytes),
  };
};

const repeated = (key: Buffer, bytes: Buffer): Buffer =>
  Array.from({ length: 20 }, (_, round) => round).reduce(
    (now, round) =>
      rc4(
        key.map((byte) => byte ^ round),
        now,
      ),
    bytes,
  );

/** As in PDF 1.6: AES with 128 bits (revision 4). */
const aesWith128Bits = (password: string): Locked => {
  const again = (digest: Buffer) => Array.from({ length: 50 }).reduce<Buffer>((now) => md5(now), digest);
  const owner = repeated(again(md5(padded('owner'))), padded(password));
  const key = again(md5(padded(password), owner, PERMISSIONS, ID));
  const user = Buffer.concat([repeated(key, md5(PADDING, ID)), Buffer.alloc(16)]);
  return {
    dictionary: `/V 4 /R 4 /Length 128 /CF << /StdCF << /CFM /AESV2 /Length 16 /AuthEvent /DocOpen >> >> /StmF /StdCF /StrF /StdCF /O ${hex(owner)} /U ${hex(user)}`,
    encrypt: (number, bytes) => aes('aes-128-cbc', md5(key, placeOf(number), Buffer.from('sAlT')), bytes),
  };
};

/** ISO 32000-2, algorithm 2.B. */
const hardened = (password: string, salt: string, more: Uint8Array = Buffer.alloc(0)): Buffer => {
  const word = Buffer.from(password);
  let key = createHash('sha256')
    .update(Buffer.concat([word, Buffer.from(salt), more]))
    .digest();
  for (let round = 0, last = 255; round < 64 || last > round - 32; round += 1) {
    const block = Buffer.concat([word, key, more]);
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(
      false,
    );
    const mixed = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => block)));
    const rest = [...mixed.subarray(0, 16)].reduce((sum, byte) => sum + byte, 0) % 3;
    key = createHash(['sha256', 'sha384', 'sha512'][rest] ?? '')
      .update(mixed)
      .digest();
    last = mixed.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
};

/** As in PDF 2.0: AES with 256 bits (revision 6). */
const aesWith256Bits = (password: string): Locked => {
  const key = Buffer.from('a key of thirty-two bytes, here.');
  const lock = (by: Buffer) =>
    createCipheriv('aes-256-cbc', by, Buffer.alloc(16)).setAutoPadding(false).update(key);
  const user = Buffer.concat([hardened(password, 'validate'), Buffer.from('validatefor-keys')]);
  const owner = Buffer.concat([hardened('owner', 'validate', user), Buffer.from('validatefor-keys')]);
  return {
    dictionary: `/V 5 /R 6 /Length 256 /CF << /StdCF << /CFM /AESV3 /Length 32 /AuthEvent /DocOpen >> >> /StmF /StdCF /StrF /StdCF /O ${hex(owner)} /U ${hex(user)} /OE ${hex(lock(hardened('owner', 'for-keys', user)))} /UE ${hex(lock(hardened(password, 'for-keys')))} /Perms ${hex(Buffer.alloc(16))}`,
    encrypt: (_, bytes) => aes('aes-256-cbc', key, bytes),
  };
};

const locks = { 'rc4-40': rc4With40Bits, 'aes-128': aesWith128Bits, 'aes-256': aesWith256Bits } as const;
export const lockNames = Object.keys(locks) as (keyof typeof locks)[];

export interface EncryptedMade {
  readonly lock: keyof typeof locks;
  /** With '' it opens for everybody, and only asks not to be printed. */
  readonly password?: string;
  readonly text: string;
  readonly packed?: boolean;
  readonly catalogue?: string;
  /** What stands in the object 1000, packed like the others. */
  readonly object?: string;
  /** How the encryption is named: where it is used, or as an object of its own. */
  readonly apart?: boolean;
}

/** A PDF of one page that is encrypted. */
export const makeEncryptedPdf = (made: EncryptedMade): Buffer => {
  const { dictionary, encrypt } = locks[made.lock](made.password ?? '');
  const content = encrypt(11, Buffer.from(`BT /F1 12 Tf 72 700 Td (${made.text}) Tj ET`));
  const encryption = `<< /Filter /Standard /P -64 ${dictionary} >>`;
  const objects: Record<number, ObjectMade> = { 11: { dictionary: '', stream: content } };
  if (made.object !== undefined) objects[1000] = made.object;
  if (made.apart) objects[1001] = { plain: encryption };
  return makePdf({
    pages: [[]],
    objects,
    trailer: `/Encrypt ${made.apart ? '1001 0 R' : encryption} /ID [${hex(ID)} ${hex(ID)}]`,
    ...(made.catalogue === undefined ? {} : { catalogue: made.catalogue }),
    packed: made.packed === true,
    packedWith: (bytes) => encrypt(7, bytes),
  });
};
