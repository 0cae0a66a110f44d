import type { AuditTrail } from '../audit/audit.ts';
import type { Clock } from '../shared/clock.ts';
import type { Facts } from '../shared/facts.ts';
import type { CorrelationId, Ids } from '../shared/ids.ts';
import type { Mailing } from './mailing.ts';
import { commitMailing, stepsOf } from './mailing-deed.ts';
import type { MailingSteps, Mailings } from './mailing-ports.ts';

export interface MindMailingsPorts {
  readonly mailings: Mailings;
  readonly steps: MailingSteps;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
}

/**
 * Begins the mailings whose time has come, and asks for work on those that are under way: workers that find nothing to
 * do, or somebody else at it, end at once. So nothing stays undone because a worker died, and running it twice does no
 * harm.
 */
export const mindMailings =
  (ports: MindMailingsPorts) =>
  async (correlationId: CorrelationId): Promise<{ readonly begun: number; readonly minded: number }> => {
    const now = ports.clock.now();
    const underWay = await ports.mailings.underWay();
    const due = underWay.filter(({ status, sendAt }) => status === 'scheduled' && (sendAt ?? '') <= now);
    let begun = 0;
    for (const before of due) {
      const after: Mailing = { ...before, status: 'freezing', startedAt: now };
      const done = await commitMailing(ports, {
        ...{ deed: 'begin mailing', by: null, correlationId, before, after },
        besides: stepsOf(ports, after, correlationId),
      });
      begun += done.ok ? 1 : 0;
    }
    const running = underWay.filter(({ status }) => status === 'freezing' || status === 'sending');
    for (const mailing of running) await ports.facts.commit(stepsOf(ports, mailing, correlationId));
    return { begun, minded: running.length };
  };
