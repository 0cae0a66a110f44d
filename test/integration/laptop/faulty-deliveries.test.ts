import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultsView } from '#infra/local/faults/open-faults.ts';
import { waitFor } from '#test/support/laptop.ts';
import { VISIBILITY_SECONDS } from './fixture/app.ts';
import { type Fixture, prepareFixture, startFixture } from './fixture/start-fixture.ts';

/*
 * Both sources deliver at least once, and Lambda's pollers meet errors of their own.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */

/** Far from the time at which the fixture's schedule is due. */
const NOON = new Date('2027-03-09T12:00:00Z');
const prepared = prepareFixture();
let laptop: Fixture;

beforeAll(async () => {
  laptop = await startFixture(prepared, { startAt: NOON });
});
afterEach(() => laptop.console('/faults', { method: 'DELETE' }));
afterAll(async () => {
  await laptop.close();
  prepared.remove();
});

const inject = (rule: object) =>
  laptop.console<FaultsView>('/faults', { method: 'PUT', body: JSON.stringify({ rules: [rule] }) });
const fired = async () => (await laptop.console<FaultsView>('/faults')).rules[0]?.fired;
const itemsSeen = () => laptop.lines('records').flatMap(({ items = [] }) => items);
const bodiesSeen = () => laptop.lines('messages').flatMap(({ bodies = [] }) => bodies);
const countOf = (list: string[], wanted: string) => list.filter((entry) => entry === wanted).length;

describe('the stream', () => {
  it('delivers a batch once more when the function has answered, and keeps the order', async () => {
    await inject({ engine: 'streams', effect: 'duplicate' });
    for (const sk of ['a', 'b', 'c', 'd']) await laptop.put(sk);
    await waitFor(itemsSeen, (items) => countOf(items, 'd') === 2);
    const batches = laptop.lines('records').map(({ items = [] }) => items.join(''));
    expect(batches.filter((_, at) => at % 2 === 0)).toEqual(batches.filter((_, at) => at % 2 === 1));
    expect(batches.filter((_, at) => at % 2 === 0).join('')).toBe('abcd');
  });

  it('delivers a batch late, and what comes after it not before', async () => {
    await inject({ engine: 'streams', effect: 'late', delayMs: 500, count: 1 });
    const startedAt = performance.now();
    await laptop.put('late');
    await laptop.put('after');
    await waitFor(itemsSeen, (items) => items.includes('after'));
    expect(performance.now() - startedAt).toBeGreaterThan(450);
    expect(itemsSeen().slice(-2)).toEqual(['late', 'after']);
  });

  it.each(['throttle', 'error', 'reset', 'timeout-before', 'timeout-after', 'delay'])(
    'is read again after a poll met: %s',
    async (effect) => {
      await inject({ engine: 'streams', effect, count: 3, delayMs: 50 });
      await laptop.put(`polled-${effect}`);
      await waitFor(itemsSeen, (items) => items.includes(`polled-${effect}`));
      expect(countOf(itemsSeen(), `polled-${effect}`)).toBe(1);
      expect(await waitFor(fired, (count) => count === 3)).toBe(3);
    },
  );
});

describe('a queue', () => {
  it('delivers a batch once more when the function has answered', async () => {
    await inject({ engine: 'sqs', effect: 'duplicate', function: 'messages' });
    await laptop.send('twice');
    await waitFor(bodiesSeen, (bodies) => countOf(bodies, 'twice') === 2);
    expect(await fired()).toBe(1);
  });

  it('delivers a batch late', async () => {
    await inject({ engine: 'sqs', effect: 'late', delayMs: 500 });
    const startedAt = performance.now();
    await laptop.send('late');
    await waitFor(bodiesSeen, (bodies) => bodies.includes('late'));
    expect(performance.now() - startedAt).toBeGreaterThan(450);
  });

  it.each(['throttle', 'error', 'reset', 'timeout-before', 'delay'])(
    'is asked again after a poll met: %s',
    async (effect) => {
      await inject({ engine: 'sqs', operation: 'ReceiveMessage', effect, count: 2, delayMs: 50 });
      await laptop.send(`polled-${effect}`);
      await waitFor(bodiesSeen, (bodies) => bodies.includes(`polled-${effect}`));
      expect(countOf(bodiesSeen(), `polled-${effect}`)).toBe(1);
      expect(await waitFor(fired, (count) => count === 2)).toBe(2);
    },
  );

  it('keeps what a poll received without knowing, until the visibility time-out has passed', async () => {
    await inject({
      engine: 'sqs',
      operation: 'ReceiveMessage',
      effect: 'timeout-after',
      count: 1,
      delayMs: 50,
    });
    await laptop.send('unheard');
    await waitFor(fired, (count) => count === 1);
    await laptop.pass(VISIBILITY_SECONDS / 2);
    expect(bodiesSeen()).not.toContain('unheard');
    await laptop.pass(VISIBILITY_SECONDS / 2);
    await waitFor(bodiesSeen, (bodies) => bodies.includes('unheard'));
    expect(countOf(bodiesSeen(), 'unheard')).toBe(1);
  });
});

describe('the console', () => {
  it('refuses a plan that it cannot read, naming the field, and ends faults', async () => {
    const put = (body: string) => fetch(`${laptop.consoleUrl}/faults`, { method: 'PUT', body });
    expect((await put('{')).status).toBe(400);
    const refused = await put(
      JSON.stringify({ rules: [{ engine: 'sqs', effect: 'duplicate', probably: 0.5 }] }),
    );
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({ message: expect.stringMatching(/rules\[0\].*"probably"/) });
    expect(await inject({ engine: 'ses', effect: 'throttle' })).toMatchObject({
      seed: 1,
      rules: [{ engine: 'ses', matched: 0, fired: 0 }],
    });
    expect(await laptop.console('/faults', { method: 'DELETE' })).toEqual({ seed: 1, rules: [] });
    expect(await laptop.console('/faults')).toEqual({ seed: 1, rules: [] });
    expect(Array.isArray(await laptop.console('/calls'))).toBe(true);
  });
});
