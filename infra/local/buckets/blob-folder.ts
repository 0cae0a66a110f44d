import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { FolderSync } from '../engine/durable-files.ts';

/** Some bytes on the disk, and what they amount to. */
export interface Blob {
  name: string;
  size: number;
  /** Hexadecimal: the ETag */
  md5: string;
  /** Base64, as in S3's headers */
  crc32: string;
  sha256: string;
}

/** The contents of objects, in files with names of their own making: no key ever becomes a path. */
export class BlobFolder {
  readonly #folder: string;
  readonly #names: FolderSync;

  constructor(folder: string) {
    this.#folder = folder;
    this.#names = new FolderSync(folder);
    mkdirSync(folder, { recursive: true });
  }

  /** Stores what a stream yields; on the disk, name and all, when this returns. */
  async write(source: AsyncIterable<Uint8Array>): Promise<Blob> {
    const name = randomUUID();
    const file = await open(this.#path(name), 'wx');
    try {
      const blob = await fill(file, name, source);
      await file.sync();
      await this.#names.sync();
      return blob;
    } catch (error) {
      await this.remove([name]);
      throw error;
    } finally {
      await file.close();
    }
  }

  open(name: string): Promise<FileHandle> {
    return open(this.#path(name), 'r');
  }

  /** For programs that read files by themselves. */
  pathOf(name: string): string {
    return this.#path(name);
  }

  async remove(names: string[]): Promise<void> {
    for (const name of names) await rm(this.#path(name), { force: true });
  }

  /** Removes what no object refers to: left over when the process died in the middle of an upload. */
  keepOnly(names: Set<string>): void {
    for (const name of readdirSync(this.#folder)) if (!names.has(name)) rmSync(this.#path(name));
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

async function fill(file: FileHandle, name: string, source: AsyncIterable<Uint8Array>): Promise<Blob> {
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  let checksum = 0;
  let size = 0;
  for await (const chunk of source) {
    md5.update(chunk);
    sha256.update(chunk);
    checksum = crc32(chunk, checksum);
    size += chunk.length;
    await file.writeFile(chunk);
  }
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(checksum);
  return {
    ...{ name, size, md5: md5.digest('hex') },
    ...{ crc32: bytes.toString('base64'), sha256: sha256.digest('base64') },
  };
}
