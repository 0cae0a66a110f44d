import type { Readable } from 'node:stream';
import type { InvocationResult } from '../invoke/function-definition.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  /** All of it, or what opens it; then `content-length` is among the headers. */
  body: Buffer | (() => Promise<Readable>);
  /** The connection ends with it. */
  closes?: boolean;
}

/** Between two neighbours only: they say nothing to a person's browser, and it must not take them for ours. */
const hopByHop = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export const jsonAnswer = (status: number, message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify({ message })),
});

/** What an HTTP API says of a function that failed, timed out or answered something that is no answer. */
const internalError = (): Answer => jsonAnswer(500, 'Internal Server Error');

/** The answer to a person from the answer of a function, in payload format 2.0. */
export function proxyAnswer(result: InvocationResult): Answer {
  if (result.status === 'throttled') return jsonAnswer(503, 'Service Unavailable');
  if (result.status !== 'ok') {
    const isTooLarge = result.payload.includes('"RequestEntityTooLargeException"');
    return isTooLarge ? jsonAnswer(413, 'Request Entity Too Large') : internalError();
  }
  const value: unknown = JSON.parse(result.payload);
  if (!isObject(value) || value.statusCode === undefined) {
    const body = typeof value === 'string' ? value : result.payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  }
  return readAnswer(value) ?? internalError();
}

function readAnswer(value: Record<string, unknown>): Answer | undefined {
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = value;
  const status = Number(statusCode);
  const usable =
    Number.isInteger(status) &&
    status >= 200 &&
    status <= 599 &&
    isObject(headers ?? {}) &&
    Array.isArray(cookies);
  if (!usable || (body !== null && typeof body !== 'string')) return undefined;
  const answer: Answer = {
    status,
    headers: {},
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
  for (const [name, header] of Object.entries(headers ?? {})) {
    const known = name.toLowerCase();
    if (header !== null && header !== undefined && !hopByHop.has(known))
      answer.headers[known] = String(header);
  }
  if (cookies.length > 0) answer.headers['set-cookie'] = cookies.map(String);
  answer.headers['content-type'] ??= 'text/plain;charset=UTF-8';
  return answer;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
