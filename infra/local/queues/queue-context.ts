import type { QueueOwner } from './queue-message.ts';
import type { QueueSettings } from './queue-settings.ts';
import type { QueueSignals } from './queue-signals.ts';
import type { QueueStore, ReceivedMessage } from './queue-store.ts';
import { unknownQueue } from './sqs-error.ts';

/** What every action of the queue engine works on. */
export interface QueueContext {
  settings: Map<string, QueueSettings>;
  store: QueueStore;
  signals: QueueSignals;
  owner: QueueOwner;
  urlOf(name: string): string;
}

export function findQueue({ settings }: QueueContext, name: string): QueueSettings {
  const queue = settings.get(name);
  if (!queue) throw unknownQueue();
  return queue;
}

/**
 * The queue of an address: by its path only, because the host may be that of something in front of this engine.
 * Undefined for what is no address of a queue of this account.
 */
export function queueNameIn(url: string, accountId: string): string | undefined {
  if (/[?#\\]/.test(url)) return undefined;
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const [, account, name, ...more] = path.split('/');
  return account === accountId && more.length === 0 ? name || undefined : undefined;
}

export function findQueueByUrl(context: QueueContext, url: string): QueueSettings {
  const name = queueNameIn(url, context.owner.accountId);
  if (name === undefined) throw unknownQueue();
  return findQueue(context, name);
}

/** Receives, and wakes whoever waits for the dead-letter queue that messages may have moved to. */
export function receiveFrom(
  { store, signals }: QueueContext,
  queue: QueueSettings,
  options: { max: number; visibilitySeconds: number; held: boolean },
): ReceivedMessage[] {
  const messages = store.receive(queue, options);
  signals.rearm(queue.name);
  if (queue.redrive) signals.changed(queue.redrive.deadLetterQueue);
  return messages;
}
