import * as z from 'zod';
import { queueEventSchema } from '#adapters/triggers/queue-handler.ts';
import type { UploadedObject } from '#domain/documents/inspection-ports.ts';

/*
 * What S3 tells through EventBridge, as far as we need it. Keys are written as they are there, without the escapes of
 * S3's own notifications. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
const objectSchema = z.object({
  /** The key that the upload was allowed to have. */
  key: z.string().regex(/^files\/[\w-]+\/[\w-]+$/),
  size: z.int().nonnegative(),
  'version-id': z.string().min(1),
});

/** A version of an object that has arrived. */
export interface Arrived extends UploadedObject {
  readonly correlationId: string;
}

export const messageSchema = z
  .object({
    id: z.string().min(1),
    source: z.literal('aws.s3'),
    'detail-type': z.literal('Object Created'),
    detail: z.object({ bucket: z.object({ name: z.string().min(1) }), object: objectSchema }),
  })
  .transform(
    ({ id, detail: { object } }): Arrived => ({
      key: object.key,
      versionId: object['version-id'],
      bytes: object.size,
      correlationId: id,
    }),
  );

export const eventSchema = queueEventSchema(messageSchema);
