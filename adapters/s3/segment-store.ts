import {
  DeleteObjectsCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type PutObjectCommandInput,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { SegmentStore, StoredBytes, Tag } from '#adapters/search/segment-store.ts';
import type { Instant } from '#domain/shared/clock.ts';
import { connect } from './client.ts';

/** API reference, DeleteObjects. */
const BATCH = 1_000;
const NOT_MODIFIED = 304;

const statusOf = (fault: unknown): number | undefined =>
  fault instanceof S3ServiceException ? fault.$metadata.httpStatusCode : undefined;

/**
 * Whether a conditional write was refused since something else is there: 412, 409 when another one was under way, and
 * 404 when what was to be replaced is gone. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
const isRefusal = (fault: unknown): boolean =>
  [404, 409, 412].includes(statusOf(fault) ?? 0) && isNotOfBucket(fault);

const isNotOfBucket = (fault: unknown): boolean => !(fault instanceof Error && fault.name === 'NoSuchBucket');

/** A bucket of S3, with conditional writes and reads of ranges. */
export class S3SegmentStore implements SegmentStore {
  readonly #bucket: string;
  readonly #client: S3Client;

  constructor(bucket: string, client: S3Client = connect()) {
    this.#bucket = bucket;
    this.#client = client;
  }

  async get(key: string, known?: Tag): Promise<StoredBytes | 'unchanged' | null> {
    try {
      return await this.#read({ Key: key, IfNoneMatch: known });
    } catch (fault) {
      if (statusOf(fault) === NOT_MODIFIED) return 'unchanged';
      if (fault instanceof NoSuchKey) return null;
      throw fault;
    }
  }

  async getRange(key: string, from: number, length: number): Promise<Uint8Array | null> {
    if (length === 0) return new Uint8Array(0);
    try {
      const { bytes } = await this.#read({ Key: key, Range: `bytes=${from}-${from + length - 1}` });
      return bytes;
    } catch (fault) {
      if (fault instanceof NoSuchKey) return null;
      throw fault;
    }
  }

  putIfAbsent(key: string, bytes: Uint8Array): Promise<boolean> {
    return this.#put({ Key: key, Body: bytes, IfNoneMatch: '*' });
  }

  putIfMatch(key: string, bytes: Uint8Array, tag: Tag): Promise<boolean> {
    return this.#put({ Key: key, Body: bytes, IfMatch: tag });
  }

  async *list(prefix: string): AsyncGenerator<{ key: string; at: Instant }, void, undefined> {
    const pages = paginateListObjectsV2({ client: this.#client }, { Bucket: this.#bucket, Prefix: prefix });
    for await (const { Contents = [] } of pages)
      for (const { Key, LastModified } of Contents)
        if (Key && LastModified) yield { key: Key, at: LastModified.toISOString() };
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (let at = 0; at < keys.length; at += BATCH) {
      const Objects = keys.slice(at, at + BATCH).map((Key) => ({ Key }));
      const command = new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects, Quiet: true } });
      const { Errors = [] } = await this.#client.send(command);
      if (Errors.length > 0) throw new Error(`${Errors.length} objects were not deleted: ${Errors[0]?.Code}`);
    }
  }

  async #read(input: { Key: string; IfNoneMatch?: string; Range?: string }): Promise<StoredBytes> {
    const { Body, ETag } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, ...input }));
    if (!Body || !ETag) throw new Error('S3 answered without a body or a tag');
    return { bytes: await Body.transformToByteArray(), tag: ETag };
  }

  async #put(input: Omit<PutObjectCommandInput, 'Bucket'>): Promise<boolean> {
    const ContentType = input.Key?.endsWith('.json') ? 'application/json' : 'application/octet-stream';
    try {
      await this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, ContentType, ...input }));
      return true;
    } catch (fault) {
      if (isRefusal(fault)) return false;
      throw fault;
    }
  }
}
