import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cellLimits, inspectInCell } from '#adapters/inspection/inspect-in-cell.ts';
import { makeDocx } from '#test/support/files/make-office.ts';
import { makePdf, type ObjectMade } from '#test/support/files/make-pdf.ts';

const entry = new URL('../../../../functions/inspect-upload/worker.ts', import.meta.url);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cell-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

let programs = 0;
/** A cell with a program of a test's own; what it sends is taken for what was found. */
const workerOf = async (code: string): Promise<URL> => {
  programs += 1;
  const program = join(folder, `program-${programs}.mjs`);
  await writeFile(program, code);
  return pathToFileURL(program);
};

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
    expect(await inspectInCell(entry, task)).toMatchObject({ outcome: 'readable', text: 'Safer streets' });
  });

  test('is refused there', async () => {
    const task = await taskOf('a.txt', Buffer.from('a\0'));
    expect(await inspectInCell(entry, task)).toMatchObject({ fault: 'not-what-it-says', bytes: 2 });
  });

  test('is given up when it takes too long', async () => {
    const task = await taskOf('loop.pdf', formsInForms());
    const startedAt = performance.now();
    const found = await inspectInCell(entry, task, { ...cellLimits, milliseconds: 1_500 });
    expect(found).toMatchObject({ outcome: 'refused', fault: 'could-not-be-read', detail: 'time' });
    // Ending a thread takes as long as the machine is busy; it would go on for years.
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  }, 30_000);

  test('is given up when it eats the memory of the heap', async () => {
    const worker = await workerOf(
      'const kept = []; for (;;) kept.push(new Array(10_000).fill(kept.length));',
    );
    const task = await taskOf('a.txt', Buffer.from('a'));
    const found = await inspectInCell(worker, task, { ...cellLimits, heapMegabytes: 64 });
    expect(found).toMatchObject({ outcome: 'refused', fault: 'could-not-be-read', detail: 'memory' });
  });

  test('is given up when it eats memory outside the heap', async () => {
    const worker = await workerOf(`
      const kept = [];
      setInterval(() => kept.push(Buffer.alloc(20_000_000, 1)), 10);`);
    const task = await taskOf('a.txt', Buffer.from('a'));
    const found = await inspectInCell(worker, task, { ...cellLimits, processMegabytes: 300 });
    expect(found).toMatchObject({ fault: 'could-not-be-read', detail: 'memory' });
  });

  test('is given up when it breaks the process by one thing that cannot grow', async () => {
    const worker = await workerOf('const kept = []; for (;;) kept.push(1, 2, 3, 4);');
    const task = await taskOf('a.txt', Buffer.from('a'));
    const found = await inspectInCell(worker, task, { ...cellLimits, heapMegabytes: 64 });
    expect(found).toMatchObject({ outcome: 'refused', fault: 'could-not-be-read' });
  }, 30_000);

  test('is given up when it makes the reader throw or leave', async () => {
    const task = await taskOf('a.txt', Buffer.from('a'));
    for (const code of ['throw new RangeError(atob("c2VjcmV0"))', 'process.exit(1)']) {
      const found = await inspectInCell(await workerOf(code), task);
      expect(found).toMatchObject({ outcome: 'refused', fault: 'could-not-be-read' });
      expect(JSON.stringify(found)).not.toContain('secret');
    }
  });

  test('finds no environment in it, and reads no file but its own: not that of the process outside', async () => {
    process.env.CANARY = 'a credential';
    const worker = await workerOf(`
      import { readFileSync, writeFileSync } from 'node:fs';
      import { spawnSync } from 'node:child_process';
      const tried = (act) => { try { return String(act()); } catch ({ code }) { return code; } };
      process.send({ finding: {
        environment: { ...process.env },
        outside: tried(() => readFileSync('/proc/' + process.ppid + '/environ')),
        passwords: tried(() => readFileSync('/etc/passwd')),
        writes: tried(() => writeFileSync('${join(tmpdir(), 'from-the-cell')}', 'x')),
        starts: tried(() => spawnSync('true')),
      } });
      setInterval(() => {}, 1000);`);
    const found = await inspectInCell(worker, await taskOf('a.txt', Buffer.from('a')));
    delete process.env.CANARY;
    const refused = 'ERR_ACCESS_DENIED';
    expect(found).toEqual({
      environment: {},
      ...{ outside: refused, passwords: refused, writes: refused, starts: refused },
    });
  });

  test('leaves no process behind', async () => {
    const task = await taskOf('a.txt', Buffer.from('a'));
    const worker = await workerOf('process.send({ finding: process.pid }); setInterval(() => {}, 1000);');
    const pid = Number(await inspectInCell(worker, task));
    expect(pid).toBeGreaterThan(1);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});

test('a reader that is not installed is no fault of the file', async () => {
  const task = await taskOf('a.txt', Buffer.from('a'));
  const missing = await workerOf("process.send({ missing: 'unpdf' });");
  await expect(inspectInCell(missing, task)).rejects.toThrow('unpdf');
});

test('a document as large as people write them fits into the cell', async () => {
  const lines = Array.from(
    { length: 20_000 },
    (_, index) => `Line ${index * 7919}, ${index % 97} of ${index ** 2} streets`,
  );
  const found = await inspectInCell(entry, await taskOf('large.docx', makeDocx(lines)));
  expect(found).toMatchObject({ outcome: 'readable', isTextCut: false });
});
