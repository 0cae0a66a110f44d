import { describe, expect, test } from 'vitest';
import type { ArchiveDocument } from '#domain/documents/document.ts';
import { documentWrites } from '#domain/documents/document-deed.ts';
import { downloadFile } from '#domain/documents/download-file.ts';
import {
  editDocument,
  explainWithdrawal,
  restoreDocument,
  reviewDocument,
  withdrawDocument,
} from '#domain/documents/keep-document.ts';
import { mayRead } from '#domain/documents/reach.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { aDocument } from '#test/support/stores/records.ts';
import { openWorld, practitioner, type World } from './world.ts';

const as = (changes: Partial<Actor>): Actor => ({
  ...practitioner,
  email: 'else@folkmoot.example',
  ...changes,
});
const nextDoor = as({ unit: { id: 'next-door', name: 'Next door' } });
const coordinator = as({ roles: ['coordinator'], unit: { id: 'centre', name: 'Centre' } });
const auditor = as({ roles: ['auditor'], unit: { id: 'centre', name: 'Centre' } });
const group = as({ roles: ['group-admin'] });

const open = async (changes: Partial<ArchiveDocument> = {}) => {
  const world = openWorld();
  const document = aDocument({ audience: 'unit', ...changes });
  const writes = await documentWrites(world.ports, {
    ...{ deed: 'file document', by: practitioner, correlationId: 'c-0', before: null, after: document },
  });
  await world.facts.commit(writes);
  return { world, document };
};

const deed = (by: Actor, version = 1) => ({ by, version, correlationId: 'c-1' });
const dutiesOf = async ({ duties }: World, { id }: ArchiveDocument) =>
  (await duties.of(id)).map(({ kind, due, owners }) => ({ kind, due, owners }));

describe('who looks after a document', () => {
  test('changes it, and leaves a history of what was and what became', async () => {
    const { world, document } = await open();
    const edited = await editDocument(world.ports)(
      document.id,
      { ...document, title: 'Another title', tags: ['patrols', 'schools'] },
      deed(practitioner),
    );
    expect(edited).toMatchObject({ ok: true, value: { title: 'Another title', version: 2 } });
    const { items } = await world.documentEvents.of(document.id, { after: null, size: 9 });
    expect(items).toMatchObject([
      {
        deed: 'edit document',
        by: practitioner.email,
        before: { title: document.title, tags: ['patrols'] },
        after: { title: 'Another title', tags: ['patrols', 'schools'] },
      },
      { deed: 'file document', before: null, after: null },
    ]);
    expect(world.documentChanges.posted).toHaveLength(2);
  });

  test('is of its unit, or coordinates: nobody else learns that there is one', async () => {
    for (const [by, may] of [
      [practitioner, true],
      [coordinator, true],
      [nextDoor, false],
      [auditor, false],
      [group, false],
    ] as const) {
      const { world, document } = await open();
      const done = await withdrawDocument(world.ports)(document.id, 'Wrong figures', deed(by));
      expect(done.ok, by.roles.join()).toBe(may);
      if (!done.ok) expect(done.error.name).toBe('DocumentUnknown');
    }
  });

  test('does not undo what somebody else has done in the meantime', async () => {
    const { world, document } = await open();
    await editDocument(world.ports)(document.id, { ...document, title: 'First' }, deed(practitioner));
    const late = await editDocument(world.ports)(
      document.id,
      { ...document, title: 'Second' },
      deed(coordinator),
    );
    expect(late).toMatchObject({ ok: false, error: { name: 'ChangedMeanwhile' } });
  });

  test('is reminded to review it, until it was reviewed or withdrawn, and whoever takes it over is reminded instead', async () => {
    const { world, document } = await open({ reviewOn: '2027-06-30' });
    const owners = [document.owner];
    expect(await dutiesOf(world, document)).toEqual([{ kind: 'document', due: '2027-06-30', owners }]);
    await reviewDocument(world.ports)(document.id, '2028-06-30', deed(practitioner));
    expect(await dutiesOf(world, document)).toEqual([{ kind: 'document', due: '2028-06-30', owners }]);
    const now = (await world.documents.find(document.id)) as ArchiveDocument;
    await editDocument(world.ports)(document.id, { ...now, owner: coordinator.email }, deed(practitioner, 2));
    expect(await dutiesOf(world, document)).toMatchObject([{ owners: [coordinator.email] }]);
    await withdrawDocument(world.ports)(document.id, 'Out of date', deed(practitioner, 3));
    expect(await dutiesOf(world, document)).toEqual([]);
    await restoreDocument(world.ports)(document.id, deed(practitioner, 4));
    expect(await dutiesOf(world, document)).toHaveLength(1);
  });

  test('changes of a withdrawn one what its stub says, and that it is withdrawn', async () => {
    const { world, document } = await open();
    const other = { ok: false, error: { name: 'DocumentInOtherState' } };
    expect(await restoreDocument(world.ports)(document.id, deed(practitioner))).toMatchObject(other);
    await withdrawDocument(world.ports)(document.id, 'Out of date', deed(practitioner));
    expect(await world.documents.find(document.id)).toMatchObject({
      withdrawn: { reason: 'Out of date', by: practitioner.email, at: world.clock.now() },
    });
    for (const act of [
      reviewDocument(world.ports)(document.id, null, deed(practitioner, 2)),
      withdrawDocument(world.ports)(document.id, 'Again', deed(practitioner, 2)),
    ])
      expect(await act).toMatchObject(other);
    const { withdrawn: _, ...said } = document;
    await editDocument(world.ports)(document.id, { ...said, title: 'Less' }, deed(practitioner, 2));
    await explainWithdrawal(world.ports)(document.id, 'Figures of somebody else', deed(coordinator, 3));
    expect(await world.documents.find(document.id)).toMatchObject({
      title: 'Less',
      withdrawn: { reason: 'Figures of somebody else', by: practitioner.email },
    });
    await restoreDocument(world.ports)(document.id, deed(practitioner, 4));
    expect(await explainWithdrawal(world.ports)(document.id, 'No', deed(practitioner, 5))).toMatchObject(
      other,
    );
  });
});

