import type { Context } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { queueEventSchema, queueHandler } from '#adapters/triggers/queue-handler.ts';
import type { Log } from '#domain/shared/log.ts';

const message = z.object({ id: z.string() });
const record = (messageId: string, body: unknown) => ({
  messageId,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const logged: unknown[] = [];
const log: Log = (_level, name, { correlationId: _, ...details }) => logged.push([name, details]);

const handle = async (records: unknown[], work: (message: { id: string }) => Promise<void>) => {
  logged.length = 0;
  return queueHandler(message, work, log)({ Records: records }, {} as Context);
};

describe('a queue worker', () => {
  test('works on each message of a batch, and names those that have to come again', async () => {
    const worked: string[] = [];
    const answer = await handle(
      ['a', 'b', 'c', 'd'].map((id) => record(`message-${id}`, { id })),
      async ({ id }) => {
        worked.push(id);
        if (id === 'b' || id === 'd') throw new Error('refused');
      },
    );
    expect(worked).toEqual(['a', 'b', 'c', 'd']);
    expect(answer).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-b' }, { itemIdentifier: 'message-d' }],
    });
    expect(logged).toEqual(
      ['message-b', 'message-d'].map((messageId) => [
        'message failed',
        { messageId, fault: expect.stringMatching(/^Error at /) },
      ]),
    );
  });

  test.each(['{"id":', '', 'null', '[]', '"id"', '{}', '{"id":7}', '\u0000', '{"__proto__":{"id":"x"}}'])(
    'leaves the neighbours of a broken message alone: %j',
    async (body) => {
      const worked: string[] = [];
      const records = [record('1', { id: 'a' }), record('2', body), record('3', { id: 'c' })];
      const answer = await handle(records, async ({ id }) => {
        worked.push(id);
      });
      expect(worked).toEqual(['a', 'c']);
      expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    },
  );

  test('that throws at once, without a promise, leaves its neighbours alone too', async () => {
    const answer = await handle([record('1', { id: 'a' }), record('2', { id: 'b' })], ({ id }) => {
      if (id === 'a') throw new Error('refused');
      return Promise.resolve();
    });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
  });

  test('has nothing to say of an empty batch, and throws at what is no batch', async () => {
    expect(await handle([], async () => {})).toEqual({ batchItemFailures: [] });
    await expect(queueHandler(message, async () => {})({}, {} as Context)).rejects.toThrow();
    await expect(handle([{ body: '{}' }], async () => {})).rejects.toThrow();
  });

  test('says what its events look like', () => {
    const schema = queueEventSchema(message);
    expect(schema.safeParse({ Records: [record('1', { id: 'a' })] }).success).toBe(true);
    for (const wrong of [
      { Records: [] },
      { Records: [record('', { id: 'a' })] },
      { Records: [record('1', '{')] },
    ])
      expect(schema.safeParse(wrong).success).toBe(false);
  });
});
