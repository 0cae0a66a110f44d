import { expect, test } from 'vitest';
import { MOST_FILE_BYTES } from '#domain/documents/file-type.ts';
import { inspectUpload } from '#domain/documents/inspect-upload.ts';
import type { Finding, Inspection } from '#domain/documents/inspection.ts';
import type { FetchedFile, UploadedObject } from '#domain/documents/inspection-ports.ts';

const object: UploadedObject = { key: 'files/a/b', versionId: 'v1', bytes: 9 };

const readable: Finding = {
  ...{ outcome: 'readable', bytes: 9, type: 'txt', sha256: 'a'.repeat(64), pages: null },
  ...{ text: 'canary of the text', isTextCut: false, language: null, title: 'canary of the title' },
} as Finding;

const open = (finding: Finding, isGone = false) => {
  const told: Inspection[] = [];
  const fetched: UploadedObject[] = [];
  const lines: unknown[] = [];
  const work = inspectUpload({
    quarantine: {
      lookAt: async (wanted, look) => {
        fetched.push(wanted);
        return isGone
          ? null
          : look({ path: '/tmp/f', name: 'canary.txt', declaredType: '' } satisfies FetchedFile);
      },
      tell: async (inspection) => {
        told.push(inspection);
      },
    },
    inspect: async () => finding,
    stopwatch: () => 0,
    log: (...line) => lines.push(line),
  });
  return { work, told, fetched, lines };
};

test('writes down what was found, of which object', async () => {
  const { work, told } = open(readable);
  await work(object, 'c1');
  expect(told).toEqual([{ ...readable, key: 'files/a/b', versionId: 'v1' }]);
});

test('says the same when it is asked again', async () => {
  const { work, told } = open(readable);
  await work(object, 'c1');
  await work(object, 'c2');
  expect(told[1]).toEqual(told[0]);
});

test('does not even fetch a file that is too large', async () => {
  const { work, told, fetched } = open(readable);
  await work({ ...object, bytes: MOST_FILE_BYTES + 1 }, 'c1');
  expect(fetched).toEqual([]);
  expect(told).toMatchObject([{ outcome: 'refused', fault: 'too-large', bytes: MOST_FILE_BYTES + 1 }]);
});

test('has nothing to say of a file that is gone', async () => {
  const { work, told, lines } = open(readable, true);
  await work(object, 'c1');
  expect(told).toEqual([]);
  expect(lines).toEqual([['WARN', 'file gone', { upload: null, correlationId: 'c1' }]]);
});

test('logs one line, in which nothing of the file stands', async () => {
  for (const finding of [
    readable,
    { outcome: 'refused', bytes: 9, fault: 'damaged', detail: 'xml' } as const,
  ]) {
    const { work, lines } = open(finding);
    await work(object, 'c1');
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('canary');
  }
});
