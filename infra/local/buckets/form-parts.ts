import { S3Error } from './s3-error.ts';

/** A part of a form in `multipart/form-data`. Its content has to be read before the next part is asked for. */
export interface FormPart {
  name: string;
  /** Undefined for a field that is no file. */
  filename: string | undefined;
  content: AsyncGenerator<Buffer>;
}

const MAX_HEAD_BYTES = 16 * 1024;
const LINE_END = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * The parts of a form as they arrive, without holding more than a piece of one; whoever wants no more of them calls
 * `return`. Throws S3's MalformedPOSTRequest for what
 * is no form, or ends before its last boundary.
 * https://www.rfc-editor.org/rfc/rfc7578, https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
 */
export async function* readParts(
  source: AsyncIterable<Buffer>,
  contentType: string,
): AsyncGenerator<FormPart, void> {
  const delimiter = Buffer.from(`\r\n--${readBoundary(contentType)}`);
  const window = new Window(source);
  try {
    await drain(window.until(delimiter));
    while (await window.hasMore()) {
      const head = await collect(window.until(HEAD_END), MAX_HEAD_BYTES);
      const content = window.until(delimiter);
      yield { ...readHead(head.toString('utf8')), content };
      await drain(content);
    }
  } finally {
    await window.close();
  }
}

/** All of it. Throws when it is longer than `limit` bytes. */
export async function collect(content: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > limit) throw tooMuchBefore();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The end of what has arrived and was not handed on yet. */
class Window {
  readonly #source: AsyncIterator<Buffer>;
  /** A form may begin with its first boundary, without the line break that stands before the others. */
  #buffer: Buffer = LINE_END;

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Everything up to a delimiter, which goes with it. */
  async *until(delimiter: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#buffer.indexOf(delimiter);
      if (at >= 0) {
        const last = this.#cut(at);
        this.#cut(delimiter.length);
        if (last.length > 0) yield last;
        return;
      }
      // The end may be the beginning of a delimiter.
      const safe = this.#buffer.length - delimiter.length + 1;
      if (safe > 0) yield this.#cut(safe);
      await this.#fill();
    }
  }

  /** Whether a part comes after the boundary that was just read; two dashes stand after the last one. */
  async hasMore(): Promise<boolean> {
    while (this.#buffer.length < 2) await this.#fill();
    const after = this.#cut(2).toString('latin1');
    if (after !== '\r\n' && after !== '--') throw malformed();
    return after !== '--';
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  #cut(count: number): Buffer {
    const piece = this.#buffer.subarray(0, count);
    this.#buffer = this.#buffer.subarray(count);
    return piece;
  }

  async #fill(): Promise<void> {
    const { done, value } = await this.#source.next();
    if (done) throw malformed();
    this.#buffer = this.#buffer.length === 0 ? value : Buffer.concat([this.#buffer, value]);
  }
}

async function drain(content: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of content);
}

function readBoundary(contentType: string): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s";]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformed();
  return boundary;
}

function readHead(head: string): Pick<FormPart, 'name' | 'filename'> {
  const line = head.split('\r\n').find((each) => /^content-disposition:\s*form-data\s*;/i.test(each)) ?? '';
  const parameter = (name: string) => new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(line)?.[1];
  const name = parameter('name');
  if (name === undefined) throw malformed();
  const filename = parameter('filename');
  return { name: plainName(name), filename: filename === undefined ? undefined : plainName(filename) };
}

/** Names as browsers write them: HTML, "multipart/form-data encoding algorithm". */
const plainName = (text: string): string =>
  text.replace(/%0A|%0D|%22/gi, (escaped) => decodeURIComponent(escaped));

const malformed = (): S3Error =>
  new S3Error('MalformedPOSTRequest', 400, 'The body of your POST request is not well-formed.');

const tooMuchBefore = (): S3Error =>
  new S3Error(
    'MaxPostPreDataLengthExceeded',
    400,
    'Your POST request fields preceding the upload file were too large.',
  );
