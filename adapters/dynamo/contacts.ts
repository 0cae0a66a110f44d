import { CONTACT_HOURS, type Contact, type Contacts } from '#domain/priorities/ports.ts';
import { addHours, toEpochSeconds } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite, put } from './changes.ts';
import { keys } from './keys.ts';

/** Contacts by area, where audiences find them. */
export class DynamoContacts implements Contacts {
  toKeep(contact: Contact): Write {
    return asWrite(
      put({
        ...keys.contact(contact.area, contact.key),
        entity: 'contact',
        ...contact,
        expiresAt: toEpochSeconds(addHours(contact.leftAt, CONTACT_HOURS)),
      }),
    );
  }
}
