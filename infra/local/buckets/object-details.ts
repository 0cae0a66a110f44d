import type { ObjectDetails } from './bucket-context.ts';
import { invalidArgument, notImplemented, S3Error } from './s3-error.ts';

/** Headers that are kept with an object and sent with it again. */
const KEPT = ['cache-control', 'content-disposition', 'content-language', 'content-type', 'expires'];
const META = 'x-amz-meta-';
/** S3 user guide, "Working with object metadata". */
const MAX_METADATA_BYTES = 2_048;
/** S3 user guide, "Categorizing your storage using tags". */
export const MAX_TAGS = 10;
const MAX_TAG_KEY = 128;
const MAX_TAG_VALUE = 256;
const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** `x-amz-` headers that a write may have; any other would be a wish that this engine ignores, so it refuses. */
const KNOWN =
  /^x-amz-(?:acl|content-sha256|copy-source|date|decoded-content-length|meta-.+|metadata-directive|sdk-checksum-algorithm|checksum-(?:crc32|sha256|algorithm|mode|type)|security-token|storage-class|tagging|tagging-directive|trailer|user-agent|expected-bucket-owner)$/;
/** What a header can carry: no control characters, nothing beyond Latin-1. */
export const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/;
const PLAIN_ACLS = ['private', 'bucket-owner-full-control'];

/** What is stored beside an object's content, from the headers (or form fields) of its upload. */
export function readDetails(headers: Record<string, string>): ObjectDetails {
  checkWishes(headers);
  return {
    headers: { 'content-type': 'binary/octet-stream', ...readKept(headers) },
    metadata: readMetadata(headers),
    tags: checkTags(headers['x-amz-tagging'] ? [...new URLSearchParams(headers['x-amz-tagging'])] : []),
  };
}

export function checkTags(pairs: [string, string][]): Record<string, string> {
  const wrong = pairs.some(
    ([key, value]) =>
      key === '' ||
      key.length > MAX_TAG_KEY ||
      value.length > MAX_TAG_VALUE ||
      !TAG_CHARACTERS.test(key + value),
  );
  const names = new Set(pairs.map(([key]) => key));
  if (wrong || names.size < pairs.length) {
    throw new S3Error(
      'InvalidTag',
      400,
      'A tag is too long, has no name, is twice there or has odd characters.',
    );
  }
  if (pairs.length > MAX_TAGS) {
    throw new S3Error('BadRequest', 400, 'Object tags cannot be greater than 10');
  }
  return Object.fromEntries(pairs);
}

function checkWishes(headers: Record<string, string>): void {
  const unknown = Object.keys(headers).find((name) => name.startsWith('x-amz-') && !KNOWN.test(name));
  if (unknown) throw notImplemented(`the header ${unknown}`);
  if (headers['x-amz-acl'] && !PLAIN_ACLS.includes(headers['x-amz-acl'])) {
    throw new S3Error('AccessControlListNotSupported', 400, 'The bucket does not allow ACLs');
  }
  const storageClass = headers['x-amz-storage-class'] ?? 'STANDARD';
  if (storageClass !== 'STANDARD') throw notImplemented(`the storage class ${storageClass}`);
}

function readKept(headers: Record<string, string>): Record<string, string> {
  const kept = KEPT.flatMap((name): [string, string][] => {
    const value = headers[name];
    return value ? [[name, value]] : [];
  });
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const encoding = encodings.filter((one) => one !== '' && one !== 'aws-chunked').join(',');
  if (encoding) kept.push(['content-encoding', encoding]);
  for (const [name, value] of kept) {
    if (!SENDABLE.test(value)) throw invalidArgument(`${name} has characters that no header can have.`);
  }
  return Object.fromEntries(kept);
}

function readMetadata(headers: Record<string, string>): Record<string, string> {
  const pairs = Object.entries(headers)
    .filter(([name]) => name.startsWith(META))
    .map(([name, value]): [string, string] => [name.slice(META.length), value]);
  const size = pairs.reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value), 0);
  if (size > MAX_METADATA_BYTES) {
    throw new S3Error(
      'MetadataTooLarge',
      400,
      'Your metadata headers exceed the maximum allowed metadata size',
    );
  }
  for (const [name, value] of pairs) {
    if (!/^[\w.!#$%&'*+^`|~-]+$/.test(name) || !SENDABLE.test(value)) {
      throw invalidArgument(`The metadata ${name} cannot be sent in a header.`);
    }
  }
  return Object.fromEntries(pairs);
}
