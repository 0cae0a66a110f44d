import type { Context } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { streamHandler } from '#adapters/triggers/stream-handler.ts';

const item = z.object({ id: z.object({ S: z.string() }) }).transform(({ id }) => id.S);
const record = (sequence: string, image: unknown) => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: sequence, NewImage: image },
});
const good = (id: string) => record(`sequence-${id}`, { id: { S: id } });

type Work = (items: readonly string[]) => Promise<{ failed: readonly number[] }>;
const handle = (records: unknown[], work: Work) =>
  streamHandler(item, work)({ Records: records }, {} as Context);

describe('a stream worker', () => {
  test('gets the items in order, and names those that failed by their sequence number', async () => {
    const answer = await handle([good('a'), good('b'), good('c')], async (items) => {
      expect(items).toEqual(['a', 'b', 'c']);
      return { failed: [1, 2] };
    });
    expect(answer).toEqual({
      batchItemFailures: [{ itemIdentifier: 'sequence-b' }, { itemIdentifier: 'sequence-c' }],
    });
  });

  test('says nothing when nothing failed', async () => {
    expect(await handle([good('a')], async () => ({ failed: [] }))).toEqual({ batchItemFailures: [] });
  });

  test.each([undefined, null, {}, { id: { N: '1' } }, { id: 'a' }])(
    'works on the neighbours of a record that cannot be read, and names it: %j',
    async (image) => {
      const worked: string[] = [];
      const answer = await handle([good('a'), record('sequence-broken', image), good('c')], async (items) => {
        worked.push(...items);
        return { failed: items.flatMap((id, index) => (id === 'c' ? [index] : [])) };
      });
      expect(worked).toEqual(['a', 'c']);
      expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([
        'sequence-broken',
        'sequence-c',
      ]);
    },
  );

  test('does no work when there is nothing that can be read', async () => {
    const answer = await handle([record('sequence-1', {})], () => Promise.reject(new Error('was called')));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'sequence-1' }] });
  });

  test('throws a fault on, so that the whole batch comes again', async () => {
    await expect(handle([good('a')], () => Promise.reject(new Error('no answer')))).rejects.toThrow(
      'no answer',
    );
  });

  test('throws at what is no batch', async () => {
    const work: Work = async () => ({ failed: [] });
    await expect(streamHandler(item, work)({}, {} as Context)).rejects.toThrow();
    await expect(handle([], work)).rejects.toThrow();
    await expect(handle([{ dynamodb: {} }], work)).rejects.toThrow();
  });
});
