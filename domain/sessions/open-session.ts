import type { AuditTrail } from '../audit/audit.ts';
import type { Clock, Instant } from '../shared/clock.ts';
import type { Facts } from '../shared/facts.ts';
import type { CorrelationId, Ids } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import type { Actor } from '../staff/actor.ts';
import { type GroupRoles, rolesOfGroups } from '../staff/granted-roles.ts';
import type { ProvenIdentity } from '../staff/ports.ts';
import type { Device } from './device.ts';
import type { Sessions } from './ports.ts';
import { isAsAsked, type Session, type SignedIn } from './session.ts';

export interface OpenSessionPorts {
  readonly sessions: Sessions;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly groupRoles: GroupRoles;
}

export interface Opening {
  readonly actor: Actor;
  readonly identity: Pick<ProvenIdentity, 'provenAt' | 'groups'>;
  readonly device: Device;
  readonly correlationId: CorrelationId;
}

/**
 * Opens a session for somebody who was admitted, with what the groups at the issuer add for as long as it lasts. Its
 * id and its form token are new: those of a visit before the sign-in are worth nothing after it.
 */
export const openSession =
  (ports: OpenSessionPorts) =>
  async (opening: Opening): Promise<Session> => {
    const now = ports.clock.now();
    const session = {
      id: ports.ids.secret(),
      csrf: ports.ids.secret(),
      staff: opening.actor.email,
      signedIn: { handle: ports.ids.next(), ...describe(ports, opening) },
      startedAt: now,
      seenAt: now,
      pendingSignIn: null,
    };
    await ports.facts.commit([
      ports.sessions.toOpen(session),
      toRecord(ports, opening, session, 'sign in', now),
    ]);
    return session;
  };

/** The proof is somebody else's, or too old, or the session has ended: nothing was renewed. */
export class ProofRefused {
  readonly name = 'ProofRefused';
}

/**
 * Notes that the person of a session has proved again who they are. The session goes on under another id, so that one
 * that was stolen has no part in it; its form token stays, so that a form that is open in another tab can still be
 * sent; it ends when it would have ended.
 */
export const renewSession =
  (ports: OpenSessionPorts) =>
  async (session: Session, askedAt: Instant, opening: Opening): Promise<Result<Session, ProofRefused>> => {
    const now = ports.clock.now();
    const { provenAt } = opening.identity;
    if (session.signedIn === null || session.staff !== opening.actor.email) return failed(new ProofRefused());
    if (provenAt === null || !isAsAsked(provenAt, { askedAt, maxAgeSeconds: 0 }))
      return failed(new ProofRefused());
    const renewed = {
      ...session,
      id: ports.ids.secret(),
      staff: session.staff,
      signedIn: { ...session.signedIn, ...describe(ports, opening) },
      seenAt: now,
      pendingSignIn: null,
    };
    const { refused } = await ports.facts.commit([
      ports.sessions.toOpen(renewed, session.id),
      toRecord(ports, opening, renewed, 'confirm identity', now),
    ]);
    return refused === null ? ok(renewed) : failed(new ProofRefused());
  };

/** A proof counts from now at the latest, whatever the issuer's clock says. */
const describe = (
  { groupRoles, clock }: OpenSessionPorts,
  { actor, identity, device }: Opening,
): Omit<SignedIn, 'handle'> => {
  const now = clock.now();
  const { provenAt } = identity;
  return {
    device,
    provenAt: provenAt !== null && provenAt > now ? now : provenAt,
    grantedRoles: rolesOfGroups(groupRoles, identity.groups).filter((role) => !actor.roles.includes(role)),
  };
};

const toRecord = (
  { audit, ids }: OpenSessionPorts,
  { actor, correlationId }: Opening,
  { signedIn }: { readonly signedIn: SignedIn },
  deed: 'sign in' | 'confirm identity',
  at: Instant,
) =>
  audit.toRecord({
    id: ids.next(),
    at,
    actor: { kind: 'staff', email: actor.email },
    deed,
    record: { kind: 'session', id: signedIn.handle },
    before: null,
    after: null,
    change: { grantedRoles: signedIn.grantedRoles.join(' ') },
    correlationId,
  });
