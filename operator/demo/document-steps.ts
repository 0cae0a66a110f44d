import { describeUpload } from '#domain/documents/describe-upload.ts';
import type { DocumentDetails } from '#domain/documents/document.ts';
import { fileTypes } from '#domain/documents/file-type.ts';
import { usualReview } from '#domain/documents/file-upload.ts';
import { inspectUpload } from '#domain/documents/inspect-upload.ts';
import { withdrawDocument } from '#domain/documents/keep-document.ts';
import { permitUpload } from '#domain/documents/permit-upload.ts';
import { receiveUpload } from '#domain/documents/receive-upload.ts';
import type { Upload } from '#domain/documents/upload.ts';
import { addHours, type Instant, londonDate } from '#domain/shared/clock.ts';
import { addDays } from '#domain/shared/days.ts';
import type { Buckets } from '../buckets.ts';
import type { Store } from '../store.ts';
import { firstId } from './demo-ids.ts';
import { type DemoDocument, type DemoFile, demoDocuments } from './documents.ts';
import { makeFile } from './make-file.ts';
import { CORRELATION, expectOk, portsOf, type Step } from './steps.ts';

const HOURS_PER_DAY = 24;

/** A document has the id of the upload that it began with. */
const documentId = (key: string): string => firstId(`document ${key}`);
const versionId = (key: string): string => firstId(`version ${key}`);

/** Where a browser would go afterwards. */
const NOWHERE = 'https://folkmoot.example/';

const daysAgo = (now: Instant, days: number): Instant => addHours(now, -days * HOURS_PER_DAY);

const detailsOf = (told: DemoDocument, now: Instant): DocumentDetails => {
  const today = londonDate(now);
  const { title, summary, kind, audience, about } = told;
  return {
    ...{ title, summary, kind, audience, areas: [...told.areas], tags: [...told.tags], related: [] },
    consultation: told.consultation ?? null,
    from: about ? addDays(today, about.from) : null,
    to: about ? addDays(today, about.to) : null,
    language: told.language ?? 'en',
    reviewOn: told.review === undefined ? usualReview(today) : addDays(today, told.review),
  };
};

type Description = Parameters<ReturnType<typeof describeUpload>>[1];

interface FileSent {
  readonly told: DemoDocument;
  readonly file: DemoFile;
  /** Of the upload. */
  readonly id: string;
  readonly description: Description;
}

/** Somebody uploads a file and says what it is, as on the pages; a browser sends it to quarantine. */
const send = async (
  store: Store,
  buckets: Buckets,
  { told, file, id, description }: FileSent,
  at: Instant,
): Promise<Awaited<ReturnType<Buckets['quarantineDoor']['put']>> & { readonly upload: Upload }> => {
  const ports = { ...portsOf(store, `upload ${id}`, at), quarantine: buckets.quarantine };
  const deed = { by: told.by, correlationId: CORRELATION };
  const wanted = { id, name: file.name, replaces: description.replaces };
  const permitted = await permitUpload(ports)(wanted, NOWHERE, deed);
  expectOk(id, permitted);
  if (!permitted.ok) throw new TypeError('It was permitted');
  const { upload } = permitted.value;
  const { mediaType } = fileTypes[upload.type];
  const sent = await buckets.quarantineDoor.put({ ...upload, mediaType }, await makeFile(file));
  const saying = portsOf(store, `describe ${id}`, at);
  if (!upload.details) expectOk(id, await describeUpload(saying)(id, description, deed));
  return { ...sent, upload };
};

/**
 * Does at a moment of the past what functions do with an upload as soon as they run: the same use cases, with the same
 * reader. Nothing has scanned the file, and that is what it says.
 */
const check = async (
  store: Store,
  buckets: Buckets,
  sent: Awaited<ReturnType<typeof send>>,
  at: Instant,
): Promise<void> => {
  const { inspect } = await import('../inspection-container.ts');
  const { upload, versionId, bytes } = sent;
  const object = { key: upload.key, versionId, bytes };
  const ports = {
    ...portsOf(store, `check ${upload.id}`, at),
    ...buckets,
    ...{ takesUnscanned: true, log: () => {} },
  };
  const looking = { ...ports, quarantine: buckets.quarantinedFiles, inspect, stopwatch: () => 0 };
  await inspectUpload(looking)(object, CORRELATION);
  const told = receiveUpload(ports);
  await told({ kind: 'arrived', ...object }, CORRELATION);
  await told({ kind: 'inspected', ...object }, CORRELATION);
  await told({ kind: 'scanned', ...object, verdict: 'not-scanned' }, CORRELATION);
};

/** An upload of these days: what becomes of it is seen as soon as the functions of the laptop run. */
const upload = (told: DemoDocument, now: Instant, buckets: Buckets): Step => ({
  at: now,
  tell: async (store) => {
    const id = documentId(told.key);
    const known = await store.uploads.find(id);
    if (known?.details) return;
    const description = { details: detailsOf(told, now), replaces: null };
    await send(store, buckets, { told, file: told.file, id, description }, now);
  },
});

const fileLongAgo = (sent: FileSent, at: Instant, buckets: Buckets): Step => ({
  at,
  tell: async (store) => {
    const known = await store.uploads.find(sent.id);
    if (known?.outcome) return;
    // Broken off while it was checked: it is in quarantine already.
    const arrived = known?.object && { upload: known, ...known.object, bytes: known.object.bytes ?? 0 };
    await check(store, buckets, arrived ?? (await send(store, buckets, sent, at)), at);
    const { outcome } = (await store.uploads.find(sent.id)) ?? {};
    if (outcome?.kind !== 'filed')
      throw new Error(`The demonstration data does not fit: ${sent.told.key} was not filed`);
  },
});

const withdraw = ({ key, by }: DemoDocument, reason: string, at: Instant): Step => ({
  at,
  tell: async (store) => {
    const document = await store.documents.find(documentId(key));
    if (!document || document.withdrawn) return;
    const step = `withdraw ${key}`;
    const deed = { by, version: document.version, correlationId: CORRELATION };
    expectOk(step, await withdrawDocument(portsOf(store, step, at))(document.id, reason, deed));
  },
});

const stepsOf = (told: DemoDocument, now: Instant, buckets: Buckets): Step[] => {
  const { story, key, file } = told;
  if (!story) return [upload(told, now, buckets)];
  const { newVersion, withdrawn } = story;
  const first = {
    told,
    file,
    id: documentId(key),
    description: { details: detailsOf(told, now), replaces: null },
  };
  const steps = [fileLongAgo(first, daysAgo(now, story.filedDaysAgo), buckets)];
  if (newVersion) {
    const description = { details: null, replaces: documentId(key) };
    const second = { told, file: newVersion.file, id: versionId(key), description };
    steps.push(fileLongAgo(second, daysAgo(now, newVersion.daysAgo), buckets));
  }
  if (withdrawn) steps.push(withdraw(told, withdrawn.reason, daysAgo(now, withdrawn.daysAgo)));
  return steps;
};

/**
 * What came into the archive: some of it weeks ago, most of it just now. What has a story after it was filed is filed here;
 * the rest waits in quarantine for the functions, as every file does.
 */
export const documentSteps = (now: Instant, buckets: Buckets): readonly Step[] =>
  demoDocuments.flatMap((told) => stepsOf(told, now, buckets));
