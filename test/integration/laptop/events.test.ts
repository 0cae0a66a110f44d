import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '#test/support/laptop.ts';
import { type Fixture, prepareFixture, startFixture } from './fixture/start-fixture.ts';

const prepared = prepareFixture();
let laptop: Fixture;

beforeAll(async () => {
  laptop = await startFixture(prepared);
});
afterAll(async () => {
  await laptop.close();
  prepared.remove();
});

const itemsSeen = () => laptop.lines('records').flatMap(({ items = [] }) => items);
const bodiesSeen = () => laptop.lines('messages').flatMap(({ bodies = [] }) => bodies);
const depth = async (queue: string): Promise<number> => {
  const { sqs } = await laptop.console<{ sqs: { endpoint: string; queues: Record<string, string> } }>(
    '/engines',
  );
  const response = await fetch(sqs.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.GetQueueAttributes' },
    body: JSON.stringify({ QueueUrl: sqs.queues[queue], AttributeNames: ['All'] }),
  });
  const { Attributes } = (await response.json()) as { Attributes: Record<string, string> };
  return Number(Attributes.ApproximateNumberOfMessages);
};

describe('the stream of the table', () => {
  it('wakes the function with the records that match, in order and soon', async () => {
    await laptop.put('0');
    await waitFor(itemsSeen, (items) => items.length >= 1);
    const startedAt = performance.now();
    await laptop.put('other', { entity: { S: 'area' } });
    await laptop.put('1');
    await laptop.put('2');
    await waitFor(itemsSeen, (items) => items.length >= 3);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(itemsSeen()).toEqual(['0', '1', '2']);
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
    await waitFor(
      () => depth('dead'),
      (count) => count > 0,
    );
    expect(await depth('dead')).toBe(1);
    expect(bodiesSeen().filter((body) => body === 'bad')).toHaveLength(2);
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
