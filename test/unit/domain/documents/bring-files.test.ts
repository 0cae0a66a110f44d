import { expect, it } from 'vitest';
import { sha256 } from '#adapters/system/digest.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { bringFiles } from '#domain/documents/import/bring-files.ts';
import { planFiles } from '#domain/documents/import/plan-files.ts';
import type { RowSaid } from '#domain/documents/import/understand-row.ts';
import type { FileFault } from '#domain/documents/inspection.ts';
import type { RefusalReason, Upload } from '#domain/documents/upload.ts';
import { actorFrom } from '#domain/staff/actor.ts';
import { coordinatorAccount, demoUnits } from '#operator/demo/accounts.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { aDocument, aFile } from '#test/support/stores/records.ts';

const [unit] = demoUnits;
if (!unit) throw new Error('There is a unit');
const by = actorFrom(coordinatorAccount, unit);

const { related: _, ...details } = aDocument();

const aRow = (row: number, changes: Partial<RowSaid> = {}): RowSaid => ({
  ...{ row, path: `${row}.txt`, name: null, id: null, title: `Title ${row}`, replaces: null, related: [] },
  ...{ details: { ...details, title: `Title ${row}` }, unused: [] },
  ...changes,
});

const aVersion = (row: number, replaces: string): RowSaid =>
  aRow(row, { replaces, title: '', details: null });

/** The functions of a laptop, as far as an import sees them: each file that is sent is judged before the next look. */
const openWorld = (judge: (upload: Upload) => RefusalReason | null | undefined = () => null) => {
  const stores = openMemoryStores();
  const sent: string[] = [];
  let milliseconds = 0;
  const end = async (upload: Upload) => {
    const reason = judge(upload);
    const at = stores.clock.now();
    if (reason === undefined) return;
    const document = upload.replaces ?? upload.id;
    const outcome = reason
      ? ({ kind: 'refused', at, reason } as const)
      : ({ kind: 'filed', at, document } as const);
    const file = aFile({ id: upload.id, sha256: `sha of ${upload.name}` });
    const before = await stores.documents.find(document);
    const made = before
      ? { ...before, files: [...before.files, file] }
      : aDocument({ ...upload.details, id: document, files: [file] });
    const filing = before ? stores.documents.toChange(before, made) : stores.documents.toAdd(made);
    await stores.facts.commit([stores.uploads.toChange({ ...upload, outcome }), ...(reason ? [] : [filing])]);
  };
  const ports = {
    ...stores,
    ...{ ids: systemIds, digest: sha256, stopwatch: () => milliseconds },
    pause: async (longer: number) => {
      milliseconds += longer;
    },
    quarantineDoor: {
      put: async ({ key, name }: { readonly key: string; readonly name: string }) => {
        sent.push(name);
        const upload = await stores.uploads.find(key.split('/')[1] ?? '');
        if (upload) await end(upload);
        return { versionId: 'v1', bytes: 1 };
      },
    },
  };
  const bring = async (rows: readonly RowSaid[]) => {
    const found = new Map(rows.map(({ row, path }) => [row, { source: path, sha256: `sha of ${path}` }]));
    const planned = await planFiles(ports, rows, { by, found });
    expect(planned.faults).toEqual([]);
    const deed = { owner: by, unit: 'unit', correlationId: 'test', patience: 60 };
    const brought = await bringFiles(ports)(planned.files, deed);
    return rows.map(({ row }) => brought.get(row)?.kind);
  };
  return { ports, sent, bring };
};

it('versions follow each other, however the rows name what they replace', async () => {
  const { bring, sent, ports } = openWorld();
  const id = '01900000-0000-7000-8000-000000000001';
  const rows = [
    aRow(2, { id }),
    aVersion(3, 'title 2'),
    aVersion(4, '2.txt'),
    aVersion(5, id),
    aVersion(6, '4.txt'),
  ];
  expect(await bring(rows)).toEqual(['filed', 'filed', 'filed', 'filed', 'filed']);
  expect(sent).toEqual(['2.txt', '3.txt', '4.txt', '5.txt', '6.txt']);
  expect((await ports.documents.find(id))?.files.map(({ sha256: sum }) => sum)).toEqual(
    sent.map((name) => `sha of ${name}`),
  );
  expect(await bring(rows)).toEqual(Array.from({ length: 5 }, () => 'was-there'));
  expect(sent).toHaveLength(5);
});

it('what was refused holds back its versions, and is sent again only when that can help', async () => {
  const reasons: Record<string, RefusalReason> = {
    '2.txt': 'active-content' satisfies FileFault,
    '4.txt': 'not-scannable',
  };
  const { bring, sent } = openWorld(({ name }) => reasons[name] ?? null);
  const rows = [aRow(2), aVersion(3, 'Title 2'), aRow(4)];
  expect(await bring(rows)).toEqual(['refused', 'held-back', 'refused']);
  delete reasons['4.txt'];
  expect(await bring(rows)).toEqual(['refused', 'held-back', 'filed']);
  expect(sent).toEqual(['2.txt', '4.txt', '4.txt']);
});

it('goes on with what was begun and not sent, and does not wait for ever', async () => {
  let isSilent = true;
  const { bring, ports, sent } = openWorld(() => (isSilent ? undefined : null));
  const put = ports.quarantineDoor.put;
  ports.quarantineDoor.put = async () => {
    throw new Error('The line is cut');
  };
  await expect(bring([aRow(2)])).rejects.toThrow('The line is cut');
  ports.quarantineDoor.put = put;
  expect(await bring([aRow(2)])).toEqual(['waiting']);
  isSilent = false;
  expect(await bring([aRow(2)])).toEqual(['filed']);
  expect(sent).toEqual(['2.txt', '2.txt']);
});
