import type { Contact, Contacts } from '#domain/priorities/ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

export class MemoryContacts implements Contacts {
  readonly #contacts = new Collection<Contact>('contact');

  toKeep(contact: Contact): Write {
    return asWrite(this.#contacts.toSet(`${contact.area} ${contact.key}`, contact));
  }

  /** Everybody who is kept, in no order. */
  all(): readonly Contact[] {
    return this.#contacts.all();
  }
}
