import type { ServerResponse } from 'node:http';
import { asker } from './asker.ts';
import { writingOf } from './bucket-accesses.ts';
import { keepObject, type RequestContext, versionHeader } from './bucket-context.ts';
import { checkDigests } from './check-body.ts';
import { readDetails } from './object-details.ts';
import type { NewObject } from './object-store.ts';
import { parseTagging } from './object-tags.ts';
import { checkPolicy } from './post-policy.ts';
import { openForm, readForm, type UploadForm } from './read-form.ts';
import { sendEmpty, sendXml } from './s3-answer.ts';
import { invalidArgument, S3Error } from './s3-error.ts';
import { checkKey, type S3Request } from './s3-request.ts';

/**
 * POST Object: a browser's form with a presigned policy. Its fields stand before the file and say whether it is wanted;
 * the file goes to the disk as it arrives.
 */
export async function postObject(context: RequestContext, request: S3Request, res: ServerResponse) {
  const parts = openForm(request);
  try {
    const form = await readForm(parts);
    const object = await keepFile(context, request.bucket, form);
    request.body.resume();
    answerForm(res, form.fields, object);
  } finally {
    await parts.return();
  }
}

async function keepFile(
  context: RequestContext,
  bucket: string,
  { fields, file }: UploadForm,
): Promise<NewObject> {
  const key = (fields.get('key') ?? '').replace(/\$\{filename\}/g, () => file.name);
  if (!key) throw invalidArgument("Bucket POST must contain a field named 'key'.");
  checkKey(key);
  const { least, most, accessKeyId } = await checkPolicy(
    context,
    new Map([...fields, ['bucket', bucket], ['key', key]]),
  );
  const named = Object.fromEntries(fields);
  const details = readDetails(pickHeaders(named));
  if (named.tagging) details.tags = parseTagging(named.tagging);
  asker(context, accessKeyId)(writingOf({ bucket, key, tags: details.tags }));
  const blob = await context.blobs.write(upTo(most, file.content));
  try {
    if (blob.size < least) throw tooSmall();
    checkDigests(named, blob);
  } catch (error) {
    await context.blobs.remove([blob.name]);
    throw error;
  }
  return keepObject(context, { bucket, key, operation: 'Post' }, blob, details);
}

async function* upTo(most: number, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > most) throw tooLarge();
    yield chunk;
  }
}

/** A form's fields are an upload's headers, but for those that authenticate it. */
function pickHeaders(fields: Record<string, string>): Record<string, string> {
  const authenticating = /^x-amz-(?:algorithm|credential|signature)$/;
  return Object.fromEntries(
    Object.entries({ ...fields, 'x-amz-acl': fields.acl ?? 'private' }).filter(
      ([name]) => !authenticating.test(name),
    ),
  );
}

function answerForm(res: ServerResponse, fields: Map<string, string>, object: NewObject): void {
  const { bucket, key, eTag } = object;
  const headers = { etag: `"${eTag}"`, ...versionHeader(object.versionId) };
  const redirect = fields.get('success_action_redirect') ?? '';
  if (URL.canParse(redirect) && /^https?:/.test(redirect)) {
    const target = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket, key, etag: headers.etag })) {
      target.searchParams.set(name, value);
    }
    sendEmpty(res, 303, { ...headers, location: target.href });
  } else if (fields.get('success_action_status') === '201') {
    sendXml(res, 'PostResponse', { Bucket: bucket, Key: key, ETag: headers.etag }, { status: 201, headers });
  } else {
    sendEmpty(res, fields.get('success_action_status') === '200' ? 200 : 204, headers);
  }
}

function tooSmall(): S3Error {
  return new S3Error('EntityTooSmall', 400, 'Your proposed upload is smaller than the minimum allowed size');
}

function tooLarge(): S3Error {
  return new S3Error('EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed size');
}
