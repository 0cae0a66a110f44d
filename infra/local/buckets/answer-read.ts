import { Readable } from 'node:stream';
import type { BucketContext } from './bucket-context.ts';
import { type ObjectAnswer, type ReadRequest, readObject } from './get-object.ts';
import { S3Error } from './s3-error.ts';
import { renderXml } from './xml.ts';

/** An object for somebody who does not ask over the wire; what is wrong with his question is an answer, too. */
export function answerRead(context: BucketContext, request: ReadRequest): ObjectAnswer {
  try {
    return readObject(context, request);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    const { code, message, status, headers } = error;
    const body = Buffer.from(renderXml('Error', { Code: code, Message: message }));
    const describing = { 'content-type': 'application/xml', 'content-length': String(body.length) };
    return {
      status,
      headers: { ...headers, ...describing },
      ...(request.method !== 'HEAD' && { open: async () => Readable.from([body]) }),
    };
  }
}
