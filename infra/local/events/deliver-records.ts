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
 * attempt or when it is too old. What a report names as failed is tried again from the first failed record on;
 * what failed as a whole is halved when the mapping says so. Answers whether it came to the end.
 */
export async function deliverRecords(delivery: Delivery, records: StreamRecord[]): Promise<boolean> {
  let batch = records;
  for (let attempt = 0; batch.length > 0; attempt += 1) {
    if (delivery.pause.stopped) return false;
    batch = await giveUpTooOld(delivery, batch, attempt);
    if (batch.length === 0) break;
    const result = await delivery.invoke(delivery.mapping.function, JSON.stringify({ Records: batch }));
    const firstFailed = findFirstFailed(delivery, batch, result);
    const done = batch[firstFailed - 1];
    if (done) delivery.checkpoint(done);
    const isWhole = firstFailed === 0;
    batch = batch.slice(firstFailed);
    if (batch.length === 0) break;
    if (attempt >= (delivery.mapping.maxRetries ?? Number.POSITIVE_INFINITY)) {
      return giveUp(delivery, {
        condition: 'RetryAttemptsExhausted',
        records: batch,
        invocations: attempt + 1,
        requestId: result.requestId,
      });
    }
    await backOff(delivery, attempt);
    if (isWhole && delivery.mapping.bisects && batch.length > 1) return deliverHalves(delivery, batch);
  }
  return true;
}

async function deliverHalves(delivery: Delivery, batch: StreamRecord[]): Promise<boolean> {
  const middle = Math.ceil(batch.length / 2);
  return (
    (await deliverRecords(delivery, batch.slice(0, middle))) &&
    (await deliverRecords(delivery, batch.slice(middle)))
  );
}

/** The index of the first record that failed; the length of the batch when none did. */
function findFirstFailed({ mapping }: Delivery, batch: StreamRecord[], result: InvocationResult): number {
  const numbers = batch.map(({ dynamodb }) => dynamodb.SequenceNumber);
  const failed = failedItems(result, numbers, mapping.reportsItemFailures);
  if (failed === 'all') return 0;
  const first = numbers.findIndex((number) => failed.has(number));
  return first < 0 ? batch.length : first;
}

async function giveUpTooOld(
  delivery: Delivery,
  batch: StreamRecord[],
  attempt: number,
): Promise<StreamRecord[]> {
  const { maxRecordAgeSeconds } = delivery.mapping;
  if (maxRecordAgeSeconds === undefined || attempt === 0) return batch;
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
