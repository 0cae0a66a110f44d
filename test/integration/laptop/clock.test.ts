import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LaptopEngines, signedCalls } from '#test/support/signed-calls.ts';
import { type Fixture, prepareFixture, startFixture } from './fixture/start-fixture.ts';

const prepared = prepareFixture();
let laptop: Fixture;
/** Since when the laptop's clock has gone on from where it was set. */
let setAt: number;

beforeAll(async () => {
  setAt = performance.now();
  laptop = await startFixture(prepared, { startAt: new Date('2027-03-26T12:00:00Z') });
});
afterAll(async () => {
  await laptop.close();
  prepared.remove();
});

const setClock = (now: string | null) =>
  laptop.console<{ now: string; ran: { name: string; due: string; status: string }[] }>('/clock', {
    method: 'PUT',
    body: JSON.stringify({ now }),
  });
const ticks = () => laptop.lines('tick').map(({ time }) => time);
/** That it is this time by the laptop's clock, or at most as much later as has passed on the machine since. */
const expectTime = (iso: string | undefined, expected: string, since: number) => {
  const late = Date.parse(iso ?? '') - Date.parse(expected);
  expect(late).toBeGreaterThanOrEqual(0);
  // The machine's two clocks do not go quite alike.
  expect(late).toBeLessThanOrEqual(performance.now() - since + 100);
};

describe('the clock', () => {
  it('is seen by functions from the start', async () => {
    const response = await fetch(`${laptop.publicUrl}/time`);
    const { now, callable, isDate } = (await response.json()) as Record<string, string>;
    expectTime(now, '2027-03-26T12:00:00Z', setAt);
    expect(callable).toContain('Mar 26 2027');
    expect(isDate).toBe(true);
  });

  it('runs what falls due on the way, in order, at its due time; the hour that is skipped in spring has no run', async () => {
    const startedAt = performance.now();
    const { ran } = await setClock('2027-03-30T12:00:00Z');
    expect(ran.map(({ due }) => due)).toEqual([
      '2027-03-27T01:30:00.000Z',
      '2027-03-29T00:30:00.000Z',
      '2027-03-30T00:30:00.000Z',
    ]);
    expect(ticks()).toEqual(['2027-03-27T01:30:00Z', '2027-03-29T00:30:00Z', '2027-03-30T00:30:00Z']);
    for (const { time, now } of laptop.lines('tick')) expectTime(now, time ?? '', startedAt);
  });

  it('lets what a run sets off settle before the next', () => {
    const order = [...laptop.lines('tick').map(({ time }) => time), ''];
    const carried = laptop.lines('records').flatMap(({ items = [] }) => items);
    expect(carried).toEqual(order.slice(0, -1));
  });

  it('runs once in the hour that comes twice in autumn', async () => {
    await setClock('2027-10-30T12:00:00Z');
    const before = ticks().length;
    const { ran } = await setClock('2027-11-02T12:00:00Z');
    expect(ran.map(({ due }) => due)).toEqual([
      '2027-10-31T00:30:00.000Z',
      '2027-11-01T01:30:00.000Z',
      '2027-11-02T01:30:00.000Z',
    ]);
    expect(ticks().length - before).toBe(3);
  });

  it('goes back without running anything, and on again', async () => {
    const before = ticks().length;
    expect((await setClock('2027-11-01T12:00:00Z')).ran).toEqual([]);
    expect(ticks()).toHaveLength(before);
    const [schedule] = await laptop.console<{ next: string }[]>('/schedules');
    expect(schedule?.next).toBe('2027-11-02T01:30:00.000Z');
    expect((await setClock('2027-11-02T02:00:00Z')).ran).toHaveLength(1);
  });

  it('catches up once after a time in which the laptop was off', async () => {
    const before = ticks().length;
    await laptop.close();
    setAt = performance.now();
    laptop = await startFixture(prepared, { startAt: new Date('2027-11-20T12:00:00Z') });
    await expect.poll(() => ticks().length, { timeout: 60_000 }).toBe(before + 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(ticks()).toHaveLength(before + 1);
  });

  it('keeps its offset over a restart, and returns to real time', async () => {
    await laptop.close();
    laptop = await startFixture(prepared);
    const { now } = await laptop.console<{ now: string }>('/clock');
    expectTime(now, '2027-11-20T12:00:00Z', setAt);
    await setClock(null);
    const before = Date.now();
    const real = Date.parse((await laptop.console<{ now: string }>('/clock')).now);
    expect(real).toBeGreaterThanOrEqual(before);
    expect(real).toBeLessThanOrEqual(Date.now());
  });

  it('expires items by the clock', async () => {
    const seconds = Math.floor(Date.now() / 1000) + 3_600;
    await laptop.put('short-lived', { expiresAt: { N: String(seconds) } });
    const engines = await laptop.console<LaptopEngines>('/engines');
    const { call } = signedCalls(engines);
    const find = async () => {
      const Key = { pk: { S: 'p' }, sk: { S: 'short-lived' } };
      const TableName = engines.dynamodb.table;
      return (await call<{ Item?: object }>('dynamodb', 'GetItem', { TableName, Key })).Item;
    };
    expect(await find()).toBeDefined();
    await setClock(new Date((seconds + 60) * 1000).toISOString());
    expect(await find()).toBeUndefined();
  });

  it('refuses what is no time', async () => {
    const put = (body: string) => fetch(`${laptop.consoleUrl}/clock`, { method: 'PUT', body });
    expect((await put('{"now":"tomorrow"}')).status).toBe(400);
    expect((await put('{}')).status).toBe(400);
    expect((await put('no')).status).toBe(400);
  });
});
