import type { AuditTrail } from '../audit/audit.ts';
import type { Clock } from '../shared/clock.ts';
import type { Facts } from '../shared/facts.ts';
import type { CorrelationId, Id, Ids } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import type { DeliveryCounts } from './delivery.ts';
import type { Mailing } from './mailing.ts';
import { commitMailing } from './mailing-deed.ts';
import type { Ledger, Mailings } from './mailing-ports.ts';
import { defaultLanguage } from './message.ts';
import type { Outbox } from './ports.ts';

export interface PauseTroubledPorts {
  readonly mailings: Mailings;
  readonly ledger: Ledger;
  readonly outbox: Outbox;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/**
 * Above these shares Amazon SES puts an account under review or stops it (5 % bounces, 0.1 % complaints):
 * https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-dg.html
 */
const MOST_BOUNCED = 0.05;
const MOST_COMPLAINED = 0.001;
/** With fewer sent, one full mailbox would be a large share. A complaint is one from the first mail on. */
const ENOUGH_TO_TELL = 20;

/** How many have left, whatever became of them. */
const countSent = ({ accepted, delivered, bounced, complained }: DeliveryCounts): number =>
  accepted + delivered + bounced + complained;

/** Why a mailing has to stop: more than what somebody has seen and accepted; null when it need not. */
export const findTrouble = (
  counts: DeliveryCounts,
  tolerated: Mailing['tolerated'],
): { readonly reason: 'bounces' | 'complaints'; readonly affected: number } | null => {
  const sent = countSent(counts);
  const { bounced, complained } = counts;
  if (complained > tolerated.complained && complained > sent * MOST_COMPLAINED)
    return { reason: 'complaints', affected: complained };
  if (sent >= ENOUGH_TO_TELL && bounced > tolerated.bounced && bounced > sent * MOST_BOUNCED)
    return { reason: 'bounces', affected: bounced };
  return null;
};

/** Stops a mailing of which too much bounces or is complained about, and tells whoever asked for it. */
export const pauseTroubled =
  (ports: PauseTroubledPorts) =>
  async (id: Id, correlationId: CorrelationId): Promise<void> => {
    const before = await ports.mailings.find(id);
    if (before?.status !== 'sending') return;
    const counts = await ports.ledger.counts(id);
    const trouble = findTrouble(counts, before.tolerated);
    if (!trouble) return;
    const { reason, affected } = trouble;
    const after: Mailing = { ...before, status: 'paused', pausedFrom: 'sending', pausedFor: reason };
    const notice = ports.outbox.toPost({
      id: ports.ids.next(),
      to: before.submittedBy ?? before.author,
      replyTo: null,
      language: defaultLanguage,
      message: {
        ...{ kind: 'mailing-paused', mailing: id, subject: before.subject },
        ...{ reason, sent: countSent(counts), affected },
      },
      correlationId,
      postedAt: ports.clock.now(),
    });
    const paused = await commitMailing(ports, {
      ...{ deed: 'pause mailing', by: null, correlationId, before, after },
      besides: [notice],
    });
    if (paused.ok) ports.log('WARN', 'mailing stopped by itself', { mailing: id, reason, correlationId });
  };
