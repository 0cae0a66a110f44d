import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RefusalReason, Upload } from '#domain/documents/upload.ts';
import { openQueues } from '#test/integration/support/queues.ts';
import { type Archive, openArchive } from '#test/support/archive/open-archive.ts';
import { describeUpload, upload } from '#test/support/archive/send-file.ts';
import type { Visitor } from '#test/support/http-client.ts';
import { startLaptop, type TestLaptop } from '#test/support/laptop.ts';
import { openProduct } from '#test/support/product-laptop.ts';
import { mail as reasons } from '#web/mail/messages.en.ts';

/*
 * Verdicts that never come. Nobody scans for malware on this laptop: where a scan is wanted, the test tells of it.
 */

const OWNER = 'practitioner@folkmoot.example';
const START = '2027-03-09T10:00:00Z';
const FILE = { name: 'minutes.txt', type: 'txt', content: 'Lamps in the passage' } as const;

let laptop: TestLaptop;
let archive: Archive;
let staff: Visitor;

beforeAll(async () => {
  laptop = await startLaptop({
    now: START,
    env: { FOLKMOOT_MALWARE: 'silent', FOLKMOOT_ABUSE_LIMITS: 'off' },
  });
  archive = await openArchive(laptop);
  staff = await openProduct(laptop.dataDir).staff('practitioner');
});
afterEach(async () => {
  await laptop.console('/faults', { method: 'DELETE' });
});
afterAll(async () => {
  archive?.s3.destroy();
  await laptop?.stop();
});

const pass = async (minutes: number): Promise<void> => {
  await laptop.clock(new Date(Date.parse(await laptop.clock()) + minutes * 60_000).toISOString());
  staff = await openProduct(laptop.dataDir).staff('practitioner');
};
const arrived = async (id: string): Promise<Upload> => {
  await expect
    .poll(async () => (await archive.uploads.find(id))?.object?.bytes, { timeout: 60_000 })
    .toBeGreaterThan(0);
  return (await archive.uploads.find(id)) as Upload;
};

/** What GuardDuty would tell: https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html */
const tellOfScan = async ({ id, key, object }: Upload, result: string, status = 'COMPLETED') =>
  (await openQueues(laptop)).send(
    'uploads',
    JSON.stringify({
      ...{ id: `scan of ${id}`, source: 'aws.guardduty' },
      'detail-type': 'GuardDuty Malware Protection Object Scan Result',
      detail: {
        scanStatus: status,
        s3ObjectDetails: { objectKey: key, versionId: object?.versionId },
        scanResultDetails: { scanResultStatus: result },
      },
    }),
  );

/** By every way that people have. */
const nobodyOpens = async ({ id, key }: Upload): Promise<void> => {
  const ask = async (path: string, visitor: Visitor) => (await visitor.send(path)).status;
  const coordinator = await openProduct(laptop.dataDir).staff('coordinator');
  for (const who of [staff, coordinator]) {
    expect(await ask(`/staff/documents/${id}`, who)).toBe(404);
    expect(await ask(`/staff/documents/${id}/files/${id}`, who)).toBe(404);
  }
  expect(await ask(`/staff/documents/uploads/${id}`, coordinator)).toBe(404);
  const { endpoint } = archive.engines.s3;
  for (const path of [`${archive.nameOf('uploads')}/${key}`, `${archive.nameOf('documents')}/files/${id}`])
    expect((await fetch(`${endpoint}/${path}`)).status).toBe(403);
  expect(await archive.versionsIn('documents')).toEqual([]);
};