describe('who may see a document', () => {
  test.each([
    ['unit', [practitioner, coordinator, auditor], [nextDoor, group]],
    ['staff', [practitioner, coordinator, auditor, nextDoor], [group]],
    ['public', [practitioner, coordinator, auditor, nextDoor], [group]],
  ] as const)('of %s', (audience, may, mayNot) => {
    const document = aDocument({ audience });
    for (const by of may) expect(mayRead(by, document), by.roles.join()).toBe(true);
    for (const by of mayNot) expect(mayRead(by, document), by.roles.join()).toBe(false);
  });

  test('gets a link to its file for a minute, and the trail says so', async () => {
    const { world, document } = await open();
    const [file] = document.files;
    const downloads = {
      link: async ({ id }: { readonly id: string }, seconds: number) =>
        `https://s3.example.org/${id}?${seconds}`,
    };
    const download = downloadFile({ ...world.ports, downloads });
    const by = { by: practitioner, correlationId: 'c-9' };
    expect(await download(document.id, `${file?.id}`, by)).toEqual({
      ...{ ok: true, value: `https://s3.example.org/${file?.id}?60` },
    });
    const unknown = { ok: false, error: { name: 'DocumentUnknown' } };
    expect(await download(document.id, 'no such file', by)).toMatchObject(unknown);
    expect(await download(document.id, `${file?.id}`, { ...by, by: nextDoor })).toMatchObject(unknown);
    const entries = await world.audit.ofDay('2026-11-23');
    expect(entries.filter((entry) => entry.deed === 'download document')).toMatchObject([
      {
        actor: { email: practitioner.email },
        record: { id: document.id },
        change: { file: file?.id, version: 1 },
      },
    ]);
  });

  test('of a withdrawn one gets its file only when he looks after it', async () => {
    const { world, document } = await open({ audience: 'staff' });
    await withdrawDocument(world.ports)(document.id, 'Out of date', deed(practitioner));
    const download = downloadFile({ ...world.ports, downloads: { link: async () => 'link' } });
    const file = `${document.files[0]?.id}`;
    expect(await download(document.id, file, { by: practitioner, correlationId: 'c' })).toMatchObject({
      ok: true,
    });
    expect(await download(document.id, file, { by: nextDoor, correlationId: 'c' })).toMatchObject({
      ...{ ok: false, error: { name: 'DocumentInOtherState' } },
    });
  });
});
