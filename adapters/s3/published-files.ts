import type { DocumentFile } from '#domain/documents/document.ts';
import { type FileType, fileTypes } from '#domain/documents/file-type.ts';
import type { PublishedFiles } from '#domain/documents/ports.ts';
import { publishedFolder, publishedPath } from '#domain/documents/published-path.ts';
import { contentDisposition } from '#domain/shared/content-disposition.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asText, fileKey, textKey } from './archive-files.ts';
import type { Bucket } from './bucket.ts';
import { S3PublishedTexts } from './published-texts.ts';

/** What browsers show without a program of their own; the rest is saved. */
const shownInBrowsers: readonly FileType[] = ['pdf', 'png', 'jpg', 'txt'];

/** How long CloudFront and browsers keep a copy, in seconds: a withdrawn document is gone after that. */
const KEPT_SECONDS = 300;

/** What the public gets, as a bucket that CloudFront reads from. */
export class S3PublishedFiles extends S3PublishedTexts implements PublishedFiles {
  /** The name of the archive's bucket. */
  readonly #archive: string;

  constructor(bucket: Bucket, archive: string) {
    super(bucket);
    this.#archive = archive;
  }

  async publish(file: Pick<DocumentFile, 'id' | 'name' | 'type'>): Promise<void> {
    const key = publishedPath(file).slice(1);
    const treatment = shownInBrowsers.includes(file.type) ? 'inline' : 'attachment';
    const { mediaType } = fileTypes[file.type];
    await this.bucket.copy({ bucket: this.#archive, key: textKey(file.id) }, textKey(file.id), asText);
    const isThere = await this.bucket.copy({ bucket: this.#archive, key: fileKey(file.id) }, key, {
      ContentType: mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
      ContentDisposition: contentDisposition(treatment, file.name),
      CacheControl: `public, max-age=${KEPT_SECONDS}`,
    });
    if (!isThere) throw new Error('A file of the archive is not there');
  }

  async withdraw(file: Id): Promise<void> {
    for await (const key of this.bucket.keys(publishedFolder(file).slice(1))) await this.bucket.remove(key);
    await this.bucket.remove(textKey(file));
  }
}
