import type { AuditTrail } from '../audit/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import type { Clock } from '../shared/clock.ts';
import type { Facts } from '../shared/facts.ts';
import type { CorrelationId, Ids } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import { emailAddressSchema } from '../shared/text.ts';
import { type Actor, actorFrom } from './actor.ts';
import type { StaffAccounts, Units, VerifiedIdentity } from './ports.ts';
import { type StaffAccount, staffAccountSchema } from './staff.ts';

export interface SignInPorts {
  readonly staff: StaffAccounts;
  readonly units: Units;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The issuer knows this person, but there is no account here that is in use. */
export class NoAccount {
  readonly name = 'NoAccount';
}

/** The account was not used before its invitation ended: somebody has to invite again. */
export class InvitationEnded {
  readonly name = 'InvitationEnded';
}

/** The address has an account, and that account is bound to somebody else at the issuer. */
export class OtherIdentity {
  readonly name = 'OtherIdentity';
}

export type NotAdmitted = NoAccount | InvitationEnded | OtherIdentity;

/**
 * Lets somebody in who was identified. The first sign-in binds the account to the issuer and the subject; from then on
 * the address alone opens nothing. An address that the issuer did not verify never does.
 */
export const admitStaff =
  (ports: SignInPorts) =>
  async (identity: VerifiedIdentity, correlationId: CorrelationId): Promise<Result<Actor, NotAdmitted>> => {
    const account = await findAccount(ports, identity);
    if (!account || account.status === 'suspended') return failed(new NoAccount());
    const unit = await ports.units.find(account.unit);
    if (!unit) return failed(new NoAccount());
    const now = ports.clock.now();
    if (account.status === 'invited' && (account.invitation?.endsAt ?? '') <= now)
      return failed(new InvitationEnded());
    if (account.identity === null)
      return bind(ports, { account, identity, correlationId }, actorFrom(account, unit));
    const { issuer, subject } = account.identity;
    const isSame = issuer === identity.issuer && subject === identity.subject;
    return isSame ? ok(actorFrom(account, unit)) : failed(new OtherIdentity());
  };

const findAccount = async (
  { staff }: SignInPorts,
  identity: VerifiedIdentity,
): Promise<StaffAccount | null> => {
  const email = emailAddressSchema.safeParse(identity.email ?? '');
  return email.success && identity.emailVerified ? staff.find(email.data) : null;
};

interface Binding {
  readonly account: StaffAccount;
  readonly identity: VerifiedIdentity;
  readonly correlationId: CorrelationId;
}

/** Of two first sign-ins at once, one binds; the other is asked again and finds how it was bound. */
const bind = async (
  ports: SignInPorts,
  { account, identity, correlationId }: Binding,
  actor: Actor,
): Promise<Result<Actor, NotAdmitted>> => {
  const { issuer, subject } = identity;
  const bound: StaffAccount = {
    ...account,
    status: 'active',
    invitation: null,
    identity: { issuer, subject },
  };
  const { refused } = await ports.facts.commit([
    ports.staff.toChange(bound),
    ports.audit.toRecord({
      id: ports.ids.next(),
      at: ports.clock.now(),
      actor: { kind: 'staff', email: account.email },
      deed: 'bind account',
      record: { kind: 'staff-account', id: account.email },
      ...describeChange(staffAccountSchema, account, bound),
      change: {},
      correlationId,
    }),
  ]);
  return refused === null ? ok(actor) : admitStaff(ports)(identity, correlationId);
};
