import type { ArchiveFiles } from '#domain/documents/ports.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asText, fileKey, S3ArchiveFiles, textKey } from './archive-files.ts';
import type { Bucket } from './bucket.ts';

/** The archive for whoever brings files into it. */
export class S3ArchiveIntake extends S3ArchiveFiles implements ArchiveFiles {
  /** The name of the bucket that is quarantine. */
  readonly #quarantine: string;

  constructor(bucket: Bucket, quarantine: string) {
    super(bucket);
    this.#quarantine = quarantine;
  }

  async takeIn(from: { readonly key: string; readonly versionId: string }, file: Id): Promise<void> {
    const served = { ContentType: 'application/octet-stream', ContentDisposition: 'attachment' };
    const isThere = await this.bucket.copy({ bucket: this.#quarantine, ...from }, fileKey(file), served);
    if (!isThere) throw new Error('A file that was checked is not in quarantine any more');
  }

  saveText(file: Id, text: string): Promise<void> {
    return this.bucket.putText(textKey(file), text, asText);
  }

  async remove(file: Id): Promise<void> {
    await this.bucket.remove(fileKey(file));
    await this.bucket.remove(textKey(file));
  }
}
