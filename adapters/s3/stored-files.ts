import type { StoredFiles } from '#domain/documents/ports.ts';
import type { Id } from '#domain/shared/ids.ts';
import { fileKey } from './archive-files.ts';
import type { Bucket } from './bucket.ts';

/** The files of the archive for whoever takes them away. */
export class S3StoredFiles implements StoredFiles {
  readonly #bucket: Bucket;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  open(file: Id): Promise<AsyncIterable<Uint8Array> | null> {
    return this.#bucket.stream(fileKey(file));
  }
}
