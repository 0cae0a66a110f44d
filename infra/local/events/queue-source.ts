import { setTimeout as wait } from 'node:timers/promises';
import type { Faults } from '../faults/open-faults.ts';
import type { QueueEngine, QueueMessage } from '../queues.ts';
import type { QueueMapping } from '../template/inventory.ts';
import { type EventSource, failedItems, type Invoke } from './event-source.ts';
import { matchesPattern } from './match-pattern.ts';
import { deliverAtLeastOnce, heldUpMs } from './meet-faults.ts';
import { splitBySize } from './split-by-size.ts';

export interface QueueSourceOptions {
  mapping: QueueMapping;
  queueArn: string;
  region: string;
  queues: QueueEngine;
  invoke: Invoke;
  faults: Faults;
}

/** How many batches of a mapping without a maximum are worked on at once. */
const DEFAULT_CONCURRENCY = 4;

/**
 * Hands the messages of a queue to a function. What the function did not deal with stays hidden until the queue's
 * visibility time-out has passed and comes again then, or goes to the dead letters: that is the queue's affair.
 */
export function startQueueSource(options: QueueSourceOptions): EventSource {
  const { mapping, queues, faults } = options;
  const limit = mapping.maxConcurrency ?? DEFAULT_CONCURRENCY;
  const working = new Set<Promise<void>>();
  const closing = new AbortController();
  const pause = (ms: number) => wait(ms, undefined, { signal: closing.signal }).catch(() => {});
  const invoke = deliverAtLeastOnce({ faults, engine: 'sqs', invoke: options.invoke, wait: pause });
  let isHeldUp = false;

  /** Whether a fault keeps it from asking now; it asks again later. */
  const meetFault = (): boolean => {
    const fault = faults.onPoll({ engine: 'sqs', function: mapping.function });
    if (!fault) return false;
    // Nobody learns what was received: it stays hidden until the queue's visibility time-out has passed.
    if (fault.effect === 'timeout-after') queues.receive(mapping.queue, mapping.batchSize);
    isHeldUp = true;
    void pause(heldUpMs(fault)).then(() => {
      isHeldUp = false;
      pump();
    });
    return true;
  };

  const pump = (): void => {
    while (!closing.signal.aborted && !isHeldUp && working.size < limit) {
      if (meetFault()) return;
      const messages = queues.receive(mapping.queue, mapping.batchSize);
      if (messages.length === 0) return;
      const work = workOn({ ...options, invoke }, messages)
        .catch((error: Error) => console.error(`The queue ${mapping.queue}: ${error.message}`))
        .finally(() => {
          working.delete(work);
          pump();
        });
      working.add(work);
    }
  };

  const unsubscribe = queues.onMessage(mapping.queue, pump);
  pump();
  return {
    nudge: pump,
    settled: () => working.size === 0 && queues.counts(mapping.queue).visible === 0,
    close: async () => {
      closing.abort();
      unsubscribe();
      await Promise.all(working);
    },
  };
}

async function workOn(options: QueueSourceOptions, received: QueueMessage[]): Promise<void> {
  const { mapping, queues, queueArn, region } = options;
  const messages = [...received, ...(await collectMore(options, received.length))];
  const wanted = messages.filter((message) => isWanted(mapping, message));
  const unwanted = messages.filter((message) => !wanted.includes(message));
  if (unwanted.length > 0) queues.remove(mapping.queue, handles(unwanted));
  const records = wanted.map((message) => ({
    ...message,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  }));
  for (const batch of splitBySize(records)) await handOver(options, batch);
}

async function handOver(
  { mapping, queues, invoke }: QueueSourceOptions,
  Records: QueueMessage[],
): Promise<void> {
  const result = await invoke(mapping.function, JSON.stringify({ Records }));
  const identifiers = Records.map(({ messageId }) => messageId);
  const failed = failedItems(result, identifiers, mapping.reportsItemFailures);
  if (failed === 'all') return;
  const done = Records.filter(({ messageId }) => !failed.has(messageId));
  if (done.length > 0) queues.remove(mapping.queue, handles(done));
}

async function collectMore({ mapping, queues }: QueueSourceOptions, have: number): Promise<QueueMessage[]> {
  if (mapping.windowSeconds === 0 || have >= mapping.batchSize) return [];
  await new Promise((resolve) => setTimeout(resolve, mapping.windowSeconds * 1000));
  return queues.receive(mapping.queue, mapping.batchSize - have);
}

function isWanted({ filters }: QueueMapping, message: QueueMessage): boolean {
  return filters.length === 0 || filters.some((filter) => matchesPattern(withParsedBody(message), filter));
}

function withParsedBody(message: QueueMessage): object {
  try {
    return { ...message, body: JSON.parse(message.body) };
  } catch {
    return message;
  }
}

const handles = (messages: QueueMessage[]): string[] => messages.map(({ receiptHandle }) => receiptHandle);
