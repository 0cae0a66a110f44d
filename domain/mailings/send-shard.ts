import type { AuditTrail } from '../audit/audit.ts';
import { addSeconds } from '../shared/clock.ts';
import { weekOf } from '../shared/days.ts';
import type { Facts } from '../shared/facts.ts';
import { describeFault } from '../shared/fault.ts';
import type { CorrelationId, Ids } from '../shared/ids.ts';
import type { Delivery, DeliveryCounts } from './delivery.ts';
import type { Mailing } from './mailing.ts';
import { commitMailing } from './mailing-deed.ts';
import type {
  ClaimTerms,
  Leases,
  MailingStep,
  MailingSteps,
  Mailings,
  MailingWork,
} from './mailing-ports.ts';
import { OpenDeliveries } from './open-deliveries.ts';
import { type SendDeliveryPorts, sendDelivery } from './send-delivery.ts';
import { LEASE_SECONDS, type Remaining, STALE_SECONDS, TIME_TO_STOP_MS } from './working-time.ts';

export interface SendShardPorts extends SendDeliveryPorts {
  readonly mailings: Mailings;
  readonly leases: Leases;
  readonly steps: MailingSteps;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly ids: Ids;
  readonly weeklyCap: number;
}

/** The step of one part of a mailing. */
type ShardStep = Omit<MailingStep, 'postedAt' | 'work'> & {
  readonly work: Extract<MailingWork, { kind: 'send' }>;
};

/** While one waits for its places, the others claim: the flow does not stand still in between. */
const LANES = 4;
/** Places that are reserved at once, as a share of a second: few, so that an answer to somebody need not wait long. */
const SHARE_OF_A_SECOND = 1 / 16;
const MOST_AT_ONCE = 25;
const MOMENT_MS = 1_000;

/** How a part came to its end for now. */
type Ended = 'done' | 'later' | 'stopped' | 'quota';

interface Run {
  readonly ports: SendShardPorts;
  readonly mailing: Mailing;
  readonly open: OpenDeliveries;
  readonly remaining: Remaining;
  readonly correlationId: CorrelationId;
  ended: Ended;
  sent: number;
  notSent: number;
  checkedAt: number;
  /** The last look at whether it may go on: who comes while it is under way waits for it. */
  check: Promise<unknown>;
}

const termsOf = ({ clock, weeklyCap }: SendShardPorts): ClaimTerms => {
  const at = clock.now();
  return { at, week: weekOf(at), weeklyCap, staleBefore: addSeconds(at, -STALE_SECONDS) };
};

/** Rows of this worker, claimed. Those that were handed over by a dead one are in doubt, and nobody's any more. */
const claimAll = async (run: Run, rows: readonly Delivery[]): Promise<readonly Delivery[]> => {
  const { ledger, clock } = run.ports;
  const terms = termsOf(run.ports);
  const claims = await Promise.all(
    rows.map(async (row) => {
      if (row.state !== 'handed') return ledger.claim(row, terms);
      await ledger.settle(row.id, 'in-doubt', clock.now(), null);
      return 'elsewhere';
    }),
  );
  run.notSent += claims.filter((claim) => claim === 'suppressed' || claim === 'held').length;
  return rows.filter((_, index) => claims[index] === 'taken');
};

const lookAgain = async (run: Run): Promise<void> => {
  const { mailings, pace } = run.ports;
  const mailing = await mailings.find(run.mailing.id);
  if (mailing?.status !== 'sending') run.ended = 'stopped';
  else if ((await pace.left()) <= 0) run.ended = 'quota';
};

/** Whether the mailing may still be sent: asked about once a second. */
const maySend = async (run: Run): Promise<boolean> => {
  const now = Date.parse(run.ports.clock.now());
  if (Math.abs(now - run.checkedAt) >= MOMENT_MS) {
    run.checkedAt = now;
    run.check = lookAgain(run);
  }
  await run.check;
  return run.ended === 'done';
};

