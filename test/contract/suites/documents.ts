import { describe, expect, test } from 'vitest';
import type { DocumentEvent } from '#domain/documents/document.ts';
import { aDocument, aFile, anUpload } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const gather = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

export const describeUploads = (open: OpenStores) =>
  describe('uploads', () => {
    test('are kept whole, added once, and changed by whoever has seen the latest version', async () => {
      const { facts, uploads } = await open();
      const upload = anUpload({
        details: { ...aDocument(), audience: 'public' },
        object: { versionId: 'v1', bytes: 12, at: '2026-05-12T09:31:00.000Z' },
        inspection: {
          ...{ outcome: 'readable', type: 'pdf', sha256: 'b2'.repeat(32), pages: null, characters: 0 },
          ...{ language: null, title: 'A title' },
        },
        scan: 'not-scanned',
      });
      await facts.commit([uploads.toAdd(upload)]);
      expect(await uploads.find(upload.id)).toMatchObject({ ...upload, details: { audience: 'public' } });
      expect(await uploads.find('none')).toBeNull();
      expect(await facts.commit([uploads.toAdd(upload)])).toEqual({ refused: 'already-there' });
      const refused = {
        ...upload,
        outcome: { kind: 'refused', at: '2026-05-12T09:35:00.000Z', reason: 'infected' } as const,
      };
      expect(await facts.commit([uploads.toChange(refused)])).toEqual({ refused: null });
      expect(await facts.commit([uploads.toChange(refused)])).toEqual({ refused: 'changed-meanwhile' });
      expect((await uploads.find(upload.id))?.outcome).toEqual(refused.outcome);
    });

    test('of an account come page by page, the newest first, and nobody else’s', async () => {
      const { facts, uploads } = await open();
      const own = Array.from({ length: 5 }, (_, index) =>
        anUpload({ owner: 'uploader@folkmoot.example', at: `2026-05-1${index}T09:30:00.000Z` }),
      );
      await facts.commit([...own, anUpload()].map((upload) => uploads.toAdd(upload)));
      const first = await uploads.ownedBy('uploader@folkmoot.example', { after: null, size: 3 });
      expect(first.items).toEqual(own.slice(2).reverse());
      const second = await uploads.ownedBy('uploader@folkmoot.example', { after: first.next, size: 3 });
      expect(second).toEqual({ items: own.slice(0, 2).reverse(), next: null });
    });

    test('are undecided until they came to an end, the oldest first', async () => {
      const { facts, uploads } = await open();
      const at = '2026-05-12T10:00:00.000Z';
      const waiting = anUpload({ at: '2026-05-12T09:00:00.000Z' });
      const checked = anUpload({ at: '2026-05-11T09:00:00.000Z', outcome: { kind: 'checked', at } });
      const ended = anUpload({ outcome: { kind: 'refused', at, reason: 'empty' } });
      const filed = anUpload({ outcome: { kind: 'filed', at, document: 'document-1' } });
      const late = anUpload({ at: '2026-05-12T11:00:00.000Z' });
      await facts.commit([waiting, checked, ended, filed, late].map((upload) => uploads.toAdd(upload)));
      expect(await gather(uploads.undecided(at))).toEqual([checked, waiting]);
      await facts.commit([uploads.toChange({ ...waiting, outcome: { kind: 'filed', at, document: 'd' } })]);
      expect(await gather(uploads.undecided(at))).toEqual([checked]);
    });
  });

