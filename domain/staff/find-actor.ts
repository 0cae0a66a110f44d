import { type Actor, actorFrom } from './actor.ts';
import type { StaffAccounts, Units } from './ports.ts';

/** Who an address stands for now: nobody while the account is invited or suspended. */
export const findActor =
  ({ staff, units }: { staff: StaffAccounts; units: Units }) =>
  async (email: string): Promise<Actor | null> => {
    const account = await staff.find(email);
    if (account?.status !== 'active') return null;
    const unit = await units.find(account.unit);
    return unit && actorFrom(account, unit);
  };