/** One after the other: when a worker dies, as few as it has lanes are in doubt. */
const sendChunk = async (run: Run, rows: readonly Delivery[]): Promise<void> => {
  const mine = await claimAll(run, rows);
  if (mine.length === 0) return;
  const places = await run.ports.pace.reserve(mine.length);
  const send = sendDelivery(run.ports);
  for (const [index, row] of mine.entries()) {
    const sent = await send(run.mailing, row, places[index] ?? 0, run);
    if (sent === 'sent') run.sent += 1;
    else run.notSent += 1;
    if (sent === 'too-late') {
      run.ended = 'later';
      return;
    }
  }
};

const sendInLane = async (run: Run, size: number): Promise<void> => {
  while (run.ended === 'done') {
    if (run.remaining() < TIME_TO_STOP_MS) {
      run.ended = 'later';
      return;
    }
    if (!(await maySend(run))) return;
    const rows = await run.open.take(size);
    if (rows.length === 0) return;
    await sendChunk(run, rows);
  }
};

const closed = (counts: DeliveryCounts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** The mailing is sent when every row is closed, whoever closed the last one. */
const finish = async ({ ports, mailing, correlationId }: Run): Promise<void> => {
  const now = await ports.mailings.find(mailing.id);
  if (now?.status !== 'sending' || now.total === null) return;
  if (closed(await ports.ledger.counts(mailing.id)) < now.total) return;
  const after: Mailing = { ...now, status: 'sent', finishedAt: ports.clock.now() };
  const done = await commitMailing(ports, {
    deed: 'finish mailing',
    by: null,
    correlationId,
    before: now,
    after,
  });
  if (done.ok) ports.log('INFO', 'mailing sent', { mailing: now.id, total: now.total, correlationId });
};

const workThrough = async (run: Run): Promise<void> => {
  const share = Math.floor((await run.ports.pace.perSecond()) * SHARE_OF_A_SECOND);
  const size = Math.min(Math.max(share, 1), MOST_AT_ONCE);
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, () => sendInLane(run, size)));
  const fault = lanes.find((lane) => lane.status === 'rejected');
  if (fault) throw fault.reason;
};

/**
 * Sends to one part of the recipients of a mailing, for as long as this invocation has. Whoever is left is taken on by
 * a step that is posted at the end, or by the job that looks after mailings. Throws when the mail service takes
 * nothing: the step comes again.
 */
export const sendShard =
  (ports: SendShardPorts) =>
  async (step: ShardStep, remaining: Remaining): Promise<void> => {
    const { mailings, leases, clock, ids, log } = ports;
    const { correlationId } = step;
    const { shard } = step.work;
    const mailing = await mailings.find(step.mailing);
    if (mailing?.status !== 'sending') return;
    const [holder, at, part] = [ids.next(), clock.now(), `send-${shard}`];
    if (!(await leases.take(mailing.id, part, { holder, at, until: addSeconds(at, LEASE_SECONDS) }))) return;
    const run: Run = {
      ...{ ports, mailing, remaining, correlationId },
      open: new OpenDeliveries(ports, { mailing: mailing.id, shard }),
      ...{ ended: 'done', sent: 0, notSent: 0, checkedAt: 0, check: Promise.resolve() },
    };
    try {
      await workThrough(run);
    } catch (fault) {
      log('ERROR', 'mailing not sent on', {
        mailing: mailing.id,
        shard,
        fault: describeFault(fault),
        correlationId,
      });
      throw fault;
    } finally {
      await leases.giveBack(mailing.id, part, holder);
    }
    const { ended, sent, notSent } = run;
    log('INFO', 'mailing part sent', { mailing: mailing.id, shard, sent, notSent, ended, correlationId });
    if (ended === 'later' || (ended === 'stopped' && (await isResumed(run)))) await postAgain(ports, step);
    if (ended === 'done') await finish(run);
  };

/** Somebody resumed it while this worker still had its part, and whoever was asked to go on found that and ended. */
const isResumed = async ({ ports, mailing }: Run): Promise<boolean> =>
  (await ports.mailings.find(mailing.id))?.status === 'sending';

const postAgain = async ({ facts, steps, ids, clock }: SendShardPorts, step: ShardStep): Promise<void> => {
  await facts.commit([steps.toPost({ ...step, id: ids.next(), postedAt: clock.now() })]);
};
