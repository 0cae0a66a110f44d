import type { Clock } from '../shared/clock.ts';
import { describeFault } from '../shared/fault.ts';
import type { Id } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import type { Pace } from './mailing-ports.ts';
import { isWaitedFor, type Mail } from './message.ts';
import {
  type Deliveries,
  envelopeOf,
  type KeyOfRecipient,
  type MailAnnounced,
  MailRefused,
  MailThrottled,
  type Outbox,
  type Postman,
  type RenderedMail,
  type RenderMail,
} from './ports.ts';

export interface DeliverMailPorts {
  readonly outbox: Outbox;
  readonly deliveries: Deliveries;
  readonly postman: Postman;
  readonly render: RenderMail;
  readonly keyOfRecipient: KeyOfRecipient;
  readonly pace: Pick<Pace, 'reserve' | 'backOff'>;
  readonly clock: Clock;
  readonly wait: (ms: number) => Promise<unknown>;
  readonly log: Log;
}

/** Nobody knows whether this mail was sent: people have to look, the program does not send it again. */
export class DeliveryInDoubt extends Error {
  override readonly name = 'DeliveryInDoubt';
}

/** A mail was announced that the outbox does not have. */
export class MailUnknown extends Error {
  override readonly name = 'MailUnknown';
}

const TRIES_WHEN_THROTTLED = 5;
const FIRST_BACK_OFF_MS = 1_000;

/** Waits for a place in the flow of the account, before the claim: who dies waiting leaves no doubt. */
const waitForPlace = async ({ pace, clock, wait }: DeliverMailPorts): Promise<void> => {
  const [place = 0] = await pace.reserve(1);
  const ms = place - Date.parse(clock.now());
  if (ms > 0) await wait(ms);
};

/** Hands a claimed mail over; false when the service takes none at the moment, and the mail was given back. */
const hand = async (
  ports: DeliverMailPorts,
  mail: Mail,
  words: RenderedMail,
  attempt: number,
): Promise<boolean> => {
  const { postman, deliveries, pace, clock } = ports;
  const { id } = mail;
  try {
    const serviceId = await postman.send(envelopeOf(mail), words);
    await deliveries.accept(id, serviceId, clock.now());
    return true;
  } catch (fault) {
    if (fault instanceof MailRefused) await deliveries.release(id, clock.now());
    if (!(fault instanceof MailThrottled) || attempt === TRIES_WHEN_THROTTLED) throw fault;
    await pace.backOff(FIRST_BACK_OFF_MS * 2 ** (attempt - 1));
    return false;
  }
};

const deliver = async (ports: DeliverMailPorts, id: Id, correlationId: string): Promise<void> => {
  const { outbox, deliveries, render, keyOfRecipient, clock, log } = ports;
  const mail = await outbox.find(id);
  if (!mail) throw new MailUnknown(id);
  // Before the claim: a mail that cannot be put into words was certainly not handed over.
  const words = render(mail);
  const { kind } = mail.message;
  for (let attempt = 1; ; attempt += 1) {
    await waitForPlace(ports);
    const claimed = { id, recipient: keyOfRecipient(mail.to), essential: isWaitedFor(mail.message) };
    const claim = await deliveries.claim(claimed, clock.now());
    if (claim === 'suppressed') return log('INFO', 'mail suppressed', { mail: id, kind, correlationId });
    if (claim === 'accepted') return log('INFO', 'mail sent before', { mail: id, correlationId });
    if (claim === 'in-doubt') throw new DeliveryInDoubt(id);
    if (await hand(ports, mail, words, attempt))
      return log('INFO', 'mail sent', { mail: id, kind, correlationId });
  }
};

/**
 * Sends one mail of the outbox, once however often it is announced. Throws when it is not sent, so that
 * the queue keeps it; a mail that stays in doubt ends in the dead letters, where people see it.
 */
export const deliverMail =
  (ports: DeliverMailPorts) =>
  async ({ id, correlationId }: MailAnnounced): Promise<void> => {
    try {
      await deliver(ports, id, correlationId);
    } catch (fault) {
      ports.log('ERROR', 'mail not sent', { mail: id, fault: describeFault(fault), correlationId });
      throw fault;
    }
  };
