import { MOST_ENTRIES } from '../limits.ts';
import { damaged, refuse } from '../refused.ts';
import { checkName } from './check-name.ts';
import { flag, type ZipEntry } from './entry.ts';

const END_BYTES = 22;
const LISTED = 0x02014b50;
const LISTED_BYTES = 46;

const LONGEST_COMMENT = 0xffff;

/** Info-ZIP's second name, which some programs believe and others do not. */
const SECOND_NAME = 0x7075;

interface Directory {
  readonly entries: readonly ZipEntry[];
  /** Where the directory begins: all before it are entries. */
  readonly at: number;
}

/**
 * Reads the central directory of a zip that is nothing but a zip: the end of the directory is the end of the file, and
 * the directory lies just before it. (APPNOTE.TXT 6.3.10, 4.3; no file of the size that is taken needs Zip64.)
 */
export const readDirectory = (bytes: Buffer): Directory => {
  const endAt = findEnd(bytes);
  const [disk, startDisk, here, count] = [4, 6, 8, 10].map((at) => bytes.readUInt16LE(endAt + at));
  const size = bytes.readUInt32LE(endAt + 12);
  const at = bytes.readUInt32LE(endAt + 16);
  if (disk !== 0 || startDisk !== 0 || here !== count) damaged('zip in volumes');
  if (count === 0xffff || size === 0xffffffff || at === 0xffffffff) damaged('zip64');
  if (at + size !== endAt) refuse('ambiguous', 'zip directory');
  if ((count ?? 0) > MOST_ENTRIES) refuse('too-much-inside', 'zip entries');
  return { entries: listEntries(bytes, at, endAt, count ?? 0), at };
};

const findEnd = (bytes: Buffer): number => {
  const endAt = bytes.length - END_BYTES;
  const last = lastEnd(bytes, bytes.length);
  if (last === -1) return damaged('zip without an end');
  if (last !== endAt || bytes.readUInt16LE(endAt + 20) !== 0) return refuse('ambiguous', 'after the zip');
  // One in the comment of the last entry, which would end there for who reads the other way.
  const other = lastEnd(bytes, endAt);
  if (other !== -1 && other + END_BYTES + bytes.readUInt16LE(other + 20) === bytes.length)
    refuse('ambiguous', 'two ends of the zip');
  return endAt;
};

/** Where the last end of a directory begins before some place, as far back as comments reach; -1 for none. */
const lastEnd = (bytes: Buffer, before: number): number => {
  const from = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT);
  const found = bytes.subarray(from, before).lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  return found === -1 || from + found > bytes.length - END_BYTES ? -1 : from + found;
};

const listEntries = (bytes: Buffer, from: number, end: number, count: number): ZipEntry[] => {
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let at = from;
  for (let number = 0; number < count; number += 1) {
    if (at + LISTED_BYTES > end || bytes.readUInt32LE(at) !== LISTED) damaged('zip directory');
    const next = at + LISTED_BYTES + [28, 30, 32].reduce((sum, of) => sum + bytes.readUInt16LE(at + of), 0);
    if (next > end) damaged('zip directory');
    const entry = readEntry(bytes, at);
    // Names of parts are the same whatever their case (ISO/IEC 29500-2, 6.3.5).
    const key = entry.name.toLowerCase();
    if (names.has(key)) refuse('ambiguous', 'one name twice');
    names.add(key);
    entries.push(entry);
    at = next;
  }
  return at === end ? entries : refuse('ambiguous', 'zip directory');
};

const readEntry = (bytes: Buffer, at: number): ZipEntry => {
  const nameLength = bytes.readUInt16LE(at + 28);
  const rawName = bytes.subarray(at + LISTED_BYTES, at + LISTED_BYTES + nameLength);
  const flags = bytes.readUInt16LE(at + 8);
  const method = bytes.readUInt16LE(at + 10);
  if ((flags & (flag.encrypted | flag.stronglyEncrypted | flag.maskedHeaders)) !== 0 || method === 99)
    refuse('encrypted', 'zip entry');
  if (method !== 0 && method !== 8) damaged('zip method');
  refuseSecondName(bytes.subarray(at + LISTED_BYTES + nameLength).subarray(0, bytes.readUInt16LE(at + 30)));
  return {
    name: checkName(rawName, (flags & flag.utf8) !== 0),
    rawName,
    flags,
    method,
    crc32: bytes.readUInt32LE(at + 16),
    packed: bytes.readUInt32LE(at + 20),
    unpacked: bytes.readUInt32LE(at + 24),
    headerAt: bytes.readUInt32LE(at + 42),
  };
};

const refuseSecondName = (extra: Buffer): void => {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2))
    if (extra.readUInt16LE(at) === SECOND_NAME) refuse('ambiguous', 'second name');
};
