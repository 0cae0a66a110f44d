import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { MOST_FILE_BYTES } from '#domain/documents/file-type.ts';
import { type Inspection, inspectionSchema } from '#domain/documents/inspection.ts';
import type { FetchedFile, QuarantinedFiles, UploadedObject } from '#domain/documents/inspection-ports.ts';
import { connect } from './client.ts';
import { inspectionKey } from './inspection-key.ts';

/**
 * Whether there is nothing to look at any more. Whoever reads strangers' files may not list the bucket, since that would
 * tell it the keys of other files; S3 does not tell it then whether an object is missing, and says that it is forbidden.
 */
const isGone = (fault: unknown): boolean => {
  const { $metadata } = fault as { $metadata?: { httpStatusCode?: number } };
  return [403, 404].includes($metadata?.httpStatusCode ?? 0);
};

/** Names travel percent-encoded, since headers are ASCII. */
const decodeName = (encoded: string): string => {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
};

/** The files in quarantine: objects of a bucket that keeps versions, with the name of the file as metadata `name`. */
export class S3QuarantinedFiles implements QuarantinedFiles {
  readonly #bucket: string;
  readonly #client: S3Client;

  constructor(bucket: string, client: S3Client = connect()) {
    this.#bucket = bucket;
    this.#client = client;
  }

  async lookAt<Seen>(
    object: UploadedObject,
    look: (file: FetchedFile) => Promise<Seen>,
  ): Promise<Seen | null> {
    const found = await this.#get(object);
    if (!found) return null;
    const folder = await mkdtemp(path.join(tmpdir(), 'upload-'));
    try {
      const file = path.join(folder, 'file');
      await this.#save(found, file);
      const { ContentType = '', Metadata = {} } = found;
      return await look({ path: file, name: decodeName(Metadata.name ?? ''), declaredType: ContentType });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async tell(inspection: Inspection): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.#bucket,
        Key: inspectionKey(inspection),
        Body: JSON.stringify(inspectionSchema.parse(inspection)),
        ContentType: 'application/json',
      }),
    );
  }

  async #get({ key, versionId }: UploadedObject): Promise<GetObjectCommandOutput | null> {
    try {
      return await this.#client.send(
        new GetObjectCommand({ Bucket: this.#bucket, Key: key, VersionId: versionId }),
      );
    } catch (fault) {
      if (isGone(fault)) return null;
      throw fault;
    }
  }

  async #save({ Body, ContentLength = 0 }: GetObjectCommandOutput, file: string): Promise<void> {
    const body = Body as Readable;
    if (ContentLength > MOST_FILE_BYTES) {
      body.destroy();
      throw new RangeError('An object is larger than its event said');
    }
    await pipeline(body, createWriteStream(file));
  }
}
