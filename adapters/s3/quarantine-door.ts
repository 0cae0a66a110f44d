import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { QuarantineDoor } from '#domain/documents/ports.ts';
import type { Bucket } from './bucket.ts';

/** Quarantine for whoever has the files on this machine: one that lies on the disk is never whole in memory. */
export class S3QuarantineDoor implements QuarantineDoor {
  readonly #bucket: Bucket;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  async put(
    { key, mediaType, name }: Parameters<QuarantineDoor['put']>[0],
    file: string | Uint8Array,
  ): ReturnType<QuarantineDoor['put']> {
    const bytes = typeof file === 'string' ? (await stat(file)).size : file.length;
    const { VersionId } = await this.#bucket.client.send(
      new PutObjectCommand({
        Bucket: this.#bucket.name,
        Key: key,
        Body: typeof file === 'string' ? createReadStream(file) : file,
        ContentLength: bytes,
        ContentType: mediaType,
        Metadata: { name: encodeURIComponent(name) },
      }),
    );
    if (VersionId === undefined) throw new Error('Quarantine keeps no versions');
    return { versionId: VersionId, bytes };
  }
}
