import { unzipSync } from 'fflate';
import { Damaged } from './xml.ts';

/** A file that would become too large when it is unpacked. */
export class TooLargeInside extends Error {
  override readonly name = 'TooLargeInside';
}

/** Bytes that the parts read may have together, unpacked. */
export const MOST_BYTES_INSIDE = 100 * 1024 * 1024;

const MOST_PARTS = 5000;

/** The names of what a package holds, without unpacking anything. */
export const listParts = (bytes: Uint8Array): readonly string[] => {
  const names: string[] = [];
  inspect(bytes, ({ name }) => {
    names.push(name);
    if (names.length > MOST_PARTS) throw new TooLargeInside();
    return false;
  });
  return names;
};

/** Unpacks the parts that are wanted. What they say of their size is added up first, and none becomes larger. */
export const unpack = (
  bytes: Uint8Array,
  isWanted: (name: string) => boolean,
): ReadonlyMap<string, Uint8Array> => {
  let total = 0;
  const parts = inspect(bytes, ({ name, originalSize }) => {
    if (!isWanted(name)) return false;
    total += originalSize;
    if (total > MOST_BYTES_INSIDE) throw new TooLargeInside();
    return true;
  });
  return new Map(Object.entries(parts));
};

const inspect = (
  bytes: Uint8Array,
  filter: (part: { readonly name: string; readonly originalSize: number }) => boolean,
): Record<string, Uint8Array> => {
  try {
    return unzipSync(bytes, { filter });
  } catch (fault) {
    if (fault instanceof TooLargeInside) throw fault;
    throw new Damaged(fault instanceof Error ? fault.message : String(fault));
  }
};
