import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParts } from '#infra/local/buckets/form-parts.ts';

async function* pieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function read(bytes: Buffer, contentType: string, sizes: readonly number[] = [7]) {
  const parts: { name: string; filename: string | undefined; content: Buffer }[] = [];
  for await (const { name, filename, content } of readParts(pieces(bytes, sizes), contentType)) {
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk);
    parts.push({ name, filename, content: Buffer.concat(chunks) });
  }
  return parts;
}

const form = 'multipart/form-data; boundary=xyz';
const text = (...lines: string[]) => Buffer.from(lines.join('\r\n'));
const field = (name: string) => `Content-Disposition: form-data; name="${name}"`;

describe('a form', () => {
  it('is read as it was written, however it is cut into pieces', async () => {
    const seed = Date.now() % 2 ** 31;
    console.log(`seed ${seed}`);
    const contents = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      // What looks like the boundary and is none.
      fc.constantFrom('\r\n--', '\r\n\r\n', '--', '\r', '\n--\r\n').map((each) => Buffer.from(each)),
    );
    const names = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'aZ9 _-"\\ä€%;=') });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(names, contents, fc.option(names)), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 5 }),
        async (fields, sizes) => {
          const written = new FormData();
          for (const [name, content, filename] of fields)
            written.append(name, new Blob([new Uint8Array(content)]), filename ?? 'blob');
          const response = new Response(written);
          const bytes = Buffer.from(await response.arrayBuffer());
          const parts = await read(bytes, response.headers.get('content-type') ?? '', sizes);
          expect(
            parts.map(({ name, filename, content }) => [name, content.toString('hex'), filename]),
          ).toEqual(
            fields.map(([name, content, filename]) => [
              name,
              Buffer.from(content).toString('hex'),
              filename ?? 'blob',
            ]),
          );
        },
      ),
      { seed, numRuns: 300 },
    );
  });

  it('may have something before its first part and after its last one, and a quoted boundary', async () => {
    const bytes = text('before', '--xyz', field('a'), '', '1', '--xyz--', 'after');
    const expected = [{ name: 'a', filename: undefined, content: Buffer.from('1') }];
    expect(await read(bytes, 'multipart/form-data; charset=utf-8; boundary="xyz"')).toEqual(expected);
  });

  it.each<[what: string, type: string, bytes: Buffer]>([
    ['without a boundary', 'multipart/form-data', text('--xyz', field('a'), '', '1', '--xyz--')],
    ['that breaks off in the middle of a part', form, text('--xyz', field('a'), '', '1')],
    ['that breaks off between two parts', form, text('--xyz', field('a'), '', '1', '--xyz', '')],
    ['whose part has no name', form, text('--xyz', 'Content-Type: text/plain', '', '1', '--xyz--')],
    ['whose boundary goes on', form, text('--xyzzy', field('a'), '', '1', '--xyz--')],
    ['of nothing', form, Buffer.alloc(0)],
  ])('%s is none', async (_, type, bytes) => {
    await expect(read(bytes, type)).rejects.toMatchObject({ code: 'MalformedPOSTRequest' });
  });

  it('is refused when a part has a head without end', async () => {
    const bytes = text('--xyz', `${field('a')}; x="${'x'.repeat(20_000)}"`, '', '1', '--xyz--');
    await expect(read(bytes, form, [4_096])).rejects.toMatchObject({ code: 'MaxPostPreDataLengthExceeded' });
  });
});
