import { describe, expect, test } from 'vitest';
import type { ArchiveDocument } from '#domain/documents/document.ts';
import { type ProjectPorts, projectDocuments } from '#domain/documents/project-document.ts';
import type { SearchChange } from '#domain/search/ports.ts';
import { aDocument, anArea, BOROUGH } from '#test/support/stores/records.ts';
import { openWorld } from './world.ts';

const open = async (...documents: ArchiveDocument[]) => {
  const world = openWorld();
  await world.areas.save([anArea({ code: BOROUGH, name: 'Millbrook', kind: 'borough', borough: null })]);
  await world.facts.commit(documents.map((document) => world.documents.toAdd(document)));
  const published = new Set<string>();
  const changes: SearchChange[] = [];
  const broken = new Set<string>();
  const ports: ProjectPorts = {
    ...world.ports,
    areas: world.areas,
    units: world.units,
    publishedFiles: {
      publish: async ({ id }) => {
        if (broken.has(id)) throw new Error('S3');
        published.add(id);
      },
      withdraw: async (id) => void published.delete(id),
    },
    searchIndex: { apply: async (some) => void changes.push(...some) },
  };
  return { ...world, published, changes, broken, ports, project: projectDocuments(ports) };
};

describe('what follows from documents', () => {
  test('is that the public gets the current file of a public one, and that it is found', async () => {
    const [open1, closed] = [aDocument({ audience: 'public' }), aDocument({ audience: 'unit' })];
    const world = await open(open1, closed);
    world.files.texts.set(`${open1.files[0]?.id}`, 'What people said');
    await world.project([open1.id, closed.id, open1.id, 'gone'], 'c-1');
    expect([...world.published]).toEqual([open1.files[0]?.id]);
    expect(world.changes).toMatchObject([
      { kind: 'put', revision: 1, record: { audience: 'public', text: 'What people said' } },
      { kind: 'put', revision: 1, record: { audience: `unit:${closed.unit}`, text: '' } },
    ]);
    expect(world.changes[0]).toMatchObject({ record: { details: expect.stringContaining('Millbrook') } });
  });

  test.each([
    ['2026-01-01', '2026-03-31', '2026-03-31'],
    ['2026-01-01', null, '2026-01-01'],
    [null, null, '2026-05-12'],
    ['2026-04-01', '2027-03-31', '2026-05-12'],
  ])('is dated by what it is about (%s to %s), and never in the future: %s', async (from, to, date) => {
    const document = aDocument({ from, to, createdAt: '2026-05-12T09:30:00.000Z' });
    const world = await open(document);
    await world.project([document.id], 'c-1');
    expect(world.changes).toMatchObject([{ record: { date } }]);
  });

  test('is taken back when it is withdrawn, and when fewer people may see it', async () => {
    for (const after of [
      { withdrawn: { reason: 'Wrong', at: '2026-11-23T09:30:00.000Z', by: 'a@folkmoot.example' } },
      { audience: 'staff' as const },
    ]) {
      const document = aDocument({ audience: 'public' });
      const world = await open(document);
      await world.project([document.id], 'c-1');
      await world.facts.commit([world.documents.toChange(document, { ...document, ...after })]);
      await world.project([document.id], 'c-2');
      expect(world.published.size).toBe(0);
      expect(world.changes.at(-1)).toMatchObject({
        kind: 'withdrawn' in after ? 'remove' : 'put',
        revision: 2,
      });
    }
  });

  test('does not stay published when it is withdrawn while the copy is made', async () => {
    const document = aDocument({ audience: 'public' });
    const world = await open(document);
    const withdrawn = { reason: 'Wrong', at: '2026-11-23T09:30:00.000Z', by: 'a@folkmoot.example' };
    let isFirst = true;
    const publish = world.ports.publishedFiles.publish;
    const slow: ProjectPorts = {
      ...world.ports,
      publishedFiles: {
        ...world.ports.publishedFiles,
        publish: async (file) => {
          if (isFirst)
            await world.facts.commit([world.documents.toChange(document, { ...document, withdrawn })]);
          isFirst = false;
          await publish(file);
        },
      },
    };
    await projectDocuments(slow)([document.id], 'c-1');
    expect(world.published.size).toBe(0);
    expect(world.changes).toMatchObject([{ kind: 'remove', revision: 2 }]);
  });

  test('of one document keeps that of no other waiting', async () => {
    const [first, bad, last] = [aDocument(), aDocument({ audience: 'public' }), aDocument()];
    const world = await open(first, bad, last);
    world.broken.add(`${bad.files[0]?.id}`);
    expect(await world.project([first.id, bad.id, last.id], 'c-1')).toEqual({ failed: new Set([bad.id]) });
    expect(world.changes).toHaveLength(2);
    world.broken.clear();
    expect(await world.project([bad.id], 'c-1')).toEqual({ failed: new Set() });
    expect(world.published.size).toBe(1);
  });
});
