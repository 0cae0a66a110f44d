/** A new object, or a new version of one, for those who want to be told. */
export interface ObjectCreated {
  /** The same however often somebody is told of it */
  id: string;
  /** As in S3's event names: `ObjectCreated:Put` and so on */
  operation: 'Put' | 'Post' | 'Copy';
  bucket: string;
  key: string;
  size: number;
  /** Without quotation marks */
  eTag: string;
  versionId?: string;
  /** ISO 8601, UTC, by the laptop's clock */
  eventTime: string;
  /** As in `x-amz-request-id` */
  requestId: string;
  /** Texts that are in the order of a key's versions */
  sequencer: string;
}
