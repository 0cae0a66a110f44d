import { basename } from 'node:path';
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

/** By its path only: the address may be that of a proxy in front of this engine. */
export function findQueueByUrl(context: QueueContext, url: string): QueueSettings {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const name = basename(path);
  if (path !== `/${context.owner.accountId}/${name}`) throw unknownQueue();
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
