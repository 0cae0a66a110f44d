import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cellLimits, inspectInWorker } from '#adapters/inspection/inspect-in-worker.ts';
import { makeDocx } from '#test/support/files/make-office.ts';
import { makePdf, type ObjectMade } from '#test/support/files/make-pdf.ts';

const entry = new URL('../../../../functions/inspect-upload/worker.ts', import.meta.url);

/** A worker of a test's own; its message is taken for what was found. */
const workerOf = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cell-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const taskOf = async (name: string, content: Uint8Array) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return { path, name, declaredType: '' };
};

/** Forms that each show the next one ten times: a page of ten thousand million lines. */
const formsInForms = (): Buffer => {
  const form = (number: number): ObjectMade => ({
    dictionary: `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> /XObject << /X ${number + 1} 0 R >> >>`,
    stream: number === 1010 ? 'BT /F1 9 Tf (lol) Tj ET' : '/X Do '.repeat(10),
  });
  const forms = Array.from({ length: 11 }, (_, index) => [1000 + index, form(1000 + index)] as const);
  return makePdf({
    pages: [[]],
    page: '/Resources << /XObject << /X 1000 0 R >> >>',
    objects: { ...Object.fromEntries(forms), 11: { dictionary: '', stream: '/X Do' } },
  });
};

describe('a file in its cell', () => {
  test('is read there', async () => {
    const task = await taskOf('a.pdf', makePdf({ pages: [['Safer streets']] }));
    expect(await inspectInWorker(entry, task)).toMatchObject({ outcome: 'readable', text: 'Safer streets' });
  });

  test('is refused there', async () => {
    const task = await taskOf('a.txt', Buffer.from('a\0'));
    expect(await inspectInWorker(entry, task)).toMatchObject({ fault: 'not-what-it-says', bytes: 2 });
  });

  test('is given up when it takes too long', async () => {
    const task = await taskOf('loop.pdf', formsInForms());
    const startedAt = performance.now();
    const found = await inspectInWorker(entry, task, { ...cellLimits, milliseconds: 1_500 });
    expect(found).toMatchObject({ outcome: 'refused', fault: 'could-not-be-read', detail: 'time' });
    // Ending a thread takes as long as the machine is busy; it would go on for years.
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  }, 30_000);

  test('is given up when it eats the memory of the heap', async () => {
    const worker = workerOf('const kept = []; for (;;) kept.push(new Array(10_000).fill(kept.length));');
    const task = await taskOf('a.txt', Buffer.from('a'));
    const found = await inspectInWorker(worker, task, { ...cellLimits, heapMegabytes: 64 });
    expect(found).toMatchObject({ outcome: 'refused', fault: 'could-not-be-read', detail: 'memory' });
  });

  test('is given up when it eats memory outside the heap', async () => {
    const worker = workerOf(`
      const kept = [];
      setInterval(() => kept.push(Buffer.alloc(20_000_000, 1)), 10);`);
    const megabytes = process.memoryUsage.rss() / 1024 / 1024 + 300;
    const task = await taskOf('a.txt', Buffer.from('a'));
    const found = await inspectInWorker(worker, task, { ...cellLimits, processMegabytes: megabytes });
    expect(found).toMatchObject({ fault: 'could-not-be-read', detail: 'memory' });
  });

  test('is given up when it makes the reader throw or leave', async () => {
    const task = await taskOf('a.txt', Buffer.from('a'));
    for (const code of ['throw new RangeError(atob("c2VjcmV0"))', 'process.exit(1)']) {
      const found = await inspectInWorker(workerOf(code), task);
      expect(found).toMatchObject({ outcome: 'refused', fault: 'could-not-be-read' });
      expect(JSON.stringify(found)).not.toContain('secret');
    }
  });

  test('finds no environment in it, and no way into the one outside', async () => {
    process.env.CANARY = 'a credential';
    const worker = workerOf(`
      import { parentPort } from 'node:worker_threads';
      process.env.FROM_INSIDE = 'set';
      parentPort.postMessage(JSON.stringify(process.env));`);
    const found = await inspectInWorker(worker, await taskOf('a.txt', Buffer.from('a')));
    delete process.env.CANARY;
    expect(JSON.parse(String(found))).toEqual({ FROM_INSIDE: 'set' });
    expect(process.env.FROM_INSIDE).toBeUndefined();
  });

  test('leaves no thread behind', async () => {
    const task = await taskOf('a.txt', Buffer.from('a'));
    const channel = new BroadcastChannel('cell');
    const beats: unknown[] = [];
    channel.onmessage = ({ data }) => beats.push(data);
    const worker = workerOf(`
      import { parentPort } from 'node:worker_threads';
      const channel = new BroadcastChannel('cell');
      setInterval(() => channel.postMessage('alive'), 5);
      setTimeout(() => parentPort.postMessage('done'), 50);`);
    await inspectInWorker(worker, task);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = beats.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(before).toBeGreaterThan(0);
    expect(beats.length).toBe(before);
    channel.close();
  });
});

test('a reader that is not installed is no fault of the file', async () => {
  const task = await taskOf('a.txt', Buffer.from('a'));
  await expect(inspectInWorker(workerOf("require('unpdf-gone')"), task)).resolves.toMatchObject({
    fault: 'could-not-be-read',
  });
  const missing = `import { createRequire } from 'node:module';
    createRequire('file:///nowhere/a.js').resolve('unpdf');`;
  await expect(inspectInWorker(workerOf(missing), task)).rejects.toThrow('unpdf');
});

test('a document as large as people write them fits into the cell', async () => {
  const lines = Array.from(
    { length: 20_000 },
    (_, index) => `Line ${index * 7919}, ${index % 97} of ${index ** 2} streets`,
  );
  const found = await inspectInWorker(entry, await taskOf('large.docx', makeDocx(lines)));
  expect(found).toMatchObject({ outcome: 'readable', isTextCut: false });
});
