import type { BusEvent } from '../events/event-bus.ts';
import type { ObjectCreated } from './object-created.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
const reasons = { Put: 'PutObject', Post: 'POST Object', Copy: 'CopyObject' } as const;

/**
 * What S3 tells EventBridge of a new object. Unlike in S3's other notifications, its key is not encoded.
 *
 * @param requester the account of whoever made the object
 */
export function describeCreated(event: ObjectCreated, requester: string): BusEvent {
  const { bucket, key, size, eTag, versionId, sequencer } = event;
  return {
    id: event.id,
    'detail-type': 'Object Created',
    source: 'aws.s3',
    time: new Date(event.eventTime),
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: { key, size, etag: eTag, ...(versionId && { 'version-id': versionId }), sequencer },
      'request-id': event.requestId,
      requester,
      'source-ip-address': '127.0.0.1',
      reason: reasons[event.operation],
    },
  };
}
