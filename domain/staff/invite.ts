import { defaultLanguage } from '../mailings/message.ts';
import type { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import { addHours } from '../shared/clock.ts';
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
import { doerMay, isOperator } from './doer.ts';
import {
  AccountThere,
  type AccountUnknown,
  type LastAdmin,
  NotAllowed,
  OtherState,
  OwnAccount,
  UnitUnknown,
} from './failures.ts';
import type { ReleaseReason } from './reasons.ts';
import { type AccountDetails, type StaffAccount, sameDetails } from './staff.ts';
import type { Unit } from './unit.ts';

const HOURS_PER_DAY = 24;

/** Somebody to invite: their address, and what the account is for. */
export interface Invitee extends AccountDetails {
  readonly email: string;
}

/** The account with a new invitation, and the mail that carries its secret; an earlier secret opens nothing more. */
const issue = (
  ports: AccountPorts,
  { by, correlationId }: AdminDeed,
  account: StaffAccount,
  unit: Unit,
): { readonly invited: StaffAccount; readonly mail: Write } => {
  const secret = ports.ids.secret();
  const now = ports.clock.now();
  const endsAt = addHours(now, ports.invitationDays * HOURS_PER_DAY);
  const mail = ports.outbox.toPost({
    id: ports.ids.next(),
    to: account.email,
    replyTo: null,
    language: defaultLanguage,
    message: {
      kind: 'staff-invitation',
      post: account.post,
      unit: unit.name,
      invitedBy: isOperator(by) ? null : by.post,
      secret,
      endsAt,
    },
    correlationId,
    postedAt: now,
  });
  return {
    invited: { ...account, status: 'invited', invitation: { secretHash: ports.hash(secret), endsAt } },
    mail,
  };
};

/**
 * Makes an account for somebody and writes to them. It is in use from their first sign-in, which has to come before
 * the invitation ends. The same invitation sent twice is one.
 */
export const inviteStaff =
  (ports: AccountPorts) =>
  async (
    { email, ...details }: Invitee,
    deed: AdminDeed,
  ): Promise<
    Result<StaffAccount, NotAllowed | AccountThere | UnitUnknown | LastAdmin | ChangedMeanwhile>
  > => {
    if (!doerMay(deed.by, 'manage accounts')) return failed(new NotAllowed());
    const unit = await ports.units.find(details.unit);
    if (!unit) return failed(new UnitUnknown());
    const there = await ports.staff.find(email);
    if (there) return answerAgain(there, details);
    const { invited, mail } = issue(
      ports,
      deed,
      { email, ...details, status: 'invited', invitation: null, identity: null, version: 1 },
      unit,
    );
    const committed = await commitAccount(ports, deed, {
      deed: 'invite staff',
      before: null,
      after: invited,
      besides: [mail],
    });
    if (committed.ok || committed.error.name !== 'ChangedMeanwhile') return committed;
    const faster = await ports.staff.find(email);
    return faster ? answerAgain(faster, details) : committed;
  };

const answerAgain = (there: StaffAccount, details: AccountDetails): Result<StaffAccount, AccountThere> =>
  there.status === 'invited' && there.identity === null && sameDetails(there, details)
    ? ok(there)
    : failed(new AccountThere());

type InvitationFailure =
  | NotAllowed
  | AccountUnknown
  | UnitUnknown
  | OwnAccount
  | OtherState
  | LastAdmin
  | ChangedMeanwhile;

/** Writes again to somebody who has not signed in yet: with a new secret and a new end; the old link is worthless. */
export const inviteAgain =
  (ports: AccountPorts) =>
  async (email: string, deed: AdminChange): Promise<Result<StaffAccount, InvitationFailure>> => {
    const found = await findToChange(ports, email, deed);
    if (!found.ok) return found;
    const before = found.value;
    if (before.status !== 'invited') return failed(new OtherState());
    const unit = await ports.units.find(before.unit);
    if (!unit) return failed(new UnitUnknown());
    const { invited, mail } = issue(ports, deed, before, unit);
    return commitAccount(ports, deed, {
      deed: 'invite staff again',
      before,
      after: invited,
      besides: [mail],
    });
  };

/**
 * Lets an account in use go from who it is bound to at the issuer, for somebody whose identity there has changed. It
 * is closed at once, and invited as if new: whoever signs in with the verified address before that ends has it.
 */
export const releaseIdentity =
  (ports: AccountPorts) =>
  async (
    email: string,
    reason: ReleaseReason,
    deed: AdminChange,
  ): Promise<Result<StaffAccount, InvitationFailure>> => {
    const found = await findToChange(ports, email, deed);
    if (!found.ok) return found;
    const before = found.value;
    if (isOwn(deed.by, before)) return failed(new OwnAccount());
    if (before.status !== 'active' || before.identity === null) return failed(new OtherState());
    const unit = await ports.units.find(before.unit);
    if (!unit) return failed(new UnitUnknown());
    const { invited, mail } = issue(ports, deed, { ...before, identity: null }, unit);
    return commitAccount(ports, deed, {
      deed: 'release account',
      before,
      after: invited,
      reason,
      besides: [mail, ...(await endSessionsOf(ports, email))],
    });
  };
