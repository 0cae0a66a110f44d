import type { StaffAccount } from './staff.ts';

/** The accounts of those who work here. */
export interface StaffAccounts {
  find(email: string): Promise<StaffAccount | null>;
  /** Stores an account as it is, new or changed. */
  save(account: StaffAccount): Promise<void>;
}
