import type { Clock } from '../shared/clock.ts';
import { describeFault } from '../shared/fault.ts';
import type { Id } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import type { Message } from './message.ts';
import {
  type Deliveries,
  type MailAnnounced,
  MailRefused,
  type Outbox,
  type Postman,
  type RenderedMail,
} from './ports.ts';

export interface DeliverMailPorts {
  readonly outbox: Outbox;
  readonly deliveries: Deliveries;
  readonly postman: Postman;
  readonly render: (message: Message) => RenderedMail;
  readonly clock: Clock;
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

const deliver = async (
  { outbox, deliveries, postman, render, clock, log }: DeliverMailPorts,
  id: Id,
  correlationId: string,
): Promise<void> => {
  const mail = await outbox.find(id);
  if (!mail) throw new MailUnknown(id);
  // Before the claim: a mail that cannot be put into words was certainly not handed over.
  const words = render(mail.message);
  const claim = await deliveries.claim(id, clock.now());
  if (claim === 'accepted') return log('INFO', 'mail sent before', { mail: id, correlationId });
  if (claim === 'in-doubt') throw new DeliveryInDoubt(id);
  const serviceId = await postman.send(mail, words).catch(async (fault: unknown) => {
    if (fault instanceof MailRefused) await deliveries.release(id);
    throw fault;
  });
  await deliveries.accept(id, serviceId, clock.now());
  log('INFO', 'mail sent', { mail: id, kind: mail.message.kind, correlationId });
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
