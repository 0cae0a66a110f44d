import type { ServerResponse } from 'node:http';
import { type BucketContext, versionHeader } from './bucket-context.ts';
import { findObject } from './find-object.ts';
import { checkTags } from './object-details.ts';
import { receiveDocument } from './receive-body.ts';
import { sendEmpty, sendXml } from './s3-answer.ts';
import { malformedXml } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import { childText, parseXml } from './xml.ts';

export function getTags(context: BucketContext, request: S3Request, res: ServerResponse): void {
  const object = findTagged(context, request);
  const Tag = Object.entries(object.tags).map(([Key, Value]) => ({ Key, Value }));
  sendXml(res, 'Tagging', { TagSet: { Tag } }, { headers: versionHeader(object.versionId) });
}

export async function putTags(context: BucketContext, request: S3Request, res: ServerResponse) {
  const tags = parseTagging(await receiveDocument(request, context.blobs));
  const object = findTagged(context, request);
  context.store.setTags(object, tags);
  sendEmpty(res, 200, versionHeader(object.versionId));
}

/** The document of PutObjectTagging, and of a form's field `tagging`. */
export function parseTagging(source: string): Record<string, string> {
  const document = parseXml(source);
  const set = document.children.find(({ name }) => name === 'TagSet');
  if (document.name !== 'Tagging' || !set) throw malformedXml();
  return checkTags(
    set.children.map((tag) => {
      const [key, value] = [childText(tag, 'Key'), childText(tag, 'Value')];
      if (tag.name !== 'Tag' || key === undefined || value === undefined) throw malformedXml();
      return [key, value];
    }),
  );
}

function findTagged(context: BucketContext, { bucket, key, query }: S3Request) {
  return findObject(context, bucket, key, query.get('versionId') ?? undefined);
}
