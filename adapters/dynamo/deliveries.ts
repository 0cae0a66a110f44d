import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { deliveryStates } from '#domain/mailings/delivery.ts';
import type { Deliveries, MailClaimed } from '#domain/mailings/ports.ts';
import { STALE_SECONDS } from '#domain/mailings/working-time.ts';
import { addSeconds, type Instant } from '#domain/shared/clock.ts';
import type { Id } from '#domain/shared/ids.ts';
import { deliveryKey, type Move, moveRow } from './delivery-rows.ts';
import { readRecord } from './records.ts';
import { notSuppressed } from './suppression-check.ts';
import type { Table } from './table.ts';
import { refusedParts } from './transactions.ts';

const rowSchema = z.object({
  /** Left out until somebody has claimed it. */
  delivery: z.enum(deliveryStates).optional(),
  deliverySince: z.string().default(''),
  claim: z.string().optional(),
});

/** What happened to a mail, kept with the mail itself. */
export class DynamoDeliveries implements Deliveries {
  readonly #table: Table;
  /** The claims of this process: only these may be given back. */
  readonly #claims = new Map<Id, string>();

  constructor(table: Table) {
    this.#table = table;
  }

  async claim(mail: MailClaimed, at: Instant): Promise<'taken' | 'accepted' | 'suppressed' | 'in-doubt'> {
    const claim = randomUUID();
    const { name: TableName } = this.#table;
    const move = moveRow(mail.id, { from: ['waiting'], to: 'handed', at, set: { claim } });
    try {
      await this.#table.transact(
        [{ Update: { TableName, ...move } }, notSuppressed(TableName, mail.recipient, mail)],
        claim,
      );
      this.#claims.set(mail.id, claim);
      return 'taken';
    } catch (fault) {
      const refused = refusedParts(fault);
      if (refused === null) throw fault;
      return refused[0] ? this.#findEarlier(mail, claim, at) : this.#suppress(mail.id, at);
    }
  }

  /** What became of a mail that somebody has claimed before. */
  async #findEarlier(
    mail: MailClaimed,
    claim: string,
    at: Instant,
  ): Promise<'taken' | 'accepted' | 'suppressed' | 'in-doubt'> {
    const { id } = mail;
    const item = await this.#table.get(deliveryKey(id));
    if (!item) throw new Error(`There is no mail ${id} to claim`);
    const row = readRecord(rowSchema, item);
    if (row.claim === claim) {
      this.#claims.set(id, claim);
      return 'taken';
    }
    // Somebody has given it back since: it is there for the taking, and was sent by nobody.
    if (row.delivery === undefined || row.delivery === 'waiting') return this.claim(mail, at);
    if (row.delivery === 'suppressed') return 'suppressed';
    if (row.delivery !== 'handed') return row.delivery === 'in-doubt' ? 'in-doubt' : 'accepted';
    // Somebody may have it in hand at this moment; after a while, nobody has any more.
    if (row.deliverySince < addSeconds(at, -STALE_SECONDS))
      await this.#move(id, { from: ['handed'], to: 'in-doubt', at });
    return 'in-doubt';
  }

  async #suppress(id: Id, at: Instant): Promise<'suppressed'> {
    await this.#move(id, { from: ['waiting'], to: 'suppressed', at });
    return 'suppressed';
  }

  async accept(id: Id, serviceId: string, at: Instant): Promise<void> {
    this.#claims.delete(id);
    await this.#move(id, { from: ['handed', 'in-doubt'], to: 'accepted', at, set: { serviceId } });
  }

  async release(id: Id, at: Instant): Promise<void> {
    const claim = this.#claims.get(id);
    if (claim === undefined) return;
    this.#claims.delete(id);
    // A request that was held up must not give back what somebody has claimed since.
    const condition = {
      expression: '#claim = :mine',
      names: { '#claim': 'claim' },
      values: { ':mine': claim },
    };
    await this.#move(id, { from: ['handed'], to: 'waiting', at, condition });
  }

  /** Does nothing when it is in another state by now: then somebody knows more. */
  async #move(id: Id, move: Move): Promise<void> {
    try {
      await this.#table.update(moveRow(id, move));
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
    }
  }
}
