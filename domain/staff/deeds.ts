import type { AccountPorts } from './account-deed.ts';
import { inviteAgain, inviteStaff, releaseIdentity } from './invite.ts';
import { addAccount, changeAccount, restoreAccount, suspendAccount } from './manage-accounts.ts';
import { addUnit, changeUnit, type UnitPorts } from './manage-units.ts';

/** Everything that is done to accounts. */
export const accountDeeds = (ports: AccountPorts) => ({
  add: addAccount(ports),
  invite: inviteStaff(ports),
  inviteAgain: inviteAgain(ports),
  change: changeAccount(ports),
  suspend: suspendAccount(ports),
  restore: restoreAccount(ports),
  release: releaseIdentity(ports),
});
export type AccountDeeds = ReturnType<typeof accountDeeds>;

/** Everything that is done to units. */
export const unitDeeds = (ports: UnitPorts) => ({
  add: addUnit(ports),
  change: changeUnit(ports),
});
export type UnitDeeds = ReturnType<typeof unitDeeds>;
