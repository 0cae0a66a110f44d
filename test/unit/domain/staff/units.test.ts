import { beforeEach, expect, test } from 'vitest';
import { actorFrom } from '#domain/staff/actor.ts';
import { unitDeeds } from '#domain/staff/deeds.ts';
import { operator } from '#domain/staff/doer.ts';
import { unitSchema } from '#domain/staff/unit.ts';
import { CountingIds } from '#test/support/counting-ids.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { anAccount, anArea, aUnit, BOROUGH, WARD } from '#test/support/stores/records.ts';

const GONE = 'E05099903';
const UNIT = aUnit({ areas: [WARD] });
const ADMIN = anAccount({ roles: ['admin'] });
/** Of another unit: nobody widens their own. */
const admin = actorFrom(ADMIN, aUnit({ id: 'inspectorate', name: 'Inspectorate', areas: [] }));
const own = actorFrom(ADMIN, UNIT);
const officer = actorFrom(anAccount({ email: 'officer@folkmoot.example' }), UNIT);

let stores: ReturnType<typeof openMemoryStores>;
let deeds: ReturnType<typeof unitDeeds>;

beforeEach(async () => {
  stores = openMemoryStores();
  deeds = unitDeeds({ ...stores, ids: new CountingIds() });
  await stores.areas.save([
    anArea({ code: BOROUGH, name: 'Exampleham', kind: 'borough', borough: null }),
    anArea(),
    anArea({ code: GONE, name: 'Old Mill', superseded: { on: '2022-05-05', by: [WARD] } }),
  ]);
  await stores.facts.commit([stores.units.toAdd(UNIT), stores.staff.toAdd(ADMIN)]);
});

const deed = { by: admin, correlationId: 'c-1', version: 1 };
const nameOf = (outcome: { ok: boolean; error?: { name: string } }) =>
  outcome.ok ? 'done' : outcome.error?.name;
const trail = () => stores.audit.ofDay(stores.clock.now().slice(0, 10));

test('a unit is added under an id of its name, with its areas once and without wards of its boroughs', async () => {
  const added = await deeds.add({ name: '  Élan &\nRoads ', areas: [WARD, BOROUGH, WARD] }, deed);
  expect(added).toMatchObject({
    ok: true,
    value: { id: 'elan-roads', name: 'Élan & Roads', areas: [BOROUGH] },
  });
  expect(await trail()).toMatchObject([
    {
      deed: 'add unit',
      record: { kind: 'unit', id: 'elan-roads' },
      before: null,
      after: { areas: [BOROUGH] },
    },
  ]);
  expect(nameOf(await deeds.add({ name: 'ELAN, Roads', areas: [] }, deed))).toBe('UnitThere');
});

test.each([
  { name: '!!!', areas: [], why: 'UnitNameUnusable' },
  { name: 'x'.repeat(121), areas: [], why: 'UnitNameUnusable' },
  { name: 'Good', areas: ['E05000000'], why: 'AreasUnknown' },
  { name: 'Good', areas: [GONE], why: 'AreasUnknown' },
])('a unit $name of $areas cannot be: $why', async ({ name, areas, why }) => {
  expect(nameOf(await deeds.add({ name, areas }, deed))).toBe(why);
  expect(nameOf(await deeds.change(UNIT.id, { name, areas }, deed))).toBe(why);
});

test('a unit is renamed and covers other areas, once, by who saw it as it is', async () => {
  const wanted = { name: 'Millbrook and Old Mill', areas: [BOROUGH] };
  expect(nameOf(await deeds.change(UNIT.id, wanted, deed))).toBe('done');
  expect(await stores.units.find(UNIT.id)).toEqual({ ...UNIT, ...wanted, version: 2 });
  expect(nameOf(await deeds.change(UNIT.id, wanted, deed))).toBe('done');
  expect(nameOf(await deeds.change(UNIT.id, { ...wanted, areas: [] }, deed))).toBe('ChangedMeanwhile');
  expect(nameOf(await deeds.change('nothing', wanted, deed))).toBe('UnitUnknown');
  expect(await trail()).toMatchObject([
    { deed: 'change unit', before: { name: UNIT.name, areas: [WARD] }, after: wanted },
  ]);
});

test('a unit has a head with an account in use, who stays named when nothing else is said', async () => {
  const { name, areas } = UNIT;
  expect(nameOf(await deeds.change(UNIT.id, { name, areas, head: 'nobody@folkmoot.example' }, deed))).toBe(
    'HeadUnknown',
  );
  const guest = anAccount({ email: 'guest@folkmoot.example', status: 'invited' });
  const head = anAccount({ email: 'head@folkmoot.example' });
  await stores.facts.commit([stores.staff.toAdd(guest), stores.staff.toAdd(head)]);
  expect(nameOf(await deeds.add({ name: 'New', areas, head: guest.email }, deed))).toBe('HeadUnknown');
  expect(await deeds.change(UNIT.id, { name, areas, head: head.email }, deed)).toMatchObject({
    ok: true,
    value: { head: head.email },
  });
  await stores.facts.commit([stores.staff.toChange({ ...head, status: 'suspended' })]);
  const renamed = await deeds.change(UNIT.id, { name: 'Renamed', areas }, { ...deed, version: 2 });
  expect(renamed).toMatchObject({ ok: true, value: { head: head.email } });
  expect(await deeds.change(UNIT.id, { name, areas, head: null }, { ...deed, version: 3 })).toMatchObject({
    value: { head: null },
  });
  expect((await trail()).at(0)).toMatchObject({ before: { head: null }, after: { head: head.email } });
});

test('a unit that was stored before there were heads has none', () => {
  const { head: _, ...before } = UNIT;
  expect(unitSchema.parse(before)).toEqual(UNIT);
});

test('nobody adds areas to their own unit; they may rename it and take areas away', async () => {
  const ownDeed = { ...deed, by: own };
  const { name } = UNIT;
  expect(nameOf(await deeds.change(UNIT.id, { name, areas: [BOROUGH] }, ownDeed))).toBe('OwnAccount');
  expect((await stores.units.find(UNIT.id))?.areas).toEqual([WARD]);
  expect(nameOf(await deeds.change(UNIT.id, { name: 'New', areas: [WARD] }, ownDeed))).toBe('done');
  expect(nameOf(await deeds.change(UNIT.id, { name, areas: [BOROUGH] }, { ...deed, version: 2 }))).toBe(
    'done',
  );
  for (const [areas, version] of [
    [[WARD], 3],
    [[], 4],
  ] as const)
    expect(nameOf(await deeds.change(UNIT.id, { name, areas }, { ...ownDeed, version }))).toBe('done');
});

test('an old ward that a unit has may stay', async () => {
  await stores.facts.commit([stores.units.toChange({ ...UNIT, areas: [GONE] })]);
  const wanted = { name: 'New name', areas: [GONE, WARD] };
  expect(nameOf(await deeds.change(UNIT.id, wanted, { ...deed, version: 2 }))).toBe('done');
});

test('only those who may, and only as long as they may', async () => {
  const wanted = { name: 'Another', areas: [] };
  for (const by of [officer, { ...officer, email: 'nobody@folkmoot.example', roles: ['admin' as const] }]) {
    expect(nameOf(await deeds.add(wanted, { ...deed, by }))).toBe('NotAllowed');
    expect(nameOf(await deeds.change(UNIT.id, wanted, { ...deed, by }))).toBe('NotAllowed');
  }
  expect(nameOf(await deeds.add(wanted, { ...deed, by: operator }))).toBe('done');
  expect(await trail()).toMatchObject([{ actor: { kind: 'operator' } }]);
});
