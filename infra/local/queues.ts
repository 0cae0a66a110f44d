import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { listen } from './engine/listen.ts';
import type { Engine, Now } from './engine.ts';
import { answerRequest } from './queues/answer-request.ts';
import { findQueue, type QueueContext, receiveFrom } from './queues/queue-context.ts';
import { type QueueMessage, toLambdaRecord } from './queues/queue-message.ts';
import { indexSettings, type QueueSettings } from './queues/queue-settings.ts';
import { QueueSignals } from './queues/queue-signals.ts';
import { type Counts, QueueStore } from './queues/queue-store.ts';

export type { QueueMessage } from './queues/queue-message.ts';
export type { QueueSettings } from './queues/queue-settings.ts';

/** The queues from within the laptop's own process: what an event source mapping needs. */
export interface QueueEngine {
  urlOf(name: string): string;
  /**
   * Up to `max` messages, hidden for the queue's visibility time-out. Counts the receive, and moves what was
   * received often enough to the dead-letter queue. What a process that died had received in this way is
   * visible again at the next start: the function that held it died too.
   */
  receive(name: string, max: number): QueueMessage[];
  remove(name: string, receiptHandles: string[]): void;
  /** Makes them visible again at once. */
  release(name: string, receiptHandles: string[]): void;
  counts(name: string): Counts;
  /**
   * Calls the listener each time that there may be something to receive; answers with the function that ends
   * it. What was there before is not announced: receive once first.
   */
  onMessage(name: string, listener: () => void): () => void;
}

export interface QueuesOptions {
  /** The laptop's data folder; the messages are in `queues.sqlite` in it */
  dataDir: string;
  region: string;
  accountId: string;
  /** Visibility, delay, retention and timestamps go by this clock */
  now: Now;
  port?: number;
  queues: QueueSettings[];
}

/**
 * SQS standard queues, as the SDK speaks to them (AWS JSON 1.0). At-least-once and roughly in order, as in
 * AWS; what was acknowledged is on the disk. Other actions and FIFO queues are refused.
 */
export async function startQueues(options: QueuesOptions): Promise<Engine & QueueEngine> {
  const { dataDir, region, accountId, now, port = 0 } = options;
  const settings = indexSettings(options.queues);
  mkdirSync(dataDir, { recursive: true });
  const store = new QueueStore(join(dataDir, 'queues.sqlite'), now);
  const signals = new QueueSignals(store);
  const urlOf = (name: string) => `${engine.endpoint}/${accountId}/${name}`;
  const context: QueueContext = { settings, store, signals, owner: { region, accountId }, urlOf };
  const engine = await listen('queues', port, (req, res) => answerRequest(context, req, res));
  return {
    endpoint: engine.endpoint,
    close: async () => {
      signals.close();
      await engine.close();
      store.close();
    },
    ...openFromWithin(context),
  };
}

function openFromWithin(context: QueueContext): QueueEngine {
  const { store, signals, owner } = context;
  return {
    urlOf: (name) => context.urlOf(findQueue(context, name).name),
    receive: (name, max) => {
      const queue = findQueue(context, name);
      const options = { max, visibilitySeconds: queue.visibilityTimeoutSeconds, held: true };
      return receiveFrom(context, queue, options).map((message) => toLambdaRecord(message, owner));
    },
    remove: (name, receiptHandles) => store.remove(findQueue(context, name).name, receiptHandles),
    release: (name, receiptHandles) => {
      store.release(findQueue(context, name).name, receiptHandles);
      signals.changed(name);
    },
    counts: (name) => store.counts(findQueue(context, name)),
    onMessage: (name, listener) => signals.subscribe(findQueue(context, name).name, listener),
  };
}
