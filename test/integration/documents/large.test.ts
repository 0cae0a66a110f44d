import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { MOST_FILE_BYTES } from '#domain/documents/file-type.ts';
import { MOST_TEXT_CHARACTERS } from '#domain/documents/inspection.ts';
import type { FunctionStatistics } from '#infra/local/invoke/statistics.ts';
import { type ScanningLaptop, startScanning } from '#test/support/archive/scanning-laptop.ts';
import {
  beginUpload,
  describeUpload,
  type FormForFile,
  formForFile,
  idOf,
  sendFile,
} from '#test/support/archive/send-file.ts';
import type { Visitor } from '#test/support/http-client.ts';

const MEGABYTE = 1_000_000;
const PATIENCE_MS = 150_000;

/** A table of so many bytes. */
const table = (bytes: number): Buffer => {
  const line = Buffer.from('Rue de l’Exemple,Speeding and noise at night,12\n');
  return Buffer.alloc(bytes, line);
};
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let room: ScanningLaptop;
let staff: Visitor;

beforeAll(async () => {
  room = await startScanning();
  staff = await room.laptop.staff('practitioner');
});
afterAll(() => room?.stop());
afterEach(async () => {
  await expect.poll(() => room.archive.versionsIn('uploads'), { timeout: 30_000 }).toEqual([]);
});

const begin = async () => {
  const page = await beginUpload(staff, { name: 'counts.csv', type: 'csv' });
  return { id: idOf(page), form: formForFile(page) };
};

/** The most memory that the laptop's process, with all of its engines, has had since it was asked to forget, in bytes. */
const memory = {
  path: (file: string) => `/proc/${room.pid}/${file}`,
  read: (name: 'VmHWM' | 'VmRSS'): number =>
    Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(memory.path('status'), 'utf8'))?.[1]) *
    1_024,
  forget: () => writeFileSync(memory.path('clear_refs'), '5'),
};

/** Everything that is stored of objects. */
const blobs = (): readonly string[] =>
  readdirSync(room.laptop.dataDir, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.includes('contents'),
  );

describe('a file as large as may be', () => {
  let id: string;
  const content = table(MOST_FILE_BYTES);

  test(
    'goes through, and its bytes do not pass through the memory of the laptop',
    async () => {
      const begun = await begin();
      id = begun.id;
      const isLinux = process.platform === 'linux';
      if (isLinux) memory.forget();
      const before = isLinux ? memory.read('VmRSS') : 0;
      const startedAt = performance.now();
      expect((await sendFile(begun.form, content, 'counts.csv')).status).toBe(303);
      const sentAt = performance.now();
      await describeUpload(staff, id, { title: 'Counts' });
      const { outcome, scan } = await room.archive.endOf(id, PATIENCE_MS);
      expect([outcome, scan]).toMatchObject([
        { kind: 'filed', document: id },
        expect.stringMatching(/^(clean|not-scanned)$/),
      ]);
      const grown = isLinux ? (memory.read('VmHWM') - before) / MEGABYTE : 0;
      const reader = (await room.laptop.console<FunctionStatistics[]>('/functions')).find(
        ({ name }) => name === 'inspect-upload',
      );
      process.stdout.write(
        `100 MB: sent in ${Math.round(sentAt - startedAt)} ms, filed after ${Math.round(performance.now() - sentAt)} ms more; ` +
          `the laptop grew by ${Math.round(grown)} MB at most, the reader had ${reader?.maxRssMb} MB and took ${reader?.durationMs.p99} ms\n`,
      );
      // Held in memory, it would be the whole file, and twice where it is taken apart.
      expect(grown).toBeLessThan(80);
      expect(reader).toMatchObject({ errors: 0, timeouts: 0 });
    },
    2 * PATIENCE_MS,
  );

  test('is there as it was, with as much of its text as is kept', async () => {
    const document = await room.archive.documents.find(id);
    expect(document?.files).toMatchObject([
      { bytes: MOST_FILE_BYTES, sha256: digest(content), characters: MOST_TEXT_CHARACTERS },
    ]);
    const link = (await staff.send(`/staff/documents/${id}/files/${id}`)).headers.get('location') ?? '';
    expect(digest(new Uint8Array(await (await fetch(link)).arrayBuffer()))).toBe(digest(content));
    const text = await staff.open(`/staff/documents/${id}/text?page=500`);
    expect(text.html.text).toContain('The text is longer than we keep');
  });
});

test('one byte more is refused by the policy, and nothing of it is stored', async () => {
  const before = blobs();
  const { id, form } = await begin();
  const sent = await sendFile(form, table(MOST_FILE_BYTES + 1), 'counts.csv');
  expect([sent.status, await sent.text()]).toEqual([
    400,
    expect.stringContaining('<Code>EntityTooLarge</Code>'),
  ]);
  expect(await room.archive.uploads.find(id)).toMatchObject({ object: null, outcome: null });
  expect(blobs()).toEqual(before);
});

/** Begins to send a file, and hangs up in the middle of it. */
async function sendHalf({ url, fields }: FormForFile, content: Buffer): Promise<void> {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append('file', new Blob([new Uint8Array(content)]), 'counts.csv');
  const whole = new Response(body);
  const type = whole.headers.get('content-type') ?? '';
  const bytes = Buffer.from(await whole.arrayBuffer());
  await new Promise<void>((resolve) => {
    const headers = { 'content-type': type, 'content-length': bytes.length };
    const outgoing = request(url, { method: 'POST', headers });
    outgoing.on('error', () => resolve());
    outgoing.on('close', () => resolve());
    outgoing.write(bytes.subarray(0, bytes.length / 2), () => setTimeout(() => outgoing.destroy(), 100));
  });
}

test('a connection that breaks in the middle leaves nothing, and the same form is good for another attempt', async () => {
  const before = blobs();
  const { id, form } = await begin();
  const content = table(20 * MEGABYTE);
  await sendHalf(form, content);
  await expect.poll(blobs, { timeout: 30_000 }).toEqual(before);
  expect(await room.archive.uploads.find(id)).toMatchObject({ object: null, outcome: null });
  expect(await room.archive.versionsIn('uploads')).toEqual([]);
  expect((await sendFile(form, content, 'counts.csv')).status).toBe(303);
  expect((await room.archive.endOf(id, PATIENCE_MS)).outcome).toMatchObject({ kind: 'checked' });
});
