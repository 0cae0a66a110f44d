import * as z from 'zod';
import { toEpochSeconds } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import type { AccountFilter, StaffAccounts } from '#domain/staff/ports.ts';
import { type StaffAccount, staffAccountSchema } from '#domain/staff/staff.ts';
import { asWrite, type Change, put, putNew, putNext, requireVersion } from './changes.ts';
import { keys } from './keys.ts';
import { cursorOf, cutPage } from './pages.ts';
import { readRecord } from './records.ts';
import type { StoredItem, Table } from './table.ts';

const read = (item: StoredItem): StaffAccount => readRecord(staffAccountSchema, item);

const invitationSchema = z.object({ email: z.string() });

const toItem = (account: StaffAccount) => ({
  ...keys.staffAccount(account.email),
  ...keys.staffByPost(account),
  entity: 'staff-account',
  ...account,
});

/** Leads from the secret of an invitation to its account, until it ends. The account says whether it still holds. */
const leadToAccount = ({ email, invitation }: StaffAccount): readonly Change[] =>
  invitation === null
    ? []
    : [
        put({
          ...keys.invitation(invitation.secretHash),
          entity: 'invitation',
          email,
          expiresAt: toEpochSeconds(invitation.endsAt),
        }),
      ];

const matches = ({ unit, status, role }: AccountFilter, account: StaffAccount): boolean =>
  (unit === undefined || account.unit === unit) &&
  (status === undefined || account.status === status) &&
  (role === undefined || account.roles.includes(role));

export class DynamoStaffAccounts implements StaffAccounts {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(email: string): Promise<StaffAccount | null> {
    const item = await this.#table.get(keys.staffAccount(email));
    return item && read(item);
  }

  keyOf(email: string): string {
    return keys.staffAccountKey(email);
  }

  async findByKey(key: string): Promise<StaffAccount | null> {
    const item = await this.#table.get(keys.staffAccountByKey(key));
    return item && read(item);
  }

  async findInvited(secretHash: string): Promise<StaffAccount | null> {
    const item = await this.#table.get(keys.invitation(secretHash));
    const account = item && (await this.find(readRecord(invitationSchema, item).email));
    return account?.invitation?.secretHash === secretHash ? account : null;
  }

  async list(page: Page, filter: AccountFilter = {}): Promise<Paged<StaffAccount>> {
    const isFiltered = Object.values(filter).some((wanted) => wanted !== undefined);
    const items = this.#table.query({
      index: 'gsi1',
      partition: keys.allStaff,
      after: cursorOf(page),
      ...(isFiltered ? {} : { limit: page.size + 1 }),
    });
    const found: StoredItem[] = [];
    for await (const item of items) {
      if (!isFiltered || matches(filter, read(item))) found.push(item);
      if (found.length > page.size) break;
    }
    const { items: shown, next } = cutPage(found, 'gsi1sk', page.size);
    return { items: shown.map(read), next };
  }

  toAdd(account: StaffAccount): Write {
    return asWrite(putNew(toItem(account), 'already-there'), ...leadToAccount(account));
  }

  toChange(account: StaffAccount): Write {
    return asWrite(putNext(toItem(account)), ...leadToAccount(account));
  }

  toRequire({ email, version }: StaffAccount): Write {
    return asWrite(requireVersion(keys.staffAccount(email), version));
  }
}
