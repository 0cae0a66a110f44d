import type { PublishedFiles } from '#domain/documents/ports.ts';
import type { Id } from '#domain/shared/ids.ts';
import { textKey } from './archive-files.ts';
import type { Bucket } from './bucket.ts';

/** What can be read in files that the public gets. */
export class S3PublishedTexts implements Pick<PublishedFiles, 'text'> {
  protected readonly bucket: Bucket;

  constructor(bucket: Bucket) {
    this.bucket = bucket;
  }

  text(file: Id): Promise<string | null> {
    return this.bucket.text(textKey(file));
  }
}
