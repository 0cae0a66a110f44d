import { readBody } from '../engine/read-body.ts';
import type { Blob, BlobFolder } from './blob-folder.ts';
import { checkDigests } from './check-body.ts';
import { decodeChunked, incomplete } from './decode-chunked.ts';
import { invalidRequest, notImplemented, S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

/** S3 user guide: the largest object that one PUT can make. */
const MAX_OBJECT_BYTES = 5 * 1024 ** 3;
/** A thousand keys of 1,024 bytes, escaped, and then some. */
const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;

/** Stores the body as a blob when it is what its headers announce; otherwise nothing is left of it. */
export async function receiveBlob(request: S3Request, blobs: BlobFolder): Promise<Blob> {
  const announced = announcedLength(request);
  const trailers: Record<string, string> = {};
  const blob = await blobs.write(limited(openBody(request, trailers), announced));
  try {
    if (blob.size !== announced) throw incomplete();
    checkDigests({ ...request.headers, ...announcedTrailers(request, trailers) }, blob);
    return blob;
  } catch (error) {
    await blobs.remove([blob.name]);
    throw error;
  }
}

/** A small document in the body (the XML of a request), with its digests checked. */
export async function receiveDocument(request: S3Request, blobs: BlobFolder): Promise<string> {
  if (isChunked(request)) throw notImplemented('documents in aws-chunked bodies');
  const body = await readBody(request.body, MAX_DOCUMENT_BYTES);
  if (!body) throw new S3Error('EntityTooLarge', 400, 'The document is too large.');
  const blob = await blobs.write(one(body));
  await blobs.remove([blob.name]);
  checkDigests(request.headers, blob);
  return body.toString('utf8');
}

function isChunked({ headers }: S3Request): boolean {
  return (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
}

function openBody(request: S3Request, trailers: Record<string, string>): AsyncIterable<Uint8Array> {
  const body: AsyncIterable<Buffer> = request.body.iterator({ destroyOnReturn: false });
  if (!isChunked(request)) return body;
  const kind = request.headers['x-amz-content-sha256'];
  if (kind !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') throw notImplemented(`bodies of the kind ${kind}`);
  return decodeChunked(body, trailers);
}

function announcedLength(request: S3Request): number {
  const name = isChunked(request) ? 'x-amz-decoded-content-length' : 'content-length';
  const length = request.headers[name];
  if (length === undefined || !/^\d{1,15}$/.test(length)) {
    throw new S3Error('MissingContentLength', 411, 'You must provide the Content-Length HTTP header.');
  }
  if (Number(length) > MAX_OBJECT_BYTES) throw entityTooLarge();
  return Number(length);
}

/** Only the trailers that the signed headers promise, and all of them. */
function announcedTrailers({ headers }: S3Request, trailers: Record<string, string>): Record<string, string> {
  const names = (headers['x-amz-trailer'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  const announced = names.filter((name) => name !== '');
  if (Object.keys(trailers).some((name) => !announced.includes(name))) {
    throw invalidRequest('A trailer was sent that was not announced.');
  }
  return Object.fromEntries(
    announced.map((name) => {
      const value = trailers[name];
      if (value === undefined) throw invalidRequest(`The trailer ${name} is missing.`);
      return [name, value];
    }),
  );
}

async function* limited(source: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > limit) throw incomplete();
    yield chunk;
  }
}

async function* one(body: Buffer): AsyncGenerator<Uint8Array> {
  yield body;
}

function entityTooLarge(): S3Error {
  return new S3Error('EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed size');
}
