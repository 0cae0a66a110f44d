import { describe, expect, test } from 'vitest';
import { describeUpload } from '#domain/documents/describe-upload.ts';
import { fileFaults, type Inspection } from '#domain/documents/inspection.ts';
import { mindUploads } from '#domain/documents/mind-uploads.ts';
import { type ReceivePorts, receiveUpload, type UploadNews } from '#domain/documents/receive-upload.ts';
import {
  HOURS_TO_DESCRIBE,
  type RefusalReason,
  type ScanVerdict,
  type Upload,
} from '#domain/documents/upload.ts';
import { aDocument, anUpload } from '#test/support/stores/records.ts';
import { failing, newsOf, openWorld, practitioner, readable, type World } from './world.ts';

const detailsOf = () => {
  const { title, summary, kind, areas, consultation, from, to, language, audience, tags, related, reviewOn } =
    aDocument();
  return {
    ...{ title, summary, kind, areas, consultation, from, to, language, audience, tags, related, reviewOn },
  };
};

/** An upload whose file lies in quarantine, read and all. */
const arrive = async (world: World, changes: Partial<Upload> = {}): Promise<Upload> => {
  const upload = anUpload({ at: world.clock.now(), ...changes });
  await world.facts.commit([world.uploads.toAdd(upload)]);
  world.files.put(upload.key, 'v1', 'content');
  world.files.written.set(`${upload.key} v1`, { ...readable(upload, 'v1', 7), type: 'pdf' } as Inspection);
  return upload;
};

/** Why an upload is refused, and what is told of it. */
const refusals: readonly (readonly [
  reason: RefusalReason,
  told: { readonly verdict?: ScanVerdict; readonly bytes?: number; readonly says?: Partial<Inspection> },
])[] = [
  ['infected', { verdict: 'infected' }],
  ['not-scannable', { verdict: 'failed' }],
  ['not-scannable', { verdict: 'not-scanned' }],
  ['empty', { bytes: 0 }],
  ['too-large', { bytes: 100_000_001 }],
  ['not-what-it-says', { says: { type: 'png' } }],
  ...fileFaults.map((fault) => [fault, { says: { outcome: 'refused', fault, detail: '' } }] as const),
];

const tell = async (ports: ReceivePorts, ...news: readonly UploadNews[]) => {
  for (const one of news) await receiveUpload(ports)(one, 'c-1');
};

const orders = <T>(items: readonly T[]): T[][] =>
  items.length <= 1
    ? [[...items]]
    : items.flatMap((item, at) =>
        orders(items.filter((_, index) => index !== at)).map((rest) => [item, ...rest]),
      );

