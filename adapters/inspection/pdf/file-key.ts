import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { rc4 } from './rc4.ts';

/** What an encryption dictionary says (ISO 32000-2, 7.6.4.2). */
export interface Lock {
  readonly revision: number;
  /** Of the key, in bytes. */
  readonly length: number;
  readonly owner: Buffer;
  readonly user: Buffer;
  /** The key itself, locked by the reader's password (revisions 5 and 6). */
  readonly userKey: Buffer;
  readonly permissions: number;
  readonly id: Buffer;
  readonly encryptsMetadata: boolean;
}

const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

const md5 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('md5').update(Buffer.concat(parts)).digest();

/** Algorithm 2, for no password. */
const oldKey = (lock: Lock): Buffer => {
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(lock.permissions | 0);
  const all = lock.revision >= 4 && !lock.encryptsMetadata ? Buffer.alloc(4, 0xff) : Buffer.alloc(0);
  let key = md5(PADDING, lock.owner.subarray(0, 32), permissions, lock.id, all);
  for (let round = 0; lock.revision >= 3 && round < 50; round += 1) key = md5(key.subarray(0, lock.length));
  return key.subarray(0, lock.length);
};

/** Algorithms 4 and 5: what the dictionary would hold if there were no password. */
const opensWith = (key: Buffer, { revision, user, id }: Lock): boolean => {
  if (revision < 3) return rc4(key, PADDING).equals(user.subarray(0, 32));
  let expected = rc4(key, md5(PADDING, id));
  for (let round = 1; round < 20; round += 1)
    expected = rc4(
      key.map((byte) => byte ^ round),
      expected,
    );
  return expected.equals(user.subarray(0, 16));
};

const SHA = ['sha256', 'sha384', 'sha512'] as const;

/** Algorithm 2.B, for no password; revision 5 knew only its first step. */
const hash = (salt: Buffer, revision: number): Buffer => {
  let key = createHash('sha256').update(salt).digest();
  let last = 0;
  for (let round = 0; revision >= 6 && (round < 64 || last > round - 32); round += 1) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(
      false,
    );
    const mixed = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => key)));
    const rest = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = createHash(SHA[rest] ?? 'sha256')
      .update(mixed)
      .digest();
    last = mixed.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
};

/** Algorithm 2.A, for no password. */
const newKey = ({ revision, user, userKey }: Lock): Buffer | null => {
  if (user.length < 48 || userKey.length < 32) return null;
  if (!hash(user.subarray(32, 40), revision).equals(user.subarray(0, 32))) return null;
  const unlocked = createDecipheriv('aes-256-cbc', hash(user.subarray(40, 48), revision), Buffer.alloc(16));
  return unlocked.setAutoPadding(false).update(userKey.subarray(0, 32));
};

/** The key of a file that opens without a password; null when it asks for one. */
export const fileKeyOf = (lock: Lock): Buffer | null => {
  if (lock.revision >= 5) return newKey(lock);
  const key = oldKey(lock);
  return opensWith(key, lock) ? key : null;
};
