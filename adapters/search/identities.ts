import { createHash } from 'node:crypto';
import { ByteReader, ByteWriter } from './bytes.ts';

/** That a record was removed, or is kept from this index, so that an older revision of it which comes late is known. */
export interface Removal {
  /** A hash of its id: an index that may not have the record does not name it either. */
  readonly digest: string;
  readonly revision: number;
  /** Milliseconds of Unix time at which the index was told. */
  readonly at: number;
}

/** Which revisions of which records a segment holds, and which it knows to be removed. */
export interface Identities {
  readonly ids: readonly string[];
  readonly revisions: readonly number[];
  readonly removals: readonly Removal[];
}

const DIGEST_BYTES = 16;

/** The first 128 bits of SHA-256. */
export const digestOf = (id: string): string =>
  createHash('sha256')
    .update(id, 'utf8')
    .digest('hex')
    .slice(0, DIGEST_BYTES * 2);

export const writeIdentities = ({ ids, revisions, removals }: Identities): Uint8Array => {
  const bytes = new ByteWriter(ids.length * 64);
  bytes.number(ids.length);
  ids.forEach((id, index) => {
    const encoded = Buffer.from(id);
    bytes.number(revisions[index] ?? 0);
    bytes.number(encoded.length);
    bytes.raw(encoded);
  });
  bytes.number(removals.length);
  for (const { digest, revision, at } of removals) {
    bytes.number(revision);
    bytes.number(at);
    bytes.raw(Buffer.from(digest, 'hex'));
  }
  return bytes.view();
};

export const readIdentities = (bytes: Uint8Array): Identities => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const reader = new ByteReader(bytes);
  const ids: string[] = [];
  const revisions: number[] = [];
  for (let left = reader.count(); left > 0; left -= 1) {
    revisions.push(reader.number());
    const length = reader.count();
    ids.push(buffer.toString('utf8', reader.at, reader.at + length));
    reader.at += length;
  }
  const removals: Removal[] = [];
  for (let left = reader.count(); left > 0; left -= 1) {
    const revision = reader.number();
    const at = reader.number();
    removals.push({ digest: buffer.toString('hex', reader.at, reader.at + DIGEST_BYTES), revision, at });
    reader.at += DIGEST_BYTES;
  }
  return { ids, revisions, removals };
};
