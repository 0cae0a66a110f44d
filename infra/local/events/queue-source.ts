import type { QueueEngine, QueueMessage } from '../queues.ts';
import type { QueueMapping } from '../template/inventory.ts';
import { type EventSource, failedItems, type Invoke } from './event-source.ts';
import { matchesPattern } from './match-pattern.ts';

export interface QueueSourceOptions {
  mapping: QueueMapping;
  queueArn: string;
  region: string;
  queues: QueueEngine;
  invoke: Invoke;
}

/** How many batches of a mapping without a maximum are worked on at once. */
const DEFAULT_CONCURRENCY = 4;

/**
 * Hands the messages of a queue to a function. What the function did not deal with stays hidden until the queue's
 * visibility time-out has passed and comes again then, or goes to the dead letters: that is the queue's affair.
 */
export function startQueueSource(options: QueueSourceOptions): EventSource {
  const { mapping, queues } = options;
  const limit = mapping.maxConcurrency ?? DEFAULT_CONCURRENCY;
  const working = new Set<Promise<void>>();
  let closed = false;

  const pump = (): void => {
    while (!closed && working.size < limit) {
      const messages = queues.receive(mapping.queue, mapping.batchSize);
      if (messages.length === 0) return;
      const work = workOn(options, messages)
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
      closed = true;
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
  if (wanted.length === 0) return;
  const Records = wanted.map((message) => ({
    ...message,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  }));
  const result = await options.invoke(mapping.function, JSON.stringify({ Records }));
  const identifiers = wanted.map(({ messageId }) => messageId);
  const failed = failedItems(result, identifiers, mapping.reportsItemFailures);
  if (failed === 'all') return;
  const done = wanted.filter(({ messageId }) => !failed.has(messageId));
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
