import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ArchiveDocument, currentFile } from '#domain/documents/document.ts';
import { publishedPath } from '#domain/documents/published-path.ts';
import { type Archive, openArchive } from '#test/support/archive/open-archive.ts';
import { describeUpload, upload } from '#test/support/archive/send-file.ts';
import type { Visitor } from '#test/support/http-client.ts';
import { startLaptop, type TestLaptop } from '#test/support/laptop.ts';
import { usageFolder } from '#test/support/permissions/usage-folder.ts';
import { openProduct, type ProductLaptop } from '#test/support/product-laptop.ts';
import { anUpload } from '#test/support/stores/records.ts';
import { openStores } from '#test/support/walks/keep-mailings.ts';

/*
 * The life of a document from an empty archive to its withdrawal, with the limits on that other tests switch off. What
 * its functions are allowed is needed somewhere on this way, and noted for the step `permissions`.
 */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let laptop: TestLaptop;
let product: ProductLaptop;
let archive: Archive;
let staff: Visitor;
let document: ArchiveDocument;

beforeAll(async () => {
  laptop = await startLaptop({ env: { FOLKMOOT_USAGE: usageFolder() } });
  product = openProduct(laptop.dataDir);
  archive = await openArchive(laptop);
  staff = await product.staff('practitioner');
});
afterAll(async () => {
  archive?.s3.destroy();
  await laptop?.stop();
});

const latest = async (): Promise<ArchiveDocument> =>
  (await archive.documents.find(document.id)) as ArchiveDocument;

/** Changes a document as its pages do, and lets everything follow. */
const change = async (changes: Partial<ArchiveDocument>): Promise<void> => {
  const { documents, documentChanges, facts, clock } = await openStores(laptop);
  const before = await latest();
  const change = { id: randomUUID(), document: before.id, postedAt: clock.now(), correlationId: 'test' };
  const { refused } = await facts.commit([
    documents.toChange(before, { ...before, ...changes }),
    documentChanges.toPost(change),
  ]);
  expect(refused).toBeNull();
  await laptop.settle();
};

test('an archive without a document says so', async () => {
  expect((await product.visitor().open('/documents')).status).toBe(200);
  expect((await staff.open('/staff/documents')).status).toBe(200);
});

test('a file becomes a document that everybody can download', async () => {
  const id = await upload(staff, { name: 'lamps.txt', type: 'txt', content: 'Lamps in the passage' });
  await describeUpload(staff, id, { title: 'Lamps', audience: 'public' });
  expect((await archive.endOf(id)).outcome?.kind).toMatch(/checked|filed/);
  await laptop.settle();
  const filed = await archive.uploads.find(id);
  expect(filed?.outcome).toMatchObject({ kind: 'filed' });
  document = (await archive.documents.find(id)) as ArchiveDocument;
  const response = await product.visitor().send(publishedPath(currentFile(document)));
  expect([response.status, await response.text()]).toEqual([200, 'Lamps in the passage']);
});

test('staff download it by a link that the archive signs', async () => {
  const { headers } = await staff.send(`/staff/documents/${document.id}/files/${document.id}`);
  const file = await fetch(headers.get('location') ?? '');
  expect([file.status, await file.text()]).toEqual([200, 'Lamps in the passage']);
});

test('another file becomes its next version', async () => {
  const again = { name: 'lamps.txt', type: 'txt', content: 'Lamps in both passages' } as const;
  const id = await upload(staff, again, `/staff/documents/${document.id}/new-version`);
  await archive.endOf(id);
  await laptop.settle();
  const { files } = await latest();
  expect(files.map((file) => file.id)).toEqual([document.id, id]);
  const old = await product.visitor().send(publishedPath(currentFile(document)));
  expect(old.status).not.toBe(200);
});

test('what the index has put together is removed after a while', async () => {
  for (const title of ['First', 'Second', 'Third', 'Fourth']) await change({ title });
  const before = (await archive.versionsIn('search', 'public/')).length;
  await laptop.clock(new Date(Date.parse(await laptop.clock()) + 20 * MINUTE).toISOString());
  for (const title of ['Fifth', 'Sixth', 'Seventh']) await change({ title });
  expect(before).toBeGreaterThan(0);
  const found = await product.visitor().open('/documents?q=seventh');
  expect(found.source).toContain('Seventh');
});

test('a withdrawn one can be downloaded and found no more', async () => {
  const path = publishedPath(currentFile(await latest()));
  expect((await product.visitor().send(path)).status).toBe(200);
  const withdrawn = { reason: 'Wrong figures', at: await laptop.clock(), by: 'a@folkmoot.example' };
  await change({ withdrawn });
  expect((await product.visitor().send(path)).status).not.toBe(200);
  expect((await product.visitor().open('/documents?q=seventh')).source).not.toContain(document.id);
});

test('what nobody describes, and what nobody ever says anything of, is refused when somebody looks after it', async () => {
  const { uploads, facts } = await openStores(laptop);
  const now = Date.parse(await laptop.clock());
  const ago = (days: number) => new Date(now - days * DAY).toISOString();
  const owner = 'practitioner@folkmoot.example';
  const object = { versionId: 'gone', bytes: 10, at: ago(1) };
  const waiting = anUpload({ id: randomUUID(), owner, at: ago(1), object });
  const forgotten = anUpload({
    ...{ id: randomUUID(), owner, at: ago(40), object },
    outcome: { kind: 'checked', at: ago(40) },
  });
  await facts.commit([uploads.toAdd(waiting), uploads.toAdd(forgotten)]);
  expect((await laptop.run('mind-uploads')).status).toBe('ok');
  await laptop.settle();
  const reasonOf = async (id: string) => (await uploads.find(id))?.outcome;
  expect(await reasonOf(waiting.id)).toMatchObject({ kind: 'refused', reason: 'not-checked-in-time' });
  expect(await reasonOf(forgotten.id)).toMatchObject({ kind: 'refused', reason: 'not-described' });
});

test('a file that nobody describes: its uploader is reminded and nobody else, and then it is deleted', async () => {
  const id = await upload(staff, { name: 'forgotten.txt', type: 'txt', content: 'Forgotten' });
  expect((await archive.endOf(id)).outcome?.kind).toBe('checked');
  const begun = Date.parse(await laptop.clock());
  const pass = (days: number) => laptop.clock(new Date(begun + days * DAY).toISOString());
  const digests = async () =>
    (await laptop.mail()).filter(({ tags, text }) => tags.kind === 'chase-digest' && text.includes(id));
  await pass(18);
  const [reminder, ...others] = await digests();
  expect([reminder?.to, others]).toEqual([['practitioner@folkmoot.example'], []]);
  expect(reminder?.text).toMatch(/forgotten\.txt\s+To be described by/);
  expect(reminder?.text).toContain('Say what it is, before it is deleted');
  await pass(31);
  expect(await digests()).toHaveLength(2);
  expect((await archive.uploads.find(id))?.outcome).toMatchObject({ reason: 'not-described' });
  expect(await archive.textOf('documents', `files/${id}`)).toBeNull();
  await pass(50);
  expect(await digests()).toHaveLength(2);
});
