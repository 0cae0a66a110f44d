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
import type { FetchedFile, Quarantine, UploadedObject } from '#domain/documents/inspection-ports.ts';
import { connect } from './client.ts';

/** The key under which stands what was found in a version of an object. */
const inspectionKeyOf = ({ key, versionId }: Pick<UploadedObject, 'key' | 'versionId'>): string =>
  `inspected/${key}/${versionId}.json`;

const isGone = (fault: unknown): boolean => {
  const { name, $metadata } = fault as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === 'NoSuchKey' || name === 'NoSuchVersion' || $metadata?.httpStatusCode === 404;
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
export class S3Quarantine implements Quarantine {
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
        Key: inspectionKeyOf(inspection),
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
