import type { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { connect } from './client.ts';

/** One version of an object elsewhere. */
export interface Source {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/** Under what headers S3 serves an object. */
export type Served = Pick<PutObjectCommandInput, 'ContentType' | 'ContentDisposition' | 'CacheControl'>;

/** S3 tells nobody who may not list a bucket that an object is missing: it is forbidden then. */
const isMissing = (fault: unknown): boolean =>
  fault instanceof NoSuchKey ||
  fault instanceof NotFound ||
  (fault instanceof S3ServiceException && ['NoSuchVersion', 'NoSuchKey'].includes(fault.name));

const inAddress = ({ bucket, key, versionId }: Source): string => {
  const path = `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  return versionId === undefined ? path : `${path}?versionId=${encodeURIComponent(versionId)}`;
};

/** One bucket, as adapters use it. */
export class Bucket {
  readonly name: string;
  readonly client: S3Client;

  constructor(name: string, client: S3Client = connect()) {
    this.name = name;
    this.client = client;
  }

  /** The text of an object; null when there is none. */
  async text(key: string): Promise<string | null> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.name, Key: key }));
      return (await Body?.transformToString('utf-8')) ?? '';
    } catch (fault) {
      if (isMissing(fault)) return null;
      throw fault;
    }
  }

  /** What is in an object, as it comes; null when there is none. */
  async stream(key: string): Promise<AsyncIterable<Uint8Array> | null> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.name, Key: key }));
      return Body as Readable;
    } catch (fault) {
      if (isMissing(fault)) return null;
      throw fault;
    }
  }

  async putText(key: string, text: string, served: Served): Promise<void> {
    await this.client.send(
      new PutObjectCommand({ Bucket: this.name, Key: key, Body: Buffer.from(text), ...served }),
    );
  }

  /** Copies an object here, whatever was here before. False when there is no such object. */
  async copy(from: Source, key: string, served: Served): Promise<boolean> {
    try {
      await this.client.send(
        new CopyObjectCommand({
          Bucket: this.name,
          Key: key,
          CopySource: inAddress(from),
          MetadataDirective: 'REPLACE',
          TaggingDirective: 'REPLACE',
          ...served,
        }),
      );
      return true;
    } catch (fault) {
      if (isMissing(fault)) return false;
      throw fault;
    }
  }

  async remove(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.name, Key: key }));
  }

  /** Keys that begin so. */
  async *keys(prefix: string): AsyncGenerator<string, void, undefined> {
    let ContinuationToken: string | undefined;
    do {
      const page = await this.client.send(
        new ListObjectsV2Command({ Bucket: this.name, Prefix: prefix, ContinuationToken }),
      );
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
  }

  /** Removes all versions of all objects whose keys begin so: nothing of them is left. */
  async removeVersions(prefix: string): Promise<void> {
    for (;;) {
      const { Versions = [], DeleteMarkers = [] } = await this.client.send(
        new ListObjectVersionsCommand({ Bucket: this.name, Prefix: prefix }),
      );
      const Objects = [...Versions, ...DeleteMarkers].flatMap(({ Key, VersionId }) =>
        Key === undefined ? [] : [{ Key, VersionId }],
      );
      if (Objects.length === 0) return;
      const { Errors = [] } = await this.client.send(
        new DeleteObjectsCommand({ Bucket: this.name, Delete: { Objects, Quiet: true } }),
      );
      if (Errors.length > 0)
        throw new Error(`S3 did not delete ${Errors.length} objects: ${Errors[0]?.Code}`);
    }
  }
}
