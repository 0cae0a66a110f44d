import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { Instant } from '#domain/shared/clock.ts';

/** A file in a ZIP. */
export interface ZipEntry {
  readonly path: string;
  readonly at: Instant;
  /** Whether it is packed already, so that packing it again would not make it smaller. */
  readonly isPacked: boolean;
  readonly content: AsyncIterable<Uint8Array>;
}

/** A ZIP without the extension of ZIP64, which is what is written here, cannot hold more (APPNOTE 4.4.1.4). */
export const MOST_ZIP_BYTES = 0xffff_ffff;
export const MOST_ZIP_FILES = 0xffff;

/** Hands on what the packer makes, piece by piece, and waits until it is on the disk: nothing heaps up. */
class ZipWriter {
  readonly #file: FileHandle;
  #made: Uint8Array[] = [];
  #fault: Error | null = null;
  readonly #zip = new Zip((fault, bytes) => {
    if (fault) this.#fault = fault;
    else this.#made.push(bytes);
  });

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async add({ path, at, isPacked, content }: ZipEntry): Promise<void> {
    const entry = isPacked ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
    entry.mtime = at;
    this.#zip.add(entry);
    for await (const bytes of content) {
      entry.push(bytes);
      await this.#flush();
    }
    entry.push(new Uint8Array(0), true);
    await this.#flush();
  }

  async end(): Promise<void> {
    this.#zip.end();
    await this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#fault) throw this.#fault;
    const made = this.#made;
    this.#made = [];
    for (const bytes of made) if (bytes.length > 0) await this.#file.writeFile(bytes);
  }
}

const writeAll = async (part: string, entries: AsyncIterable<ZipEntry>): Promise<void> => {
  const file = await open(part, 'w');
  try {
    const writer = new ZipWriter(file);
    for await (const entry of entries) await writer.add(entry);
    await writer.end();
    await file.sync();
  } finally {
    await file.close();
  }
};

/**
 * Writes a ZIP, one file after the other, in the memory of a few pieces. Under its name it is there whole or not at all:
 * `isGood` is asked when everything is written.
 */
export const writeZip = async (
  path: string,
  entries: AsyncIterable<ZipEntry>,
  isGood: () => boolean = () => true,
): Promise<boolean> => {
  const part = `${path}.part`;
  try {
    await writeAll(part, entries);
    const good = isGood();
    if (good) await rename(part, path);
    return good;
  } finally {
    await rm(part, { force: true });
  }
};
