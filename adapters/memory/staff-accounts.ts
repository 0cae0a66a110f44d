import { createHash } from 'node:crypto';
import type { Write } from '#domain/shared/facts.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import type { AccountFilter, StaffAccounts } from '#domain/staff/ports.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';
import { cutPage } from './pages.ts';

export class MemoryStaffAccounts implements StaffAccounts {
  readonly #accounts = new Collection<StaffAccount>('staff-account');

  async find(email: string): Promise<StaffAccount | null> {
    return this.#accounts.find(email);
  }

  keyOf(email: string): string {
    return createHash('sha256').update(email).digest('hex');
  }

  async findByKey(key: string): Promise<StaffAccount | null> {
    return this.#accounts.all().find(({ email }) => this.keyOf(email) === key) ?? null;
  }

  async findInvited(secretHash: string): Promise<StaffAccount | null> {
    return this.#accounts.all().find(({ invitation }) => invitation?.secretHash === secretHash) ?? null;
  }

  async list(page: Page, { unit, status, role }: AccountFilter = {}): Promise<Paged<StaffAccount>> {
    const keyOf = ({ post, email }: StaffAccount) => `${post}#${email}`;
    const wanted = this.#accounts
      .all()
      .filter(
        (account) =>
          (unit === undefined || account.unit === unit) &&
          (status === undefined || account.status === status) &&
          (role === undefined || account.roles.includes(role)),
      );
    return cutPage(wanted, page, { keyOf, backwards: false });
  }

  toAdd(account: StaffAccount): Write {
    return asWrite(this.#accounts.toAdd(account.email, account, 'already-there'));
  }

  toChange(account: StaffAccount): Write {
    return asWrite(this.#accounts.toSetNext(account.email, account));
  }

  toRequire(account: StaffAccount): Write {
    return asWrite(this.#accounts.toRequireVersion(account.email, account));
  }
}
