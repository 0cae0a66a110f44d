import type { ServerResponse } from 'node:http';
import { readBody } from '../engine/read-body.ts';
import { asker } from './asker.ts';
import { writingOf } from './bucket-accesses.ts';
import { keepObject, type RequestContext, versionHeader } from './bucket-context.ts';
import { checkDigests } from './check-body.ts';
import { readDetails } from './object-details.ts';
import { parseTagging } from './object-tags.ts';
import { checkPolicy } from './post-policy.ts';
import { sendEmpty, sendXml } from './s3-answer.ts';
import { invalidArgument, S3Error } from './s3-error.ts';
import { checkKey, type S3Request } from './s3-request.ts';

/** The form is read into memory; the product's largest upload is far below. */
const MAX_FORM_BYTES = 128 * 1024 * 1024;

interface UploadForm {
  /** By lower-case name; fields after the file do not count, as in S3 */
  fields: Map<string, string>;
  file: File;
}

/** POST Object: a browser's form with a presigned policy. */
export async function postObject(context: RequestContext, request: S3Request, res: ServerResponse) {
  const { fields, file } = await readForm(request);
  const bucket = request.bucket;
  const key = (fields.get('key') ?? '').replace(/\$\{filename\}/g, () => file.name);
  if (!key) throw invalidArgument("Bucket POST must contain a field named 'key'.");
  checkKey(key);
  const { least, most, accessKeyId } = await checkPolicy(
    context,
    new Map([...fields, ['bucket', bucket], ['key', key]]),
  );
  if (file.size < least) {
    throw new S3Error('EntityTooSmall', 400, 'Your proposed upload is smaller than the minimum allowed size');
  }
  if (file.size > most) throw tooLarge();
  const named = Object.fromEntries(fields);
  const details = readDetails(pickHeaders(named));
  if (named.tagging) details.tags = parseTagging(named.tagging);
  asker(context, accessKeyId)(writingOf({ bucket, key, tags: details.tags }));
  const blob = await context.blobs.write(file.stream());
  try {
    checkDigests(named, blob);
  } catch (error) {
    await context.blobs.remove([blob.name]);
    throw error;
  }
  const object = await keepObject(context, { bucket, key, operation: 'Post' }, blob, details);
  answerForm(res, fields, { bucket, key, eTag: object.eTag, versionId: object.versionId });
}

async function readForm(request: S3Request): Promise<UploadForm> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) {
    throw new S3Error(
      'PreconditionFailed',
      412,
      'Bucket POST must be of the enclosure-type multipart/form-data',
    );
  }
  const body = await readBody(request.body, MAX_FORM_BYTES);
  if (!body) throw tooLarge();
  const fields = new Map<string, string>();
  for (const [name, value] of await parseForm(body, type)) {
    const lower = name.toLowerCase();
    if (typeof value !== 'string') {
      if (lower === 'file') return { fields, file: value };
      throw invalidArgument(`A file is expected in the field file, not in ${name}.`);
    }
    if (fields.has(lower)) throw invalidArgument(`The field ${name} is there twice.`);
    fields.set(lower, value);
  }
  throw invalidArgument('POST requires exactly one file upload per request.');
}

async function parseForm(body: Buffer, type: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch {
    throw new S3Error('MalformedPOSTRequest', 400, 'The body of your POST request is not well-formed.');
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

function answerForm(
  res: ServerResponse,
  fields: Map<string, string>,
  object: { bucket: string; key: string; eTag: string; versionId: string },
): void {
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

function tooLarge(): S3Error {
  return new S3Error('EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed size');
}
