import type { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import type { Write } from '../shared/facts.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import {
  type AccountPorts,
  type AdminChange,
  type AdminDeed,
  commitAccount,
  endSessionsOf,
  findToChange,
  isOwn,
} from './account-deed.ts';
import { doerMay } from './doer.ts';
import {
  AccountThere,
  type AccountUnknown,
  type LastAdmin,
  NotAllowed,
  OtherState,
  OwnAccount,
  UnitUnknown,
} from './failures.ts';
import type { Invitee } from './invite.ts';
import type { RestorationReason, SuspensionReason } from './reasons.ts';
import { type AccountDetails, type StaffAccount, sameDetails, sameReach } from './staff.ts';

export type ChangeFailure =
  | NotAllowed
  | AccountUnknown
  | UnitUnknown
  | OwnAccount
  | OtherState
  | LastAdmin
  | ChangedMeanwhile;

/**
 * Makes an account that is in use at once, without a mail: for the operator, who begins where nobody can invite yet.
 * `besides` is stored with it.
 */
export const addAccount =
  (ports: AccountPorts) =>
  async (
    { email, ...details }: Invitee,
    deed: AdminDeed,
    besides: readonly Write[] = [],
  ): Promise<Result<StaffAccount, NotAllowed | AccountThere | LastAdmin | ChangedMeanwhile>> => {
    if (!doerMay(deed.by, 'manage accounts')) return failed(new NotAllowed());
    if (await ports.staff.find(email)) return failed(new AccountThere());
    const after: StaffAccount = {
      email,
      ...details,
      status: 'active',
      invitation: null,
      identity: null,
      version: 1,
    };
    return commitAccount(ports, deed, { deed: 'add account', before: null, after, besides });
  };

/**
 * Gives an account another post, roles or unit. Nobody changes their own roles or moves into another unit by
 * themselves, and the last admin stays one. What is so already is no change. `besides` is stored with it.
 */
export const changeAccount =
  (ports: AccountPorts) =>
  async (
    email: string,
    details: AccountDetails,
    deed: AdminChange,
    besides: readonly Write[] = [],
  ): Promise<Result<StaffAccount, ChangeFailure>> => {
    if (!doerMay(deed.by, 'manage accounts')) return failed(new NotAllowed());
    const there = await ports.staff.find(email);
    if (there && sameDetails(there, details)) return ok(there);
    const found = await findToChange(ports, email, deed);
    if (!found.ok) return found;
    const before = found.value;
    if (isOwn(deed.by, before) && !sameReach(before, details)) return failed(new OwnAccount());
    const isNewUnit = besides.length > 0;
    if (!isNewUnit && !(await ports.units.find(details.unit))) return failed(new UnitUnknown());
    return commitAccount(ports, deed, {
      deed: 'change account',
      before,
      after: { ...before, ...details },
      besides,
    });
  };

/**
 * Closes an account at once, whatever its person is doing. Nobody closes their own, and the last admin stays. What it
 * owes is told to the coordinators next.
 */
export const suspendAccount =
  (ports: AccountPorts) =>
  async (
    email: string,
    reason: SuspensionReason,
    deed: AdminChange,
  ): Promise<Result<StaffAccount, ChangeFailure>> => {
    const found = await findToChange(ports, email, deed);
    if (!found.ok) return found;
    const before = found.value;
    if (isOwn(deed.by, before)) return failed(new OwnAccount());
    if (before.status === 'suspended') return failed(new OtherState());
    const after: StaffAccount = { ...before, status: 'suspended' };
    const departure = ports.departures.toNote({ email, at: ports.clock.now() });
    const besides = [departure, ...(await endSessionsOf(ports, email))];
    return commitAccount(ports, deed, { deed: 'suspend account', before, after, reason, besides });
  };

/** Opens a suspended account again, as it was: in use, or still invited until the invitation ends. */
export const restoreAccount =
  (ports: AccountPorts) =>
  async (
    email: string,
    reason: RestorationReason,
    deed: AdminChange,
  ): Promise<Result<StaffAccount, ChangeFailure>> => {
    const found = await findToChange(ports, email, deed);
    if (!found.ok) return found;
    const before = found.value;
    if (before.status !== 'suspended') return failed(new OtherState());
    const after: StaffAccount = { ...before, status: before.invitation ? 'invited' : 'active' };
    return commitAccount(ports, deed, { deed: 'restore account', before, after, reason });
  };
