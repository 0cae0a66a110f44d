import type { Mail } from '#domain/mailings/message.ts';
import type { Outbox } from '#domain/mailings/ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

export class MemoryOutbox implements Outbox {
  readonly #mails = new Collection<Mail>('mail');

  /** Every mail that was posted, in order. */
  get mails(): readonly Mail[] {
    return this.#mails.all();
  }

  toPost(mail: Mail): Write {
    return asWrite(this.#mails.toAdd(mail.id, mail, 'already-there'));
  }

  /** Forgets the secret of a link, as soon as the mail service has the mail. */
  forgetSecret(id: Id): void {
    const mail = this.#mails.find(id);
    if (mail && 'secret' in mail.message)
      this.#mails.set(id, { ...mail, message: { ...mail.message, secret: null } });
  }

  async find(id: Id): Promise<Mail | null> {
    return this.#mails.find(id);
  }
}