const isRefused = async (before: Upload, reason: RefusalReason): Promise<void> => {
  const { id, outcome } = await archive.endOf(before.id);
  expect(outcome).toMatchObject({ kind: 'refused', reason });
  const page = await staff.open(`/staff/documents/uploads/${id}`);
  expect([page.html.heading, page.html.text]).toEqual([
    'The file was not taken',
    expect.stringContaining(reasons[`mail.refused.${reason}`]),
  ]);
  await expect.poll(() => archive.versionsIn('uploads'), { timeout: 60_000 }).toEqual([]);
  await nobodyOpens(before);
  await laptop.settle();
  const mails = (await laptop.waitForMail(1, OWNER)).filter(({ text }) => text.includes(id));
  expect(mails.map(({ text }) => text.replace(/\s+/g, ' '))).toEqual([
    expect.stringContaining(reasons[`mail.refused.${reason}`]),
  ]);
};

test('without a scan, a file waits for an hour and is refused then', async () => {
  const id = await upload(staff, FILE);
  await describeUpload(staff, id, { title: 'Never scanned' });
  const waiting = await arrived(id);
  await laptop.settle();
  await nobodyOpens(waiting);
  await pass(50);
  expect(await archive.uploads.find(id)).toMatchObject({
    inspection: { outcome: 'readable' },
    outcome: null,
  });
  expect((await staff.open(`/staff/documents/uploads/${id}`)).html.heading).toBe('We are checking your file');
  await nobodyOpens(waiting);
  await pass(75);
  await isRefused(waiting, 'not-checked-in-time');
});

test('a scan that ends after the refusal changes nothing', async () => {
  const id = await upload(staff, FILE);
  const waiting = await arrived(id);
  // It is looked every hour whether an hour is over.
  await pass(125);
  await isRefused(waiting, 'not-checked-in-time');
  await tellOfScan(waiting, 'NO_THREATS_FOUND');
  await laptop.settle();
  expect((await archive.uploads.find(id))?.outcome).toMatchObject({ kind: 'refused' });
  await nobodyOpens(waiting);
});

test('a reader that dies every time never lets a file in, and it is refused after an hour', async () => {
  await laptop.console('/faults', {
    method: 'PUT',
    body: JSON.stringify({ rules: [{ engine: 's3', function: 'inspect-upload', effect: 'kill' }] }),
  });
  const id = await upload(staff, FILE);
  await describeUpload(staff, id, { title: 'Never read' });
  const waiting = await arrived(id);
  await tellOfScan(waiting, 'NO_THREATS_FOUND');
  await expect.poll(async () => (await archive.uploads.find(id))?.scan, { timeout: 60_000 }).toBe('clean');
  await nobodyOpens(waiting);
  // The queue tries once more, and then gives up.
  await pass(30);
  await pass(20);
  expect((await archive.uploads.find(id))?.inspection).toBeNull();
  await nobodyOpens(waiting);
  await pass(75);
  await isRefused(waiting, 'not-checked-in-time');
  const queues = await openQueues(laptop);
  expect((await queues.count('inspections-dead-letters')).waiting).toBeGreaterThan(0);
});

test('what GuardDuty could not scan, in whatever words, is not taken', async () => {
  const words = [
    ['SKIPPED', 'ACCESS_DENIED'],
    ['FAILED', 'FAILED'],
    ['COMPLETED', 'SOMETHING_NEW'],
  ] as const;
  for (const [status, result] of words) {
    const id = await upload(staff, FILE);
    const waiting = await arrived(id);
    await tellOfScan(waiting, result, status);
    await isRefused(waiting, 'not-scannable');
  }
});

test('malware is refused as soon as it is found, whatever else was said', async () => {
  const waiting = await arrived(await upload(staff, FILE));
  await tellOfScan(waiting, 'THREATS_FOUND');
  await isRefused(waiting, 'infected');
});

test('with all verdicts there, the same file is taken', async () => {
  const id = await upload(staff, FILE);
  await describeUpload(staff, id, { title: 'Scanned and read' });
  await tellOfScan(await arrived(id), 'NO_THREATS_FOUND');
  expect((await archive.endOf(id)).outcome).toMatchObject({ kind: 'filed', document: id });
  expect((await staff.open(`/staff/documents/${id}`)).status).toBe(200);
});