describe('an upload', () => {
  test.each(orders([0, 1, 2]))('ends when all is told, in the order %i %i %i', async (...order) => {
    const world = openWorld();
    const upload = await arrive(world);
    const news = newsOf(upload, 'v1', 7);
    const [last = 0] = order.slice(-1);
    for (const at of order.slice(0, -1)) await tell(world.ports, news[at] as UploadNews);
    expect((await world.uploads.find(upload.id))?.outcome).toBeNull();
    expect(world.files.archived.size).toBe(0);
    await tell(world.ports, news[last] as UploadNews, ...news, ...news);
    expect((await world.uploads.find(upload.id))?.outcome?.kind).toBe('checked');
    expect([...world.files.archived]).toEqual([[upload.id, 'content']]);
    expect([...world.files.texts]).toEqual([[upload.id, 'What people said']]);
    expect(world.files.quarantined.size + world.files.written.size).toBe(0);
    expect(world.outbox.mails).toEqual([]);
  });

  test('becomes a document when it was described before, and when it is described after', async () => {
    for (const isBefore of [true, false]) {
      const world = openWorld();
      const upload = await arrive(world);
      const describeIt = () =>
        describeUpload(world.ports)(
          upload.id,
          { details: detailsOf(), replaces: null },
          { by: practitioner, correlationId: 'c-2' },
        );
      if (isBefore) expect(await describeIt()).toMatchObject({ ok: true, value: { outcome: null } });
      await tell(world.ports, ...newsOf(upload, 'v1', 7));
      if (!isBefore)
        expect(await describeIt()).toMatchObject({ ok: true, value: { outcome: { kind: 'filed' } } });
      const document = await world.documents.find(upload.id);
      expect(document).toMatchObject({
        ...detailsOf(),
        ...{ unit: 'millbrook', owner: practitioner.email, version: 1 },
        files: [{ id: upload.id, name: upload.name, type: 'pdf', bytes: 7, scan: 'clean', pages: 3 }],
      });
      expect(world.documentChanges.posted.map((change) => change.document)).toEqual([upload.id]);
      expect(await describeIt()).toMatchObject({ ok: false, error: { name: 'UploadInOtherState' } });
    }
  });

  test('becomes the next version of the document that it replaces, unless that was withdrawn meanwhile', async () => {
    for (const withdrawn of [
      null,
      { reason: 'Wrong', at: '2026-11-01T09:30:00.000Z', by: 'a@folkmoot.example' },
    ]) {
      const world = openWorld();
      const document = aDocument({ withdrawn });
      await world.facts.commit([world.documents.toAdd(document)]);
      const upload = await arrive(world, { replaces: document.id });
      await tell(world.ports, ...newsOf(upload, 'v1', 7));
      const ids = (await world.documents.find(document.id))?.files.map(({ id }) => id);
      const first = document.files[0]?.id;
      expect(ids).toEqual(withdrawn ? [first] : [first, upload.id]);
      expect((await world.uploads.find(upload.id))?.outcome?.kind).toBe(withdrawn ? 'checked' : 'filed');
      expect(world.outbox.mails.map(({ message }) => message)).toMatchObject(
        withdrawn
          ? [{ kind: 'upload-not-filed', name: upload.name, why: 'withdrawn', until: '2026-12-22' }]
          : [],
      );
    }
  });

  test.each(refusals)('is refused as %s, and its uploader is told', async (reason, told) => {
    const { verdict = 'clean', bytes = 7, says = {} } = told;
    const world = openWorld();
    const upload = await arrive(world, { details: detailsOf() });
    const { key } = upload;
    world.files.written.set(`${key} v1`, { ...readable(upload, 'v1', bytes), ...says } as never);
    const [arrived, inspected] = newsOf(upload, 'v1', bytes) as [UploadNews, UploadNews];
    await tell(world.ports, inspected, { kind: 'scanned', key, versionId: 'v1', verdict }, arrived, arrived);
    expect((await world.uploads.find(upload.id))?.outcome).toMatchObject({ kind: 'refused', reason });
    expect(world.files.archived.size + world.files.quarantined.size).toBe(0);
    expect(await world.documents.find(upload.id)).toBeNull();
    expect(world.outbox.mails).toMatchObject([
      { to: upload.owner, message: { kind: 'upload-refused', name: upload.name, reason } },
    ]);
  });

  test('that no engine has scanned is taken on a laptop only, and marked', async () => {
    const world = openWorld(true);
    const upload = await arrive(world, { details: detailsOf() });
    const { key } = upload;
    const [arrived, inspected] = newsOf(upload, 'v1', 7) as [UploadNews, UploadNews];
    await tell(world.ports, arrived, inspected, {
      ...{ kind: 'scanned', key, versionId: 'v1', verdict: 'not-scanned' },
    });
    expect((await world.documents.find(upload.id))?.files).toMatchObject([{ scan: 'not-scanned' }]);
  });

  test('is the first file that arrived under its permission: what is told of a second one is nothing to it', async () => {
    const world = openWorld();
    const upload = await arrive(world);
    const { key } = upload;
    world.files.put(key, 'v2', 'something else');
    world.files.written.set(`${key} v2`, readable(upload, 'v2', 14));
    const [first, second] = [newsOf(upload, 'v1', 7), newsOf(upload, 'v2', 14)];
    await tell(world.ports, first[0] as UploadNews, ...second);
    expect((await world.uploads.find(upload.id))?.outcome).toBeNull();
    await tell(world.ports, ...first);
    expect([...world.files.archived]).toEqual([[upload.id, 'content']]);
    expect(world.files.quarantined.size).toBe(0);
  });

  test('is not reached by news of other keys, or of none of ours', async () => {
    const world = openWorld();
    const upload = await arrive(world);
    const keys = [
      `${upload.key}x`,
      `files/${upload.id}/other`,
      'files/../secret',
      `inspected/${upload.key}`,
      '',
    ];
    for (const key of keys) await tell(world.ports, ...newsOf({ ...upload, key }, 'v1', 7));
    expect(await world.uploads.find(upload.id)).toEqual(upload);
  });

  test('that waits for its description is owed one, until it has it', async () => {
    const world = openWorld();
    const upload = await arrive(world);
    await tell(world.ports, ...newsOf(upload, 'v1', 7));
    const owed = { kind: 'upload', due: '2026-12-22', owners: [upload.owner], nextOn: '2026-12-08' };
    expect(await world.duties.of(upload.id)).toMatchObject([owed]);
    await describeUpload(world.ports)(
      upload.id,
      { details: detailsOf(), replaces: null },
      { by: practitioner, correlationId: 'c-2' },
    );
    expect(await world.duties.of(upload.id)).toEqual([]);
  });

  test('that somebody else changes at the same time loses nothing', async () => {
    const world = openWorld();
    const upload = await arrive(world);
    await Promise.all(newsOf(upload, 'v1', 7).map((one) => tell(world.ports, one)));
    expect((await world.uploads.find(upload.id))?.outcome?.kind).toBe('checked');
  });
});

