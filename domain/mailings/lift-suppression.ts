import type { AuditActor, AuditTrail } from '../audit/audit.ts';
import type { Clock } from '../shared/clock.ts';
import type { Facts } from '../shared/facts.ts';
import type { CorrelationId, Ids } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import type { KeyOfRecipient, Suppression, SuppressionReason, Suppressions } from './ports.ts';

export interface LiftSuppressionPorts {
  readonly suppressions: Suppressions;
  readonly keyOfRecipient: KeyOfRecipient;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Nothing of the kind is known of this address. */
export class NotSuppressed {
  readonly name = 'NotSuppressed';
}

/** Who has left comes back by signing up again; this is for mailboxes that work again, and for mistakes. */
export type LiftableReason = Exclude<SuppressionReason, 'unsubscribed'>;

/** Lets an address be written to again. */
export const liftSuppression =
  (ports: LiftSuppressionPorts) =>
  async (
    email: string,
    reason: LiftableReason,
    deed: { readonly actor: AuditActor; readonly correlationId: CorrelationId },
  ): Promise<Result<Suppression, NotSuppressed>> => {
    const { suppressions, keyOfRecipient, audit, facts, clock, ids } = ports;
    const recipient = keyOfRecipient(email);
    const known = await suppressions.find(recipient);
    if (known === null || known[reason] === null) return failed(new NotSuppressed());
    await facts.commit([
      suppressions.toLift(recipient, reason),
      audit.toRecord({
        id: ids.next(),
        at: clock.now(),
        actor: deed.actor,
        deed: 'lift suppression',
        record: { kind: 'suppression', id: recipient },
        before: { [reason]: known[reason] },
        after: { [reason]: null },
        change: {},
        correlationId: deed.correlationId,
      }),
    ]);
    return ok({ ...known, [reason]: null });
  };
