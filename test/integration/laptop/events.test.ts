import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '#test/support/laptop.ts';
import { type LaptopEngines, signedCalls } from '#test/support/signed-calls.ts';
import { VISIBILITY_SECONDS } from './fixture/app.ts';
import { type Fixture, prepareFixture, startFixture } from './fixture/start-fixture.ts';

/** Far from the time at which the fixture's schedule is due. */
const NOON = new Date('2027-03-09T12:00:00Z');
const prepared = prepareFixture();
let laptop: Fixture;

beforeAll(async () => {
  laptop = await startFixture(prepared, { startAt: NOON });
});
afterAll(async () => {
  await laptop.close();
  prepared.remove();
});

const itemsSeen = () => laptop.lines('records').flatMap(({ items = [] }) => items);
const bodiesSeen = () => laptop.lines('messages').flatMap(({ bodies = [] }) => bodies);
const timesBad = () => bodiesSeen().filter((body) => body === 'bad').length;
const depth = async (queue: string): Promise<number> => {
  const engines = await laptop.console<LaptopEngines>('/engines');
  const { Attributes } = await signedCalls(engines).call<{ Attributes: Record<string, string> }>(
    'sqs',
    'GetQueueAttributes',
    { QueueUrl: engines.sqs.queues[queue], AttributeNames: ['All'] },
  );
  return Number(Attributes.ApproximateNumberOfMessages);
};

describe('the stream of the table', () => {
  it('wakes the function with the records that match, in order and soon', async () => {
    const times: number[] = [];
    const expected: string[] = [];
    for (const round of [0, 1, 2, 3]) {
      const startedAt = performance.now();
      await laptop.put('other', { entity: { S: 'area' } });
      for (const sk of [`${round}-first`, `${round}-second`]) {
        await laptop.put(sk);
        expected.push(sk);
      }
      await waitFor(itemsSeen, (items) => items.length >= expected.length);
      times.push(performance.now() - startedAt);
    }
    expect(itemsSeen()).toEqual(expected);
    // One of them, whatever else the machine did meanwhile.
    expect(Math.min(...times)).toBeLessThan(2_000);
    expect(laptop.lines('records')[0]).toMatchObject({
      source: 'aws:dynamodb',
      region: 'eu-west-2',
      arn: expect.stringMatching(/^arn:aws:dynamodb:eu-west-2:000000000000:table\/.+\/stream\//),
    });
  });

  it('tries again from the failed record on, gives it up after the last attempt, and goes on', async () => {
    await laptop.put('a');
    await laptop.put('bad', { fail: { BOOL: true } });
    await laptop.put('b');
    await waitFor(itemsSeen, (items) => items.filter((item) => item === 'bad').length >= 3);
    await waitFor(
      () => depth('given-up'),
      (count) => count > 0,
    );
    expect(itemsSeen().filter((item) => item === 'bad')).toHaveLength(3);
    expect(await depth('given-up')).toBe(1);
    await laptop.put('c');
    await waitFor(itemsSeen, (items) => items.includes('c'));
    expect(itemsSeen().filter((item) => item === 'a')).toHaveLength(1);
    expect(itemsSeen()).toContain('c');
  });
});

describe('a queue', () => {
  it('delivers; what fails every time ends among the dead letters and leaves its neighbours alone', async () => {
    for (const body of ['one', 'bad', 'two']) await laptop.send(body);
    for (const times of [1, 2]) {
      await waitFor(timesBad, (seen) => seen >= times);
      expect(timesBad()).toBe(times);
      await laptop.pass(VISIBILITY_SECONDS);
    }
    await waitFor(
      () => depth('dead'),
      (count) => count > 0,
    );
    expect(await depth('dead')).toBe(1);
    expect(timesBad()).toBe(2);
    expect(
      bodiesSeen()
        .filter((body) => body !== 'bad')
        .sort(),
    ).toEqual(['one', 'two']);
  });
});

describe('a restart', () => {
  it('goes on in the stream where it stopped', async () => {
    await waitFor(itemsSeen, (items) => items.includes('c'));
    await laptop.close();
    const before = laptop.lines('records').length;
    writeFileSync(`${laptop.record}.mended`, '');
    laptop = await startFixture(prepared);
    await laptop.put('after');
    await waitFor(itemsSeen, (items) => items.includes('after'));
    expect(
      laptop
        .lines('records')
        .slice(before)
        .flatMap(({ items }) => items),
    ).toEqual(['after']);
  });
});