describe('an upload of which nobody tells any more', () => {
  const overdue = (upload: Upload): UploadNews => ({ kind: 'overdue', upload: upload.id });
  const minded = async (world: World) => {
    const asked: string[] = [];
    const uploadQueue = {
      announce: async (some: readonly { readonly id: string }[]) => {
        asked.push(...some.map(({ id }) => id));
        return { failed: [] };
      },
    };
    await mindUploads({ ...world.ports, uploadQueue })('c-1');
    return asked;
  };

  test('is looked after from five minutes on, and not before, nor when nothing arrived or it has ended', async () => {
    const world = openWorld();
    const upload = await arrive(world);
    const unused = anUpload({ at: world.clock.now() });
    await world.facts.commit([world.uploads.toAdd(unused)]);
    await tell(world.ports, newsOf(upload, 'v1', 7)[0] as UploadNews);
    expect(await minded(world)).toEqual([]);
    world.clock.advance(0.1);
    expect(await minded(world)).toEqual([upload.id]);
    await tell(world.ports, ...newsOf(upload, 'v1', 7));
    // It still waits for its description.
    expect(await minded(world)).toEqual([upload.id]);
  });

  test('goes on with what the reader wrote, when only the news of it was lost', async () => {
    const world = openWorld();
    const upload = await arrive(world);
    const [arrived, , scanned] = newsOf(upload, 'v1', 7) as [UploadNews, UploadNews, UploadNews];
    await tell(world.ports, arrived, scanned, overdue(upload));
    expect((await world.uploads.find(upload.id))?.outcome?.kind).toBe('checked');
  });

  test('is refused after an hour without all verdicts, and never taken for clean', async () => {
    const news = newsOf(anUpload(), 'v1', 7).map(({ kind }) => kind);
    for (const missing of ['inspected', 'scanned', 'arrived']) {
      const world = openWorld();
      const upload = await arrive(world);
      if (missing === 'inspected') world.files.written.clear();
      const told = newsOf(upload, 'v1', 7).filter(({ kind }) => kind !== missing);
      expect(told).toHaveLength(news.length - 1);
      await tell(world.ports, ...told, overdue(upload));
      expect((await world.uploads.find(upload.id))?.outcome).toBeNull();
      world.clock.advance(1.01);
      await tell(world.ports, overdue(upload));
      expect((await world.uploads.find(upload.id))?.outcome).toMatchObject({
        ...{ kind: 'refused', reason: 'not-checked-in-time' },
      });
      expect(world.files.archived.size + world.files.quarantined.size).toBe(0);
    }
  });

  test('is forgotten when nobody describes it for a month, and leaves nothing in the archive', async () => {
    const world = openWorld();
    const upload = await arrive(world);
    await tell(world.ports, ...newsOf(upload, 'v1', 7));
    world.clock.advance(HOURS_TO_DESCRIBE - 1);
    await tell(world.ports, overdue(upload));
    expect(world.files.archived.size).toBe(1);
    world.clock.advance(2);
    await tell(world.ports, overdue(upload));
    expect(world.files.archived.size + world.files.texts.size).toBe(0);
    expect(world.outbox.mails).toMatchObject([{ message: { reason: 'not-described' } }]);
    expect(await world.duties.of(upload.id)).toEqual([]);
  });
});

describe('a worker that dies', () => {
  /** Tells all news, killed at one call of an engine; then everything again, as the queue would. */
  const killAt = async (call: number, when: 'before' | 'after', changes: Partial<Upload>) => {
    const world = openWorld();
    const upload = await arrive(world, changes);
    let left = call;
    const strike = () => {
      left -= 1;
      return left === -1 ? when : null;
    };
    const ports = Object.fromEntries(
      Object.entries(world.ports).map(([name, port]) => [
        name,
        typeof port === 'object' && name !== 'clock' && name !== 'ids' ? failing(port, strike) : port,
      ]),
    ) as unknown as ReceivePorts;
    const news = newsOf(upload, 'v1', 7);
    const lost: UploadNews[] = [];
    for (const one of news) await receiveUpload(ports)(one, 'c-1').catch(() => lost.push(one));
    const wasKilled = left < 0;
    await tell(world.ports, ...lost, ...lost);
    return { world, upload, wasKilled };
  };

  test.each(['before', 'after'] as const)(
    '%s any call of an engine leaves an upload that arrives just once',
    async (when) => {
      let kills = 0;
      for (let call = 0; ; call += 1) {
        const { world, upload, wasKilled } = await killAt(call, when, { details: detailsOf() });
        expect((await world.uploads.find(upload.id))?.outcome?.kind).toBe('filed');
        expect((await world.documents.find(upload.id))?.files).toHaveLength(1);
        expect([...world.files.archived]).toEqual([[upload.id, 'content']]);
        expect(world.files.quarantined.size).toBe(0);
        expect(world.documentChanges.posted).toHaveLength(1);
        if (!wasKilled) break;
        kills += 1;
      }
      expect(kills).toBeGreaterThan(9);
    },
  );

  test.each(['before', 'after'] as const)(
    '%s any call of an engine has its refusal told just once',
    async (when) => {
      for (let call = 0; ; call += 1) {
        const { world, wasKilled } = await killAt(call, when, { type: 'png' });
        expect(world.outbox.mails).toHaveLength(1);
        expect(world.files.archived.size + world.files.quarantined.size).toBe(0);
        if (!wasKilled) break;
      }
    },
  );
});
