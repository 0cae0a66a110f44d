import type { IncomingMessage } from 'node:http';
import type { Behaviour } from '../template/inventory.ts';
import { type Answer, jsonAnswer } from './proxy-answer.ts';

/** Node's own limit has to be out of the way: it counts differently. */
export const MAX_HEADER_BYTES = 128 * 1024;

const CLOUDFRONT_REQUEST_BYTES = 32_768;
const CLOUDFRONT_URL_BYTES = 8_192;
const API_HEADER_BYTES = 10_240;

/**
 * What CloudFront does not pass on: undefined for what it does.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 * (maximum length of a request and of a URL; GET requests that include a body)
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
export function refuseAtCloudFront(req: IncomingMessage, publicUrl: string): Answer | undefined {
  const headers = req.rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0);
  const url = Buffer.byteLength(`${publicUrl}${req.url}`);
  if (requestLine(req) + headers > CLOUDFRONT_REQUEST_BYTES || url > CLOUDFRONT_URL_BYTES) {
    return closing(jsonAnswer(413, 'Request Entity Too Large'));
  }
  const hasBody = Number(req.headers['content-length'] ?? 0) > 0 || 'transfer-encoding' in req.headers;
  if (req.method === 'GET' && hasBody)
    return closing(jsonAnswer(403, 'CloudFront does not accept a GET with a body.'));
  return undefined;
}

/**
 * What an HTTP API does not take: a request line and values of headers of more than 10,240 bytes together. What
 * CloudFront adds counts, too.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export function refuseAtApi(
  req: IncomingMessage,
  { requestHeaders }: Pick<Behaviour, 'requestHeaders'>,
): Answer | undefined {
  const sent = req.rawHeaders.filter((_, at) => at % 2 === 1);
  const values = [...sent, ...Object.values(requestHeaders)];
  const bytes = values.reduce((sum, value) => sum + Buffer.byteLength(value), requestLine(req));
  return bytes > API_HEADER_BYTES ? jsonAnswer(431, 'Request Header Fields Too Large') : undefined;
}

/** `GET /path HTTP/1.1` */
const requestLine = ({ method = '', url = '', httpVersion }: IncomingMessage): number =>
  Buffer.byteLength(`${method} ${url} HTTP/${httpVersion}`);

const closing = (answer: Answer): Answer => ({ ...answer, closes: true });
