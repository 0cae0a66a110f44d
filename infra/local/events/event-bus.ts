import type { EventRule } from '../template/inventory.ts';
import type { SendMessage } from './event-source.ts';
import { matchesPattern } from './match-pattern.ts';

/** What a service of AWS puts on the default event bus. */
export interface BusEvent {
  id: string;
  'detail-type': string;
  source: string;
  time: Date;
  resources: string[];
  detail: { [field: string]: unknown };
}

/** Comes back when every target has the event, throws when one has not; then it may be put again. */
export type PutEvent = (event: BusEvent) => Promise<void>;

/**
 * EventBridge's default bus: hands each event on to the queues of the rules whose patterns it matches. Whether the
 * queues let it in was checked at the start.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
export const openEventBus =
  (options: {
    rules: readonly EventRule[];
    region: string;
    accountId: string;
    sendMessage: SendMessage;
  }): PutEvent =>
  async ({ id, time, ...event }) => {
    const envelope = {
      version: '0',
      id,
      account: options.accountId,
      time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
      region: options.region,
      ...event,
    };
    const body = JSON.stringify(envelope);
    for (const { pattern, targets } of options.rules) {
      if (!matchesPattern(envelope, pattern)) continue;
      for (const { queue } of targets) await options.sendMessage(queue, body);
    }
  };
