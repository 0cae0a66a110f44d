import type { Mail } from '#domain/mailings/message.ts';
import type { Outbox } from '#domain/mailings/ports.ts';
import { addHours, toEpochSeconds } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite, putNew } from './changes.ts';
import { keys } from './keys.ts';
import { mailRecordSchema } from './mail-record.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

/** How long a mail is kept: long enough to answer the question whether it was sent. */
const HOURS_KEPT = 90 * 24;

/** Mails as items of the table. Its stream carries each new one (`entity` is `mail`) to the queue. */
export class DynamoOutbox implements Outbox {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  toPost(mail: Mail): Write {
    const item = {
      ...keys.mail(mail.id),
      entity: 'mail',
      ...mail,
      expiresAt: toEpochSeconds(addHours(mail.postedAt, HOURS_KEPT)),
    };
    return asWrite(putNew(item, 'already-there'));
  }

  async find(id: Id): Promise<Mail | null> {
    const item = await this.#table.get(keys.mail(id));
    return item && readRecord(mailRecordSchema, item);
  }
}
