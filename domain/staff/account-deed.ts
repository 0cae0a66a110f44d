import type { AuditTrail } from '../audit/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import type { Departures } from '../chasing/ports.ts';
import type { Outbox } from '../mailings/ports.ts';
import type { Sessions } from '../sessions/ports.ts';
import { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import type { Clock } from '../shared/clock.ts';
import { commitRecord } from '../shared/commit-record.ts';
import type { Facts, Write } from '../shared/facts.ts';
import type { CorrelationId, Ids } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import { requireAdmins } from './admins.ts';
import { auditActorOf, type Doer, doerMay, isOperator } from './doer.ts';
import { AccountUnknown, type LastAdmin, NotAllowed } from './failures.ts';
import type { StaffAccounts, Units } from './ports.ts';
import { type StaffAccount, staffAccountSchema } from './staff.ts';

export interface AccountPorts {
  readonly staff: StaffAccounts;
  readonly units: Units;
  readonly sessions: Sessions;
  readonly audit: AuditTrail;
  readonly outbox: Outbox;
  readonly departures: Pick<Departures, 'toNote'>;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
  /** One way only: what is kept of the secret in a link. */
  readonly hash: (secret: string) => string;
  /** For how many days an invitation is good. */
  readonly invitationDays: number;
}

/** A deed on an account or a unit: by whom, and within which request. */
export interface AdminDeed {
  readonly by: Doer;
  readonly correlationId: CorrelationId;
}

/** A deed on what was seen before: refused when it has changed since. */
export interface AdminChange extends AdminDeed {
  readonly version: number;
}

/** The account that somebody wants to change, when they may and nobody was faster. */
export const findToChange = async (
  { staff }: Pick<AccountPorts, 'staff'>,
  email: string,
  { by, version }: AdminChange,
): Promise<Result<StaffAccount, NotAllowed | AccountUnknown | ChangedMeanwhile>> => {
  if (!doerMay(by, 'manage accounts')) return failed(new NotAllowed());
  const account = await staff.find(email);
  if (!account) return failed(new AccountUnknown());
  return account.version === version ? ok(account) : failed(new ChangedMeanwhile());
};

/** A commit holds 100 changes, and nobody works in so many browsers. */
const MOST_SESSIONS = 80;

/** Ends what somebody has open: an account that is closed and opened again is not open where it was. */
export const endSessionsOf = async (
  { sessions }: Pick<AccountPorts, 'sessions'>,
  email: string,
): Promise<readonly Write[]> =>
  (await sessions.ofAccount(email)).slice(0, MOST_SESSIONS).map((session) => sessions.toEnd(session));

export const isOwn = (by: Doer, { email }: Pick<StaffAccount, 'email'>): boolean =>
  !isOperator(by) && by.email === email;

interface AccountChanged {
  readonly deed: string;
  readonly before: StaffAccount | null;
  readonly after: StaffAccount;
  /** Why, as one of some words. */
  readonly reason?: string;
  /** What is stored beside it: a mail, a new unit. */
  readonly besides?: readonly Write[];
}

/**
 * Stores a changed account together with its entry in the trail and what else follows. Refused when whoever does it
 * has lost the right to in the same moment, so that of two admins who suspend each other one stays.
 */
export const commitAccount = async (
  ports: AccountPorts,
  { by, correlationId }: AdminDeed,
  { deed, before, after, reason, besides = [] }: AccountChanged,
): Promise<Result<StaffAccount, NotAllowed | LastAdmin | ChangedMeanwhile>> => {
  const admins = await requireAdmins(ports.staff, by, { before, after });
  if (!admins.ok) return admins;
  return commitRecord(ports.facts, { before, after }, [
    before ? ports.staff.toChange(after) : ports.staff.toAdd(after),
    ...admins.value.map((account) => ports.staff.toRequire(account)),
    ...besides,
    ports.audit.toRecord({
      id: ports.ids.next(),
      at: ports.clock.now(),
      actor: auditActorOf(by),
      deed,
      record: { kind: 'staff-account', id: after.email },
      ...describeChange(staffAccountSchema, before, after),
      change: reason === undefined ? {} : { reason },
      correlationId,
    }),
  ]);
};
