import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { DocumentFile } from '#domain/documents/document.ts';
import { fileTypes } from '#domain/documents/file-type.ts';
import type { ArchiveFiles, Downloads } from '#domain/documents/ports.ts';
import { contentDisposition } from '#domain/shared/content-disposition.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Bucket } from './bucket.ts';

/** Where a file of the archive lies, and its text. */
export const fileKey = (file: Id): string => `files/${file}`;
export const textKey = (file: Id): string => `texts/${file}.txt`;

/** Text is served as text, whatever somebody wrote into a document. */
export const asText = { ContentType: 'text/plain; charset=utf-8' } as const;

/** The archive as a bucket: nothing in it is served under a type of its own. */
export class S3ArchiveFiles implements Pick<ArchiveFiles, 'text'>, Downloads {
  protected readonly bucket: Bucket;

  constructor(bucket: Bucket) {
    this.bucket = bucket;
  }

  text(file: Id): Promise<string | null> {
    return this.bucket.text(textKey(file));
  }

  link({ id, name, type }: Pick<DocumentFile, 'id' | 'name' | 'type'>, seconds: number): Promise<string> {
    const command = new GetObjectCommand({
      Bucket: this.bucket.name,
      Key: fileKey(id),
      ResponseContentType: fileTypes[type].mediaType,
      ResponseContentDisposition: contentDisposition('attachment', name),
      ResponseCacheControl: 'private, no-store',
    });
    return getSignedUrl(this.bucket.client, command, { expiresIn: seconds });
  }
}
