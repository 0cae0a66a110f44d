import mammoth from 'mammoth';
import { describe, expect, test } from 'vitest';
import yauzl from 'yauzl';
import { inspectFile } from '#adapters/inspection/inspect-file.ts';
import { openZip } from '#adapters/inspection/zip/open-zip.ts';
import { goodFiles } from '#test/support/files/good-files.ts';

/** What well-known readers see in the same files; neither is part of the program. */

const ZIPS = ['docx', 'xlsx', 'pptx', 'odt', 'ods'];
const zips = goodFiles().filter(({ type }) => ZIPS.includes(type));

const listByYauzl = async (bytes: Buffer): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  const zip = await yauzl.fromBufferPromise(bytes);
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    found[entry.fileName] = Buffer.concat(await stream.toArray()).toString('base64');
  }
  return found;
};

describe('a zip', () => {
  test.each(zips)('$type: $what has for us the entries that it has for yauzl', async ({ bytes }) => {
    const content = await bytes();
    const zip = openZip(content);
    const ours = zip.names.map((name) => [name, zip.read(name)?.toString('base64')]);
    expect(Object.fromEntries(ours)).toEqual(await listByYauzl(content));
  });
});

/** Without blanks, and without marks of direction, which we leave out: mammoth does not tell where a line ends. */
const squashed = (text: string): string => text.replace(/[\s\u202e]/g, '').normalize('NFC');

describe('a document', () => {
  // Mammoth does not read UTF-16.
  const documents = zips.filter(({ type, what }) => type === 'docx' && !what.includes('UTF-16'));
  test.each(documents)('$what has for us every paragraph that it has for mammoth', async (file) => {
    const content = await file.bytes();
    const found = await inspectFile({ name: file.name, declaredType: '', content });
    const ours = squashed(found.outcome === 'readable' ? found.text : '');
    const { value } = await mammoth.extractRawText({ buffer: content });
    for (const paragraph of value.split(/\n+/)) expect(ours).toContain(squashed(paragraph));
  });
});
