import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { type Inspection, inspectionSchema } from '#domain/documents/inspection.ts';
import type { Inspections, Quarantine, UploadForm } from '#domain/documents/ports.ts';
import type { Bucket } from './bucket.ts';
import { inspectionKey } from './inspection-key.ts';

/** Quarantine as a bucket: a browser puts files in, and the reader writes next to them. */
export class S3Quarantine implements Quarantine, Inspections {
  readonly #bucket: Bucket;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  async permit(wanted: Parameters<Quarantine['permit']>[0]): Promise<UploadForm> {
    const fixed = {
      'Content-Type': wanted.mediaType,
      'x-amz-meta-name': encodeURIComponent(wanted.name),
      ...(wanted.then === null ? { success_action_status: '201' } : { success_action_redirect: wanted.then }),
    };
    return createPresignedPost(this.#bucket.client, {
      Bucket: this.#bucket.name,
      Key: wanted.key,
      Expires: wanted.seconds,
      Fields: fixed,
      // Fields are conditions, too.
      Conditions: [['content-length-range', 0, wanted.mostBytes]],
    });
  }

  async find(of: { readonly key: string; readonly versionId: string }): Promise<Inspection | null> {
    const written = await this.#bucket.text(inspectionKey(of));
    const read = written === null ? null : inspectionSchema.safeParse(parseJson(written));
    if (!read?.success || read.data.key !== of.key || read.data.versionId !== of.versionId) return null;
    return read.data;
  }

  async remove(key: string): Promise<void> {
    await this.#bucket.removeVersions(key);
    await this.#bucket.removeVersions(`inspected/${key}/`);
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
