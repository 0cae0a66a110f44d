import { S3Error } from './s3-error.ts';

const LF = 10;
const MAX_LINE_BYTES = 4_096;

/** Takes lines and counted bytes off a stream. */
class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #pending: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    for (;;) {
      const end = this.#pending.indexOf(LF);
      if (end >= 0) {
        const line = this.#pending.subarray(0, end).toString('latin1');
        this.#pending = this.#pending.subarray(end + 1);
        return line.replace(/\r$/, '');
      }
      if (this.#pending.length > MAX_LINE_BYTES) throw incomplete();
      this.#pending = Buffer.concat([this.#pending, await this.#more()]);
    }
  }

  async *take(count: number): AsyncGenerator<Buffer> {
    let left = count;
    while (left > 0) {
      if (this.#pending.length === 0) this.#pending = await this.#more();
      const part = this.#pending.subarray(0, left);
      this.#pending = this.#pending.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  async #more(): Promise<Buffer> {
    const { done, value } = await this.#source.next();
    if (done) throw incomplete();
    return value;
  }
}

/**
 * The content of an `aws-chunked` body whose chunks are unsigned (`STREAMING-UNSIGNED-PAYLOAD-TRAILER`, what
 * the SDKs send for streams). Trailers are put into `trailers` by lower-case name.
 */
export async function* decodeChunked(
  source: AsyncIterable<Buffer>,
  trailers: Record<string, string>,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  for (;;) {
    const [digits = ''] = (await reader.line()).split(';');
    if (!/^[0-9a-f]{1,8}$/i.test(digits)) throw incomplete();
    const size = Number.parseInt(digits, 16);
    if (size === 0) break;
    yield* reader.take(size);
    if ((await reader.line()) !== '') throw incomplete();
  }
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const colon = line.indexOf(':');
    trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
}

export function incomplete(): S3Error {
  return new S3Error('IncompleteBody', 400, 'The request body is not what its headers announce.');
}