export const describeDocuments = (open: OpenStores) =>
  describe('documents', () => {
    test('are kept whole, added once, and changed by whoever has seen the latest version', async () => {
      const { facts, documents } = await open();
      const document = aDocument({
        withdrawn: { reason: 'Superseded', at: '2026-06-01T09:30:00.000Z', by: 'a@folkmoot.example' },
      });
      await facts.commit([documents.toAdd(document)]);
      expect(await documents.find(document.id)).toEqual(document);
      expect(await documents.find('none')).toBeNull();
      expect(await facts.commit([documents.toAdd(document)])).toEqual({ refused: 'already-there' });
      const renamed = { ...document, title: 'Renamed' };
      expect(await facts.commit([documents.toChange(document, renamed)])).toEqual({ refused: null });
      expect(await facts.commit([documents.toChange(document, renamed)])).toEqual({
        refused: 'changed-meanwhile',
      });
      expect(await documents.find(document.id)).toEqual({ ...renamed, version: 2 });
    });

    test('are found by who looks after them', async () => {
      const { facts, documents } = await open();
      const owner = 'owner@folkmoot.example';
      const [document, other] = [aDocument({ owner }), aDocument()];
      await facts.commit([documents.toAdd(document), documents.toAdd(other)]);
      expect(await documents.ownedBy(owner)).toEqual([document]);
      await facts.commit([documents.toChange(document, { ...document, owner: 'next@folkmoot.example' })]);
      expect(await documents.ownedBy(owner)).toEqual([]);
      expect(await documents.ownedBy('nobody@folkmoot.example')).toEqual([]);
    });

    test('are all listed by the time when they came, as they are now', async () => {
      const { facts, documents } = await open();
      const [second, first] = [
        aDocument({ createdAt: '2026-05-12T09:30:00.000Z' }),
        aDocument({
          createdAt: '2026-05-11T09:30:00.000Z',
          withdrawn: { reason: 'Superseded', at: '2026-06-01T09:30:00.000Z', by: 'a@folkmoot.example' },
        }),
      ];
      expect(await gather(documents.all())).toEqual([]);
      await facts.commit([documents.toAdd(second), documents.toAdd(first)]);
      await facts.commit([documents.toChange(second, { ...second, title: 'Renamed' })]);
      expect(await gather(documents.all())).toEqual([first, { ...second, title: 'Renamed', version: 2 }]);
    });

    test('are found by the content and by the name of any of their versions', async () => {
      const { facts, documents } = await open();
      const [first, second] = [
        aFile({ name: 'Minutes.docx', sha256: '11'.repeat(32) }),
        aFile({ name: 'Minutes.docx', sha256: '22'.repeat(32) }),
      ];
      const document = aDocument({ files: [first] });
      const other = aDocument({ files: [aFile({ name: 'else.pdf', sha256: '33'.repeat(32) })] });
      await facts.commit([documents.toAdd(document), documents.toAdd(other)]);
      const after = { ...document, files: [first, second] };
      await facts.commit([documents.toChange(document, after)]);
      const stored = { ...after, version: 2 };
      expect(await documents.withFile({ sha256: '22'.repeat(32), name: 'x.pdf' })).toEqual([stored]);
      expect(await documents.withFile({ sha256: '11'.repeat(32), name: 'x.pdf' })).toEqual([stored]);
      expect(await documents.withFile({ sha256: '44'.repeat(32), name: 'minutes.DOCX' })).toEqual([stored]);
      expect(await documents.withFile({ sha256: '44'.repeat(32), name: 'x.pdf' })).toEqual([]);
      const both = await documents.withFile({ sha256: '33'.repeat(32), name: 'minutes.docx' });
      expect(both.map(({ id }) => id).sort()).toEqual([document.id, other.id].sort());
    });
  });

const anEvent = (changes: Partial<DocumentEvent> = {}): DocumentEvent => ({
  ...{ id: 'event-1', document: 'document-1', at: '2026-05-12T09:30:00.000Z', by: 'a@folkmoot.example' },
  ...{ deed: 'edit document', before: { title: 'Old' }, after: { title: 'New' }, correlationId: 'c-1' },
  ...changes,
});

export const describeDocumentEvents = (open: OpenStores) =>
  describe('what was done to documents', () => {
    test('comes page by page, the newest first', async () => {
      const { facts, documentEvents } = await open();
      const events = Array.from({ length: 5 }, (_, index) =>
        anEvent({ id: `event-${index}`, at: `2026-05-1${index}T09:30:00.000Z` }),
      );
      const others = anEvent({ id: 'event-9', document: 'document-2', before: null, after: null });
      await facts.commit([...events, others].map((event) => documentEvents.toAdd(event)));
      const first = await documentEvents.of('document-1', { after: null, size: 3 });
      expect(first.items).toEqual(events.slice(2).reverse());
      const second = await documentEvents.of('document-1', { after: first.next, size: 3 });
      expect(second).toEqual({ items: events.slice(0, 2).reverse(), next: null });
      expect((await documentEvents.of('document-2', { after: null, size: 3 })).items).toEqual([others]);
    });

    test('is written once', async () => {
      const { facts, documentEvents } = await open();
      await facts.commit([documentEvents.toAdd(anEvent())]);
      expect(await facts.commit([documentEvents.toAdd(anEvent())])).toEqual({ refused: 'already-there' });
    });
  });

export const describeDocumentChanges = (open: OpenStores) =>
  describe('changes of documents', () => {
    test('are posted once', async () => {
      const { facts, documentChanges } = await open();
      const change = {
        ...{ id: 'change-1', document: 'document-1', correlationId: 'c-1' },
        postedAt: '2026-05-12T09:30:00.000Z',
      };
      expect(await facts.commit([documentChanges.toPost(change)])).toEqual({ refused: null });
      expect(await facts.commit([documentChanges.toPost(change)])).toEqual({ refused: 'already-there' });
    });
  });
