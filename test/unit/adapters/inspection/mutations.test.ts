import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inspectFile } from '#adapters/inspection/inspect-file.ts';
import { openZip } from '#adapters/inspection/zip/open-zip.ts';
import { inspectionSchema } from '#domain/documents/inspection.ts';
import type { GoodFile } from '#test/support/files/file-made.ts';
import { goodFiles } from '#test/support/files/good-files.ts';
import { makeZip } from '#test/support/files/make-zip.ts';

/** One thing done to a file, at a place given as a fraction of its length. */
interface Change {
  readonly kind: 'flip' | 'cut' | 'insert' | 'repeat' | 'swap';
  readonly at: number;
  readonly length: number;
  readonly bytes: Uint8Array;
}

const anyChange: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('flip', 'cut', 'insert', 'repeat', 'swap'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 200 }),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 20 }),
    fc
      .constantFrom(
        'PK\u0005\u0006',
        '<!DOCTYPE a>',
        '<',
        ']]>',
        '0 obj',
        'endobj',
        '<<',
        '>>',
        'stream',
        '\0',
        '\ud83d',
        '(',
        '%',
      )
      .map((text) => Buffer.from(text)),
  ),
});

const change = (file: Buffer, { kind, at, length, bytes }: Change): Buffer => {
  const place = Math.floor(at * file.length);
  const [before, here, after] = [
    file.subarray(0, place),
    file.subarray(place, place + length),
    file.subarray(place + length),
  ];
  if (kind === 'cut') return Buffer.concat([before, after]);
  if (kind === 'insert') return Buffer.concat([before, bytes, here, after]);
  if (kind === 'repeat') return Buffer.concat([before, here, here, after]);
  if (kind === 'swap') return Buffer.concat([before, bytes, after]);
  const flipped = Buffer.from(file);
  if (place < file.length) flipped.writeUInt8((flipped[place] ?? 0) ^ (1 << (length % 8)), place);
  return flipped;
};

/** What no file takes, however it is broken; a cell gives up after 45 s. */
const LONGEST = 5_000;

const anyChanges = fc.array(anyChange, { minLength: 1, maxLength: 4 });

const inspectBroken = async ({ name, declaredType }: GoodFile, content: Buffer): Promise<void> => {
  const startedAt = performance.now();
  const found = await inspectFile({ name, declaredType, content });
  inspectionSchema.parse({ ...found, key: 'files/a/b', versionId: '1' });
  expect(found.bytes).toBe(content.length);
  expect(performance.now() - startedAt).toBeLessThan(LONGEST);
};

test.each(goodFiles())('$type: $what - broken in any way, it is told what it is', async (file) => {
  const whole = await file.bytes();
  await fc.assert(
    fc.asyncProperty(anyChanges, (changes) => inspectBroken(file, changes.reduce(change, whole))),
    { numRuns: 25 },
  );
});

const zips = goodFiles().filter(({ type }) => ['docx', 'pptx', 'xlsx', 'odt', 'ods'].includes(type));

test.each(zips)('$type: $what - with a part broken in any way, it is told what it is', async (file) => {
  const zip = openZip(await file.bytes());
  const parts = zip.names.map((name) => ({ name, content: zip.read(name) ?? Buffer.alloc(0) }));
  const anyPart = fc.nat({ max: parts.length - 1 });
  await fc.assert(
    fc.asyncProperty(anyPart, anyChanges, (broken, changes) => {
      const entries = parts.map((part, index) =>
        index === broken ? { ...part, content: changes.reduce(change, part.content) } : part,
      );
      return inspectBroken(file, makeZip(entries));
    }),
    { numRuns: 25 },
  );
});
