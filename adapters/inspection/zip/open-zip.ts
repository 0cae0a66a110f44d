import { crc32, inflateRawSync } from 'node:zlib';
import { MOST_BYTES_INSIDE, MOST_RATIO, RATIO_MATTERS_FROM } from '../limits.ts';
import { damaged, refuse } from '../refused.ts';
import { checkLayout } from './check-layout.ts';
import type { ZipEntry } from './entry.ts';
import { readDirectory } from './read-directory.ts';

/** A zip that holds together; its entries go by their names. */
export interface Zip {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** Unpacks an entry, wherever its name has capitals; undefined when there is none. */
  read(name: string): Buffer | undefined;
}

/** Opens a zip of which nothing has been believed. Nothing is unpacked before all of it was looked through. */
export const openZip = (bytes: Buffer): Zip => {
  const { entries, at } = readDirectory(bytes);
  checkSizes(entries);
  const contents = checkLayout(bytes, entries, at);
  const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  return {
    names: entries.map(({ name }) => name),
    has: (name) => byName.has(name.toLowerCase()),
    read: (name) => {
      const entry = byName.get(name.toLowerCase());
      return entry && unpack(entry, contents.get(entry) ?? Buffer.alloc(0));
    },
  };
};

const checkSizes = (entries: readonly ZipEntry[]): void => {
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  if (unpacked > MOST_BYTES_INSIDE) refuse('unpacks-too-large', 'zip size');
  if (unpacked > RATIO_MATTERS_FROM && unpacked > packed * MOST_RATIO)
    refuse('unpacks-too-large', 'zip ratio');
};

/** Unpacks no byte more than the entry says that there are, and takes none less; the sums of all were added up. */
const unpack = (entry: ZipEntry, packed: Buffer): Buffer => {
  const content = entry.method === 0 ? packed : inflate(packed, entry.unpacked);
  if (content.length !== entry.unpacked || crc32(content) !== entry.crc32) damaged('entry content');
  return content;
};

interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

const inflate = (packed: Buffer, most: number): Buffer => {
  try {
    const options = { maxOutputLength: Math.max(1, most), info: true };
    const { buffer, engine } = inflateRawSync(packed, options) as unknown as Inflated;
    return engine.bytesWritten === packed.length ? buffer : refuse('ambiguous', 'behind an entry');
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      return refuse('unpacks-too-large', 'entry size');
    if ((fault as NodeJS.ErrnoException).code?.startsWith('Z_')) return damaged('entry content');
    throw fault;
  }
};
