import { describe, expect, it, vi } from 'vitest';
import { type Delivery, deliverRecords, type GivenUp } from '#infra/local/events/deliver-records.ts';
import { Pause } from '#infra/local/events/event-source.ts';
import { splitBySize } from '#infra/local/events/split-by-size.ts';
import type { StreamRecord } from '#infra/local/events/stream-shards.ts';
import type { InvocationResult } from '#infra/local/invoke/function-definition.ts';

const NOW = 1_000_000;
const record = (name: string, ageSeconds = 0): StreamRecord => ({
  eventID: name,
  eventName: 'INSERT',
  awsRegion: 'eu-west-2',
  dynamodb: { SequenceNumber: name, ApproximateCreationDateTime: NOW / 1000 - ageSeconds },
});

type Answer = 'ok' | 'error' | 'throttled' | { failed: string };

/** Delivers records to a function that answers as told; gives the batches that it saw, and what was given up. */
async function deliver(
  records: StreamRecord[],
  answer: (batch: string[], turn: number) => Answer,
  settings: Partial<Delivery['mapping']> = {},
) {
  const batches: string[] = [];
  const givenUp: GivenUp[] = [];
  const checkpoints: string[] = [];
  const pause = new Pause();
  vi.spyOn(pause, 'wait').mockResolvedValue();
  const came = await deliverRecords(
    {
      mapping: {
        id: 'mapping',
        function: 'works',
        table: 'table',
        batchSize: 100,
        windowSeconds: 0,
        reportsItemFailures: true,
        filters: [],
        startingPosition: 'LATEST',
        bisects: false,
        maxRetries: 2,
        maxRecordAgeSeconds: undefined,
        failureQueue: undefined,
        ...settings,
      },
      invoke: async (_name, payload): Promise<InvocationResult> => {
        const { Records } = JSON.parse(payload) as { Records: StreamRecord[] };
        const names = Records.map(({ eventID }) => eventID);
        batches.push(names.join(' '));
        const said = answer(names, batches.length);
        const status = typeof said === 'string' ? said : 'ok';
        const failed = typeof said === 'string' ? [] : [{ itemIdentifier: said.failed }];
        return {
          status,
          payload: JSON.stringify({ batchItemFailures: failed }),
          durationMs: 0,
          requestId: 'request',
        };
      },
      checkpoint: ({ eventID }) => checkpoints.push(eventID),
      giveUp: async (given) => {
        givenUp.push(given);
      },
      pause,
      onRetry: () => {},
      realNow: () => NOW,
    },
    records,
  );
  return {
    came,
    batches,
    checkpoints,
    givenUp: givenUp.map(({ condition, invocations, records: given }) => ({
      condition,
      invocations,
      records: given.map(({ eventID }) => eventID).join(' '),
    })),
  };
}

const four = ['1', '2', '3', '4'].map((name) => record(name));
const failsOn = (bad: string) => (batch: string[]) => (batch.includes(bad) ? 'error' : 'ok') as Answer;
const reports = (bad: string) => (batch: string[]) =>
  (batch.includes(bad) ? { failed: bad } : 'ok') as Answer;

// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
describe('a batch that holds one bad record', () => {
  it('goes on from the reported record, which is tried as often as set and then given up', async () => {
    const { batches, givenUp, came } = await deliver(four, reports('3'), { bisects: true });
    expect(batches).toEqual(['1 2 3 4', '3', '3', '4']);
    expect(givenUp).toEqual([{ condition: 'RetryAttemptsExhausted', invocations: 3, records: '3' }]);
    expect(came).toBe(true);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-errors.html
  it('is halved until the bad record is alone, in order', async () => {
    const { batches, givenUp, checkpoints } = await deliver(four, failsOn('2'), { bisects: true });
    expect(batches.slice(0, 4)).toEqual(['1 2 3 4', '1 2', '1', '2']);
    expect(batches.at(-1)).toBe('3 4');
    expect(givenUp.map(({ records }) => records)).toEqual(['2']);
    expect(checkpoints).toEqual(['1', '2', '4']);
  });

  it('is given up as a whole where it may not be halved', async () => {
    const { batches, givenUp } = await deliver(four, failsOn('2'));
    expect(batches).toEqual(['1 2 3 4', '1 2 3 4', '1 2 3 4']);
    expect(givenUp).toEqual([{ condition: 'RetryAttemptsExhausted', invocations: 3, records: '1 2 3 4' }]);
  });
});

describe('a batch that has to wait', () => {
  it('is not tried less often because the function was throttled', async () => {
    const { batches, givenUp } = await deliver(four, (_, turn) => (turn <= 5 ? 'throttled' : 'error'), {
      maxRetries: 1,
      bisects: true,
    });
    expect(batches.slice(0, 6).every((batch) => batch === '1 2 3 4')).toBe(true);
    expect(batches[6]).toBe('1 2');
    expect(givenUp.map(({ records }) => records)).toEqual(['1', '2', '3', '4']);
  });

  it('is given up once it is too old, also while the function is throttled', async () => {
    const old = [record('1', 120), record('2', 120), record('3', 10)];
    const settings = { maxRetries: undefined, maxRecordAgeSeconds: 60 };
    const { batches, givenUp } = await deliver(old, (_, turn) => (turn === 1 ? 'throttled' : 'ok'), settings);
    expect(batches).toEqual(['1 2 3', '3']);
    expect(givenUp).toEqual([{ condition: 'RecordAgeExceeded', invocations: 0, records: '1 2' }]);
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html (6 MB)
it('a batch is cut where one invocation could not take it', () => {
  const large = (name: string) => ({ name, body: 'x'.repeat(2_000_000) });
  expect(splitBySize(['1', '2', '3', '4', '5'].map(large)).map((batch) => batch.length)).toEqual([2, 2, 1]);
  expect(splitBySize([])).toEqual([]);
});
