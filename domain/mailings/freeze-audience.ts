import type { AuditTrail } from '../audit/audit.ts';
import { addSeconds, type Clock } from '../shared/clock.ts';
import type { Facts } from '../shared/facts.ts';
import type { Ids } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import type { Audiences } from './audience.ts';
import type { Mailing } from './mailing.ts';
import { commitMailing, stepsOf } from './mailing-deed.ts';
import type {
  FreezingProgress,
  Leases,
  Ledger,
  MailingStep,
  MailingSteps,
  Mailings,
} from './mailing-ports.ts';
import { LEASE_SECONDS, type Remaining, TIME_TO_STOP_MS } from './working-time.ts';

export interface FreezeAudiencePorts {
  readonly mailings: Mailings;
  readonly audiences: Audiences;
  readonly ledger: Ledger;
  readonly progress: FreezingProgress;
  readonly leases: Leases;
  readonly steps: MailingSteps;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly approvalAbove: number;
}

/** So many people are in the memory at once, however many there are in all. */
const PAGE = 100;

type Ended = 'frozen' | 'stopped' | 'later';

/** Enters page after page, and notes after each where to go on: a page that is entered again changes nothing. */
const enterPages = async (
  { mailings, audiences, ledger, progress, clock }: FreezeAudiencePorts,
  { id, audience }: Mailing,
  remaining: Remaining,
): Promise<Ended> => {
  let cursor = await progress.find(id);
  for (;;) {
    if (remaining() < TIME_TO_STOP_MS) return 'later';
    const { recipients, next } = await audiences.page(audience, cursor, PAGE);
    await ledger.enter(id, recipients, clock.now());
    if (next === null) return 'frozen';
    cursor = next;
    await progress.save(id, cursor);
    const now = await mailings.find(id);
    if (now?.status !== 'freezing') return 'stopped';
  }
};

/** What a mailing becomes when it is known to how many it goes. */
const begin = (mailing: Mailing, total: number, { approvalAbove, clock }: FreezeAudiencePorts): Mailing => {
  if (total === 0) return { ...mailing, total, status: 'sent', finishedAt: clock.now() };
  // More have joined since it was asked for.
  if (total > approvalAbove && mailing.approvedBy === null)
    return { ...mailing, total, status: 'to-approve' };
  return { ...mailing, total, status: 'sending' };
};

/**
 * Looks up the audience of a mailing, once, and enters each person in the ledger; then begins to send. What a crash
 * interrupts goes on from the last page; a mailing that was paused meanwhile stops.
 */
export const freezeAudience =
  (ports: FreezeAudiencePorts) =>
  async (step: Omit<MailingStep, 'postedAt'>, remaining: Remaining): Promise<void> => {
    const { mailings, ledger, leases, facts, clock, ids, log } = ports;
    const mailing = await mailings.find(step.mailing);
    if (mailing?.status !== 'freezing') return;
    const [holder, at] = [ids.next(), clock.now()];
    const until = addSeconds(at, LEASE_SECONDS);
    if (!(await leases.take(mailing.id, 'freeze', { holder, at, until }))) return;
    let ended: Ended;
    try {
      ended = await enterPages(ports, mailing, remaining);
    } finally {
      // Also after a fault: the step comes again, and would find somebody at it.
      await leases.giveBack(mailing.id, 'freeze', holder);
    }
    const { correlationId } = step;
    if (ended === 'later') await facts.commit(stepsOf(ports, mailing, correlationId));
    if (ended !== 'frozen')
      return log('INFO', 'audience freezing', { mailing: mailing.id, ended, correlationId });
    const total = await ledger.count(mailing.id);
    const after = begin(mailing, total, ports);
    const done = await commitMailing(ports, {
      ...{ deed: 'freeze audience', by: null, correlationId, before: mailing, after },
      besides: stepsOf(ports, after, correlationId),
    });
    if (done.ok) log('INFO', 'audience frozen', { mailing: mailing.id, total, correlationId });
  };
