import type { StaffAccounts } from '#domain/staff/ports.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import { Collection } from './collection.ts';

export class MemoryStaffAccounts implements StaffAccounts {
  readonly #accounts = new Collection<StaffAccount>('staff-account');

  async find(email: string): Promise<StaffAccount | null> {
    return this.#accounts.find(email);
  }

  async save(account: StaffAccount): Promise<void> {
    this.#accounts.set(account.email, account);
  }
}
