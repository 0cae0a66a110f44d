import type { AuditTrail } from '../audit/audit.ts';
import type { Clock } from '../shared/clock.ts';
import type { Facts } from '../shared/facts.ts';
import type { CorrelationId, Id, Ids } from '../shared/ids.ts';
import type { AccountSession, Sessions } from './ports.ts';

export interface EndSessionPorts {
  readonly sessions: Sessions;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Whose session is ended, by themselves. */
export interface Ending {
  readonly email: string;
  readonly correlationId: CorrelationId;
}

/** Ends one of somebody's own sessions. False when they have none of that name. */
export const endSession =
  (ports: EndSessionPorts) =>
  async (handle: Id, ending: Ending): Promise<boolean> => {
    const session = (await ports.sessions.ofAccount(ending.email)).find((own) => own.handle === handle);
    if (!session) return false;
    await end(ports, session, ending);
    return true;
  };

/** Ends all sessions of somebody, the one from which it is asked, too. */
export const endAllSessions =
  (ports: EndSessionPorts) =>
  async (ending: Ending): Promise<void> => {
    const sessions = await ports.sessions.ofAccount(ending.email);
    await Promise.all(sessions.map((session) => end(ports, session, ending)));
  };

const end = async (
  { sessions, audit, facts, clock, ids }: EndSessionPorts,
  session: AccountSession,
  { email, correlationId }: Ending,
): Promise<void> => {
  await facts.commit([
    sessions.toEnd(session),
    audit.toRecord({
      id: ids.next(),
      at: clock.now(),
      actor: { kind: 'staff', email },
      deed: 'end session',
      record: { kind: 'session', id: session.handle },
      before: null,
      after: null,
      change: {},
      correlationId,
    }),
  ]);
};
