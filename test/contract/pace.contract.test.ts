import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DynamoPace, type SendingQuota } from '#adapters/dynamo/pace.ts';
import type { Table } from '#adapters/dynamo/table.ts';
import { startDynoxide } from '#infra/local/tables/dynoxide.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';
import { connectTo, createTable } from '#test/support/stores/dynamo-stores.ts';

const START = '2026-11-23T09:30:00.000Z';
const NOW = Date.parse(START);
/** What a number of milliseconds since 1970 can tell apart. */
const CLOSE = 0.001;

let engine: Awaited<ReturnType<typeof startDynoxide>>;
let dataDir: string;
let client: DynamoDBClient;
let table: Table;
let clock: FixedClock;
let quota: Awaited<ReturnType<SendingQuota['find']>>;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'folkmoot-contract-'));
  engine = await startDynoxide({ dataDir, onDeath: (cause) => console.error(`dynoxide died: ${cause}`) });
  client = connectTo(engine.endpoint);
});

afterAll(async () => {
  client?.destroy();
  await engine?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

beforeEach(async () => {
  table = await createTable(client);
  clock = new FixedClock(START);
  quota = { perSecond: 50, perDay: 1_000, sentToday: 0 };
});

const openPace = (at = clock) => new DynamoPace(table, { find: async () => quota }, at);
const openMany = (count: number) => Array.from({ length: count }, () => openPace());
const gapAt = (perSecond: number) => 1000 / (perSecond * 0.99);

/** Every two places that follow each other are so far apart, and none is before a moment. */
const expectGaps = (places: readonly number[], gap: number, from: number) => {
  const sorted = places.toSorted((a, b) => a - b);
  expect(sorted[0]).toBeGreaterThanOrEqual(from - CLOSE);
  for (const [index, place] of sorted.slice(1).entries())
    expect(place - (sorted[index] ?? 0)).toBeGreaterThanOrEqual(gap - CLOSE);
};

describe.each([1, 8])('the flow of mail, reserved by %i workers at once', (workers) => {
  test.each([1, 14, 500])('has no two mails closer than %i a second allow, and no holes', async (rate) => {
    quota = { ...quota, perSecond: rate };
    // Nobody reserves further ahead than a worker lives.
    const sizes = rate === 1 ? [1, 4, 2, 1] : [1, 7, 25, 3, 1, 12];
    const reserved = await Promise.all(
      openMany(workers).map(async (pace) => {
        const mine: (readonly number[])[] = [];
        for (const size of sizes) mine.push(await pace.reserve(size));
        return mine;
      }),
    );
    const each = reserved.flat();
    expect(each.map((places) => places.length)).toEqual(Array.from({ length: workers }, () => sizes).flat());
    for (const places of each) expect(places).toEqual(places.toSorted((a, b) => a - b));
    const all = each.flat();
    expectGaps(all, gapAt(rate), NOW);
    expect(Math.max(...all) - NOW).toBeCloseTo((all.length - 1) * gapAt(rate), 0);
  });

  test('keeps to its gaps while lanes of each worker ask in the same moment', async () => {
    const asked = openMany(workers).flatMap((pace) => [4, 1, 9, 2].map((places) => pace.reserve(places)));
    const all = (await Promise.all(asked)).flat();
    expect(all).toHaveLength(workers * 16);
    expectGaps(all, gapAt(50), NOW);
  });

  test('goes on from now when nobody has sent for a while, without a burst', async () => {
    const paces = openMany(workers);
    await Promise.all(paces.map((pace) => pace.reserve(5)));
    clock.advance(1);
    const later = (await Promise.all(paces.map((pace) => pace.reserve(5)))).flat();
    expectGaps(later, gapAt(50), Date.parse(clock.now()));
    expect(Math.min(...later)).toBe(Date.parse(clock.now()));
  });

  test('stands still for as long as one of them was told to back off', async () => {
    const paces = openMany(workers);
    await Promise.all(paces.map((pace) => pace.reserve(1)));
    await paces[0]?.backOff(4_000);
    const all = (await Promise.all(paces.map((pace) => pace.reserve(3)))).flat();
    expectGaps(all, gapAt(50), NOW + 4_000);
    expect(Math.min(...all)).toBe(NOW + 4_000);
  });
});

describe('the flow of mail', () => {
  test('keeps to its gaps while some back off and others reserve', async () => {
    const paces = openMany(4);
    const all: number[] = [];
    await Promise.all(
      paces.map(async (pace, index) => {
        for (let round = 0; round < 5; round += 1) {
          if ((round + index) % 3 === 0) await pace.backOff(100 * round);
          all.push(...(await pace.reserve(2)));
        }
      }),
    );
    expectGaps(all, gapAt(50), NOW);
  });

  test('is held back by no shorter pause than it has ahead already', async () => {
    const pace = openPace();
    const places = await pace.reserve(100);
    await pace.backOff(10);
    const [next = 0] = await openPace().reserve(1);
    expect(next - (places.at(-1) ?? 0)).toBeCloseTo(gapAt(50), 2);
  });

  test('does not wait for a time that was before somebody moved the clock back', async () => {
    const [first, second] = openMany(2);
    clock.advance(48);
    await first?.reserve(10);
    clock.set(START);
    const all = (await Promise.all([first?.reserve(3), second?.reserve(3)])).flat() as number[];
    expectGaps(all, gapAt(50), NOW);
    expect(Math.max(...all)).toBeLessThan(NOW + 6 * gapAt(50));
  });

  test('counts in workers whose clocks differ a little', async () => {
    const ahead = new FixedClock('2026-11-23T09:30:01.500Z');
    const paces = [openPace(), openPace(ahead), openPace(), openPace(ahead)];
    const all: number[] = [];
    for (const pace of [...paces, ...paces]) all.push(...(await pace.reserve(2)));
    expectGaps(all, gapAt(50), NOW);
  });

  test('says what is asked of it when the quota is not known, and goes on when it is', async () => {
    let isKnown = false;
    const find = async () => {
      if (!isKnown) throw new Error('no answer');
      return quota;
    };
    const pace = new DynamoPace(table, { find }, clock);
    const asked = await Promise.allSettled([pace.reserve(1), pace.reserve(2)]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isKnown = true;
    expect(await pace.reserve(2)).toHaveLength(2);
  });

  test.each([
    [{ perSecond: 50, perDay: 1_000, sentToday: 0 }, 950],
    [{ perSecond: 50, perDay: 1_000, sentToday: 940 }, 10],
    [{ perSecond: 50, perDay: 1_000, sentToday: 1_000 }, -50],
    [{ perSecond: 50, perDay: null, sentToday: 1_000_000 }, Number.POSITIVE_INFINITY],
  ])('leaves a twentieth of the day to what is essential: %o', async (said, left) => {
    quota = said;
    expect(await openPace().left()).toBe(left);
    expect(await openPace().perSecond()).toBe(50);
  });
});
