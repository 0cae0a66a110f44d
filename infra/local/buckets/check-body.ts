import type { Blob } from './blob-folder.ts';
import { invalidRequest, notImplemented, S3Error } from './s3-error.ts';

const CHECKSUM = /^x-amz-checksum-(?!algorithm$|mode$|type$)/;

/** Compares what arrived with every digest that came with it. */
export function checkDigests(headers: Record<string, string>, blob: Blob): void {
  const md5 = headers['content-md5'];
  if (md5 !== undefined) checkMd5(md5, blob);
  for (const [name, given] of Object.entries(headers)) {
    if (CHECKSUM.test(name)) checkChecksum(name, given, blob);
  }
  checkContentHash(headers['x-amz-content-sha256'], blob);
}

function checkMd5(given: string, blob: Blob): void {
  if (!/^[A-Za-z0-9+/]{22}==$/.test(given)) {
    throw new S3Error('InvalidDigest', 400, 'The Content-MD5 you specified was invalid.');
  }
  if (Buffer.from(given, 'base64').toString('hex') !== blob.md5) {
    throw badDigest('The Content-MD5 you specified did not match what we received.');
  }
}

function checkChecksum(name: string, given: string, blob: Blob): void {
  const algorithm = name.slice('x-amz-checksum-'.length);
  if (algorithm !== 'crc32' && algorithm !== 'sha256') throw notImplemented(`the checksum ${algorithm}`);
  if (Buffer.from(given, 'base64').toString('base64') !== given) {
    throw invalidRequest(`Value for ${name} header is invalid.`);
  }
  if (given !== blob[algorithm]) {
    throw badDigest(`The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`);
  }
}

/** The hash that the signature covers; words such as UNSIGNED-PAYLOAD promise nothing. */
function checkContentHash(given: string | undefined, blob: Blob): void {
  if (!given || !/^[0-9a-f]{64}$/.test(given)) return;
  if (Buffer.from(given, 'hex').toString('base64') === blob.sha256) return;
  throw new S3Error(
    'XAmzContentSHA256Mismatch',
    400,
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
}

function badDigest(message: string): S3Error {
  return new S3Error('BadDigest', 400, message);
}
