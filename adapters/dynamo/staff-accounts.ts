import type { StaffAccounts } from '#domain/staff/ports.ts';
import { type StaffAccount, staffAccountSchema } from '#domain/staff/staff.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

export class DynamoStaffAccounts implements StaffAccounts {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(email: string): Promise<StaffAccount | null> {
    const item = await this.#table.get(keys.staffAccount(email));
    return item && readRecord(staffAccountSchema, item);
  }

  async save(account: StaffAccount): Promise<void> {
    await this.#table.put({ ...keys.staffAccount(account.email), entity: 'staff-account', ...account });
  }
}
