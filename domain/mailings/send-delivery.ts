import type { Clock } from '../shared/clock.ts';
import { describeFault } from '../shared/fault.ts';
import type { CorrelationId } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import type { Delivery } from './delivery.ts';
import type { Mailing } from './mailing.ts';
import type { Ledger, Pace } from './mailing-ports.ts';
import type { Message } from './message.ts';
import { makeOptOut } from './opt-out.ts';
import {
  type Envelope,
  MailRefused,
  MailThrottled,
  type MailTokens,
  MailUnacceptable,
  type Postman,
  type RenderedMail,
  type RenderMail,
} from './ports.ts';
import { type Remaining, TIME_TO_HAND_MS } from './working-time.ts';

export interface SendDeliveryPorts {
  readonly ledger: Ledger;
  readonly pace: Pace;
  readonly postman: Postman;
  readonly mailTokens: MailTokens;
  readonly render: RenderMail;
  readonly clock: Clock;
  readonly wait: (ms: number) => Promise<unknown>;
  readonly log: Log;
}

const TRIES_WHEN_THROTTLED = 5;
const FIRST_BACK_OFF_MS = 1_000;

/** The mail service takes nothing at all at the moment, whoever it is for: what is left has to wait. */
export class NothingIsTaken extends Error {
  override readonly name = 'NothingIsTaken';
}

const wordsFor = async (
  ports: SendDeliveryPorts,
  { subject, source }: Mailing,
  { key, area, language }: Delivery,
): Promise<RenderedMail> => {
  const optOut = await makeOptOut(ports, key);
  const message: Message = { kind: 'mailing', subject, source, area, isTest: false, optOut };
  return ports.render({ message, language });
};

/** Waits for a place in the flow; false when it comes too late for this invocation. */
const waitUntil = async (
  { clock, wait }: SendDeliveryPorts,
  place: number,
  remaining: Remaining,
): Promise<boolean> => {
  const ms = Math.max(place - Date.parse(clock.now()), 0);
  if (remaining() - ms < TIME_TO_HAND_MS) return false;
  if (ms > 0) await wait(ms);
  return true;
};

/** `sent`, or why it was not: it stays open for another try, is closed as refused, or is in doubt. */
export type Sent = 'sent' | 'lost' | 'refused' | 'in-doubt' | 'throttled' | 'too-late';

/**
 * Hands a claimed row to the mail service at its place in the flow, once. A refusal for the moment is tried again at a
 * later place; a refusal of this address closes the row. What its place comes too late for stays claimed. Where nobody can know whether the service has it, the row
 * stays `handed`: what the service tells of it later closes it, and nobody sends it again. Throws `NothingIsTaken`.
 */
export const sendDelivery =
  (ports: SendDeliveryPorts) =>
  async (
    mailing: Mailing,
    delivery: Delivery,
    firstPlace: number,
    { correlationId, remaining }: { readonly correlationId: CorrelationId; readonly remaining: Remaining },
  ): Promise<Sent> => {
    const words = await wordsFor(ports, mailing, delivery);
    const { id, email: to } = delivery;
    const envelope = { id, to, replyTo: mailing.replyTo, correlationId, kind: 'mailing' as const };
    let place = firstPlace;
    for (let attempt = 1; ; attempt += 1) {
      if (!(await waitUntil(ports, place, remaining))) return 'too-late';
      const outcome = await handOver(ports, envelope, words, attempt);
      if (outcome !== 'again') return outcome;
      place = (await ports.pace.reserve(1))[0] ?? place;
    }
  };

const handOver = async (
  ports: SendDeliveryPorts,
  envelope: Envelope,
  words: RenderedMail,
  attempt: number,
): Promise<Sent | 'again'> => {
  const { ledger, postman, clock } = ports;
  const { id } = envelope;
  if (!(await ledger.hand(id, attempt, clock.now()))) return 'lost';
  try {
    const serviceId = await postman.send(envelope, words);
    await ledger.settle(id, 'accepted', clock.now(), serviceId);
    return 'sent';
  } catch (fault) {
    return meetFault(ports, id, fault, attempt);
  }
};

const meetFault = async (
  { ledger, pace, clock, log }: SendDeliveryPorts,
  id: string,
  fault: unknown,
  attempt: number,
): Promise<Sent | 'again'> => {
  if (fault instanceof MailUnacceptable) {
    await ledger.settle(id, 'refused', clock.now(), null);
    return 'refused';
  }
  if (!(fault instanceof MailRefused)) {
    log('WARN', 'mail not sent', { mail: id, fault: describeFault(fault), correlationId: id });
    return 'in-doubt';
  }
  await ledger.takeBack(id, attempt, clock.now());
  if (!(fault instanceof MailThrottled)) throw new NothingIsTaken();
  await pace.backOff(FIRST_BACK_OFF_MS * 2 ** (attempt - 1));
  return attempt < TRIES_WHEN_THROTTLED ? 'again' : 'throttled';
};
