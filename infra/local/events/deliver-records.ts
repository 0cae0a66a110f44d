import type { InvocationResult } from '../invoke/function-definition.ts';
import type { StreamMapping } from '../template/inventory.ts';
import { failedItems, type Invoke, type Pause } from './event-source.ts';
import type { StreamRecord } from './stream-shards.ts';

export interface GivenUp {
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  records: StreamRecord[];
  invocations: number;
  requestId: string;
}

export interface Delivery {
  mapping: StreamMapping;
  invoke: Invoke;
  /** Everything up to this record has been dealt with. */
  checkpoint: (record: StreamRecord) => void;
  giveUp: (given: GivenUp) => Promise<void>;
  /** Pauses between attempts; its end is the end of the delivery, too. */
  pause: Pause;
  onRetry: (waiting: boolean) => void;
  /** In milliseconds; by the clock that the database writes into the records. */
  realNow: () => number;
}

const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 10_000;

/**
 * Hands records to the function in their order until each was dealt with: accepted, or given up after the last
 * attempt or when it is too old. What a report names as failed is tried again from the first failed record on. When
 * the mapping says that failed batches are split, that record is then tried alone, and what failed as a whole is
 * halved, so that one bad record does not take its neighbours with it. While the function is throttled it is asked
 * again, which is no attempt. Answers whether it came to the end.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-errors.html
 */
export async function deliverRecords(
  delivery: Delivery,
  records: StreamRecord[],
  attemptsBefore = 0,
): Promise<boolean> {
  let batch = records;
  let throttles = 0;
  const { maxRetries = Number.POSITIVE_INFINITY } = delivery.mapping;
  for (let attempt = attemptsBefore; batch.length > 0; attempt += 1) {
    if (delivery.pause.stopped) return false;
    const { remaining, splitsAt, requestId, isThrottled } = await attemptOnce(delivery, batch, {
      attempt,
      isFirst: attempt + throttles === 0,
    });
    batch = remaining;
    if (batch.length === 0) break;
    if (isThrottled) {
      await backOff(delivery, throttles);
      throttles += 1;
      attempt -= 1;
      continue;
    }
    if (attempt >= maxRetries && splitsAt === undefined) {
      const condition = 'RetryAttemptsExhausted';
      return giveUp(delivery, { condition, records: batch, invocations: attempt + 1, requestId });
    }
    await backOff(delivery, attempt);
    if (splitsAt === undefined) continue;
    // Cutting is no attempt of its own; what comes after the cut starts afresh.
    const first = batch.slice(0, splitsAt);
    return (
      (await deliverRecords(delivery, first, Math.min(attempt + 1, maxRetries))) &&
      (await deliverRecords(delivery, batch.slice(splitsAt)))
    );
  }
  return true;
}

interface Attempt {
  /** What has to be tried again. */
  remaining: StreamRecord[];
  /** Where `remaining` is cut in two first, if at all. */
  splitsAt: number | undefined;
  requestId: string;
  isThrottled: boolean;
}

async function attemptOnce(
  delivery: Delivery,
  records: StreamRecord[],
  { attempt, isFirst }: { attempt: number; isFirst: boolean },
): Promise<Attempt> {
  const batch = isFirst ? records : await giveUpTooOld(delivery, records, attempt);
  if (batch.length === 0) return { remaining: [], splitsAt: undefined, requestId: '', isThrottled: false };
  const result = await delivery.invoke(delivery.mapping.function, JSON.stringify({ Records: batch }));
  const firstFailed = findFirstFailed(delivery, batch, result);
  const remaining = batch.slice(firstFailed ?? 0);
  const done = batch[(firstFailed ?? 0) - 1];
  if (done) delivery.checkpoint(done);
  return {
    remaining,
    splitsAt: splitPoint(delivery, remaining, firstFailed),
    requestId: result.requestId,
    isThrottled: result.status === 'throttled',
  };
}

/** Where a failed batch is cut in two: after the record that was reported, or in the middle. */
function splitPoint(
  { mapping }: Delivery,
  batch: StreamRecord[],
  firstFailed: number | undefined,
): number | undefined {
  if (!mapping.bisects || batch.length <= 1) return undefined;
  return firstFailed === undefined ? Math.ceil(batch.length / 2) : 1;
}

/** The index of the first record that failed, the length of the batch when none did, undefined when all did. */
function findFirstFailed(
  { mapping }: Delivery,
  batch: StreamRecord[],
  result: InvocationResult,
): number | undefined {
  const numbers = batch.map(({ dynamodb }) => dynamodb.SequenceNumber);
  const failed = failedItems(result, numbers, mapping.reportsItemFailures);
  if (failed === 'all') return undefined;
  const first = numbers.findIndex((number) => failed.has(number));
  return first < 0 ? batch.length : first;
}

async function giveUpTooOld(
  delivery: Delivery,
  batch: StreamRecord[],
  attempt: number,
): Promise<StreamRecord[]> {
  const { maxRecordAgeSeconds } = delivery.mapping;
  if (maxRecordAgeSeconds === undefined) return batch;
  const oldest = delivery.realNow() / 1000 - maxRecordAgeSeconds;
  const keepFrom = batch.findIndex(({ dynamodb }) => dynamodb.ApproximateCreationDateTime >= oldest);
  const records = keepFrom < 0 ? batch : batch.slice(0, keepFrom);
  if (records.length > 0) {
    await giveUp(delivery, { condition: 'RecordAgeExceeded', records, invocations: attempt, requestId: '' });
  }
  return batch.slice(records.length);
}

async function giveUp(delivery: Delivery, given: GivenUp): Promise<boolean> {
  await delivery.giveUp(given);
  const last = given.records.at(-1);
  if (last) delivery.checkpoint(last);
  return true;
}

async function backOff({ pause, onRetry }: Delivery, attempt: number): Promise<void> {
  onRetry(true);
  await pause.wait(Math.min(FIRST_BACKOFF_MS * 2 ** attempt, LONGEST_BACKOFF_MS));
  onRetry(false);
}
