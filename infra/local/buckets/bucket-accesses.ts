import type { Access } from '../permissions/access.ts';
import type { S3Request } from './s3-request.ts';

/*
 * Which permissions an operation needs.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */

const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;
export const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;

export const onEveryBucket = (action: string) => (): Access[] => [{ action, resource: '*' }];

export const onBucket =
  (action: string) =>
  ({ bucket }: S3Request): Access[] => [{ action, resource: bucketArn(bucket) }];

/** What a listing may show depends on what is asked for. */
export const onListing =
  (action: string) =>
  ({ bucket, query }: S3Request): Access[] => [
    {
      action,
      resource: bucketArn(bucket),
      context: {
        's3:prefix': [query.get('prefix') ?? ''],
        's3:delimiter': [query.get('delimiter') ?? ''],
        ...(query.has('max-keys') && { 's3:max-keys': [query.get('max-keys') ?? ''] }),
      },
    },
  ];

/** A version that is named needs another permission than the latest. */
export const onObject =
  (action: string, ofVersion = action) =>
  ({ bucket, key, query }: S3Request): Access[] => [
    { action: query.has('versionId') ? ofVersion : action, resource: objectArn(bucket, key) },
  ];

/** Whoever writes in the place of what has a certain ETag learns whether it is there, and so has to be allowed to read. */
export function onWriting({ bucket, key, headers }: S3Request): Access[] {
  const reading = { action: 's3:GetObject', resource: objectArn(bucket, key) };
  const writing = writingOf({
    bucket,
    key,
    tags: Object.fromEntries(new URLSearchParams(headers['x-amz-tagging'])),
  });
  return headers['if-match'] === undefined ? writing : [...writing, reading];
}

/** Whoever tags what he writes needs the permission for both. */
export function writingOf({
  bucket,
  key,
  tags,
}: {
  bucket: string;
  key: string;
  tags: Readonly<Record<string, string>>;
}): Access[] {
  const resource = objectArn(bucket, key);
  const context = Object.fromEntries(
    Object.entries(tags).map(([name, value]) => [`s3:RequestObjectTag/${name}`, [value]]),
  );
  const access = { action: 's3:PutObject', resource, context };
  return Object.keys(tags).length === 0 ? [access] : [access, { ...access, action: 's3:PutObjectTagging' }];
}

/** A copy is read at one place and written at the other; its tags come along unless they are replaced. */
export function onCopying(request: S3Request): Access[] {
  const source = request.headers['x-amz-copy-source'] ?? '';
  const [, path = '', version] = /^\/?([^?]*)(\?versionId=.*)?$/s.exec(source) ?? [];
  const resource = `arn:aws:s3:::${decode(path)}`;
  const kind = version ? 'ObjectVersion' : 'Object';
  const withTags = request.headers['x-amz-tagging-directive'] !== 'REPLACE';
  return [
    { action: `s3:Get${kind}`, resource },
    ...(withTags ? [{ action: `s3:Get${kind}Tagging`, resource }] : []),
    ...onWriting(request),
  ];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
