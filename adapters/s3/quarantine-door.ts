import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { QuarantineDoor } from '#domain/documents/ports.ts';
import type { Bucket } from './bucket.ts';

/** Quarantine for whoever has the files on this machine: no file is ever whole in memory. */
export class S3QuarantineDoor implements QuarantineDoor {
  readonly #bucket: Bucket;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  async put({ key, mediaType, name }: Parameters<QuarantineDoor['put']>[0], path: string): Promise<void> {
    const { size } = await stat(path);
    await this.#bucket.client.send(
      new PutObjectCommand({
        Bucket: this.#bucket.name,
        Key: key,
        Body: createReadStream(path),
        ContentLength: size,
        ContentType: mediaType,
        Metadata: { name: encodeURIComponent(name) },
      }),
    );
  }
}
