import { keys } from '#adapters/dynamo/keys.ts';
import type { Item, Table } from '#adapters/dynamo/table.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { chase } from '#domain/chasing/chase.ts';
import type { Duty } from '#domain/chasing/duty.ts';
import { beginDuty } from '#domain/chasing/stages.ts';
import { isDayForChasing } from '#domain/chasing/working-days.ts';
import { addDays } from '#domain/shared/days.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';
import { createTable, openDynamoStores } from '#test/support/stores/dynamo-stores.ts';
import { anAccount, aUnit } from '#test/support/stores/records.ts';
import type { Stores } from '#test/support/stores/stores.ts';
import { type Comparison, timeOf } from './harness.ts';
import { openWorld, type World } from './world.ts';

/** FOLKMOOT_BENCH_DUTIES=1000000 measures what the gate measures with fewer. */
const OPEN = Number(process.env.FOLKMOOT_BENCH_DUTIES || 20_000);
const DUE = OPEN >= 1_000_000 ? 1_000 : 200;
const OFFICERS = 40;
const NEXT_YEAR = 365;

const emailOf = (number: number): string => `officer-${number % OFFICERS}@folkmoot.example`;

/** Something that is owed 14 days after a day, which is when it is first mentioned. */
const owedOn = (day: string, number: number): Duty =>
  beginDuty(
    { kind: 'action', subject: systemIds.next(), due: addDays(day, 14), owners: [emailOf(number)] },
    day,
  );

const asItem = (duty: Duty): Item => ({
  ...keys.duty(duty),
  ...keys.chased(duty.nextOn ?? '', duty.id),
  entity: 'duty',
  ...duty,
});

const AT_ONCE = 10_000;

/** What is open and not due, spread over years. */
const fill = async (table: Table, count: number): Promise<void> => {
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, number) =>
      asItem(owedOn(addDays('2030-01-01', (from + number) % (30 * NEXT_YEAR)), number)),
    );
    await table.putAll(some);
  }
};

/** Units of reading that the engine says were used, by everything that goes through this world's connection. */
const meterReads = ({ client }: World): { units: number } => {
  const meter = { units: 0 };
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const isRead = commandName === 'GetItemCommand' || commandName === 'QueryCommand';
        if (isRead) Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        const answer = await next(args);
        const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
        if (isRead && ConsumedCapacity?.CapacityUnits === undefined) throw new Error('Nothing was metered');
        meter.units += isRead ? (ConsumedCapacity?.CapacityUnits ?? 0) : 0;
        return answer;
      },
    { step: 'initialize', name: 'meterReads' },
  );
  return meter;
};

type Measure = (work: () => Promise<unknown>) => Promise<number>;

/** A table of its own in which so many duties are open besides those that are due. */
const openSide = async (world: World, open: number) => {
  const table = await createTable(world.client);
  const clock = new FixedClock('2026-06-01T06:30:00.000Z');
  const stores: Stores = openDynamoStores(table, clock);
  await stores.facts.commit([
    stores.units.toAdd(aUnit()),
    ...Array.from({ length: OFFICERS }, (_, number) =>
      stores.staff.toAdd(anAccount({ email: emailOf(number) })),
    ),
  ]);
  await fill(table, open);
  const run = chase({
    ...stores,
    ids: systemIds,
    describeSubject: async ({ subject }) => ({ title: subject, within: 'A plan', leads: [] }),
    findOwedBy: async () => [],
    log: () => {},
    fallbackMailbox: 'contact@folkmoot.example',
  });
  let day = '2026-06-01';
  return async (measure: Measure): Promise<number> => {
    do day = addDays(day, 1);
    while (!isDayForChasing(day));
    clock.set(`${day}T06:30:00.000Z`);
    const due = Array.from({ length: DUE }, (_, number) => owedOn(day, number));
    await table.putAll(due.map(asItem));
    const result = await measure(async () => {
      const { said, mails } = await run('bench');
      if (said !== DUE || mails !== OFFICERS) throw new Error(`${said} said, ${mails} mails`);
    });
    for (const duty of due) await table.remove(keys.duty(duty));
    return result;
  };
};

const openSides = async () => {
  const world = await openWorld();
  return { world, baseline: await openSide(world, 0), subject: await openSide(world, OPEN - DUE) };
};

/** Filling a table takes as long as everything else: both comparisons are made on the same two tables. */
let shared: ReturnType<typeof openSides> | undefined;

export const close = async (): Promise<void> => {
  await (await shared)?.world.close();
};

const sidesBy = (measureOf: (world: World) => Measure) => async () => {
  shared ??= openSides();
  const { world, baseline, subject } = await shared;
  const measure = measureOf(world);
  return { baseline: () => baseline(measure), subject: () => subject(measure) };
};

const sides = {
  baseline: `a run of the chase where only what is due is there`,
  subject: `the same run where ${OPEN} duties are open, of which as many are due`,
};

export const comparisons: readonly Comparison[] = [
  {
    name: 'chasing',
    ...sides,
    unit: 'ms',
    aim: { atMost: 1.1 },
    rounds: { full: 9, short: 5 },
    prepare: sidesBy(() => timeOf),
  },
  {
    name: 'reads of chasing',
    ...sides,
    unit: 'read units',
    aim: { atMost: 1.1, binding: true },
    rounds: { full: 2, short: 1 },
    prepare: sidesBy((world) => {
      const meter = meterReads(world);
      return async (work) => {
        const before = meter.units;
        await work();
        return meter.units - before;
      };
    }),
  },
];
