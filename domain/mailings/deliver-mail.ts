import type { Clock } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';
import type { Mail } from './message.ts';
import { type Deliveries, MailRefused, type Outbox, type Postman, type RenderedMail } from './ports.ts';

export interface DeliverMailPorts {
  readonly outbox: Outbox;
  readonly deliveries: Deliveries;
  readonly postman: Postman;
  readonly render: (mail: Mail) => RenderedMail;
  readonly clock: Clock;
}

/** Nobody knows whether this mail was sent: people have to look, the program does not send it again. */
export class DeliveryInDoubt extends Error {
  override readonly name = 'DeliveryInDoubt';
}

/** A mail was announced that the outbox does not have. */
export class MailUnknown extends Error {
  override readonly name = 'MailUnknown';
}

/**
 * Sends one mail of the outbox, once however often it is announced. Throws when it is not sent, so that
 * the queue keeps it; a mail that stays in doubt ends in the dead letters, where people see it.
 */
export const deliverMail =
  ({ outbox, deliveries, postman, render, clock }: DeliverMailPorts) =>
  async (id: Id): Promise<'sent' | 'sent-before'> => {
    const mail = await outbox.find(id);
    if (!mail) throw new MailUnknown(id);
    const words = render(mail);
    const claim = await deliveries.claim(id, clock.now());
    if (claim === 'accepted') return 'sent-before';
    if (claim === 'in-doubt') throw new DeliveryInDoubt(id);
    const serviceId = await postman.send(mail, words).catch(async (fault: unknown) => {
      if (fault instanceof MailRefused) await deliveries.release(id);
      throw fault;
    });
    await deliveries.accept(id, serviceId, clock.now());
    return 'sent';
  };
