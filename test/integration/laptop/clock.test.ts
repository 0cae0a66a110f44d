import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, prepareFixture, startFixture } from './fixture/start-fixture.ts';

const prepared = prepareFixture();
let laptop: Fixture;

beforeAll(async () => {
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
const offsetFrom = (iso: string | undefined, expected: string) =>
  Math.abs(Date.parse(iso ?? '') - Date.parse(expected));

describe('the clock', () => {
  it('is seen by functions from the start', async () => {
    const response = await fetch(`${laptop.publicUrl}/time`);
    const { now, callable, isDate } = (await response.json()) as Record<string, string>;
    expect(offsetFrom(now, '2027-03-26T12:00:00Z')).toBeLessThan(30_000);
    expect(callable).toContain('Mar 26 2027');
    expect(isDate).toBe(true);
  });

  it('runs what falls due on the way, in order, at its due time; the hour that is skipped in spring has no run', async () => {
    const { ran } = await setClock('2027-03-30T12:00:00Z');
    expect(ran.map(({ due }) => due)).toEqual([
      '2027-03-27T01:30:00.000Z',
      '2027-03-29T00:30:00.000Z',
      '2027-03-30T00:30:00.000Z',
    ]);
    expect(ticks()).toEqual(['2027-03-27T01:30:00Z', '2027-03-29T00:30:00Z', '2027-03-30T00:30:00Z']);
    for (const { time, now } of laptop.lines('tick')) expect(offsetFrom(now, time ?? '')).toBeLessThan(5_000);
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
    laptop = await startFixture(prepared, { startAt: new Date('2027-11-20T12:00:00Z') });
    await expect.poll(() => ticks().length, { timeout: 10_000 }).toBe(before + 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(ticks()).toHaveLength(before + 1);
  });

  it('keeps its offset over a restart, and returns to real time', async () => {
    await laptop.close();
    laptop = await startFixture(prepared);
    const { now } = await laptop.console<{ now: string }>('/clock');
    expect(offsetFrom(now, '2027-11-20T12:00:00Z')).toBeLessThan(60_000);
    await setClock(null);
    const real = await laptop.console<{ now: string }>('/clock');
    expect(Math.abs(Date.parse(real.now) - Date.now())).toBeLessThan(5_000);
  });

  it('expires items by the clock', async () => {
    const seconds = Math.floor(Date.now() / 1000) + 3_600;
    await laptop.put('short-lived', { expiresAt: { N: String(seconds) } });
    const engines = await laptop.console<{ dynamodb: { endpoint: string; table: string } }>('/engines');
    const { callDynamoAt } = await import('#infra/local/tables/call-dynamodb.ts');
    const call = callDynamoAt(engines.dynamodb.endpoint, 'DynamoDB_20120810');
    const find = async () => {
      const Key = { pk: { S: 'p' }, sk: { S: 'short-lived' } };
      return (await call<{ Item?: object }>('GetItem', { TableName: engines.dynamodb.table, Key })).Item;
    };
    expect(await find()).toBeDefined();
    await setClock(new Date((seconds + 60) * 1000).toISOString());
    expect(await find()).toBeUndefined();
    call.close();
  });

  it('refuses what is no time', async () => {
    const put = (body: string) => fetch(`${laptop.consoleUrl}/clock`, { method: 'PUT', body });
    expect((await put('{"now":"tomorrow"}')).status).toBe(400);
    expect((await put('{}')).status).toBe(400);
    expect((await put('no')).status).toBe(400);
  });
});
