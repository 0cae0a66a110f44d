import type { Clock } from '../shared/clock.ts';
import type { Facts } from '../shared/facts.ts';
import type { CorrelationId, Id, Ids } from '../shared/ids.ts';
import type { Mailing } from './mailing.ts';
import type { HeldMailing, HeldMailings, Mailings } from './mailing-ports.ts';
import type { WeeklyDigest } from './message.ts';
import { makeOptOut } from './opt-out.ts';
import type { MailTokens, Outbox } from './ports.ts';

export interface MailWeeklyDigestsPorts {
  readonly held: HeldMailings;
  readonly mailings: Mailings;
  readonly outbox: Outbox;
  readonly mailTokens: MailTokens;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** More would make a mail that nobody reads; what is left waits for the next one. */
const ITEMS = 10;
/** An item of the table holds 400 KB, and the digest lies in one until it is sent. */
const MOST_BYTES = 200_000;

/** What is held for one person after the other; each at most once a run. */
async function* gatherByPerson(waiting: AsyncIterable<HeldMailing>): AsyncIterable<readonly HeldMailing[]> {
  let gathered: HeldMailing[] = [];
  for await (const held of waiting) {
    if (gathered[0] && gathered[0].recipient !== held.recipient) {
      yield gathered;
      gathered = [];
    }
    gathered.push(held);
  }
  if (gathered.length > 0) yield gathered;
}

/** Mailings are read once however many people get them. */
const remembering = (mailings: Mailings): ((id: Id) => Promise<Mailing | null>) => {
  const known = new Map<Id, Promise<Mailing | null>>();
  return (id) => {
    const found = known.get(id) ?? mailings.find(id);
    known.set(id, found);
    return found;
  };
};

interface Gathered {
  readonly held: HeldMailing;
  /** Null when nothing is told of it any more: it is gone, or was ended for good. */
  readonly mailing: Mailing | null;
}

/** What is held for one person, with what it says; what is paused waits until somebody has decided on it. */
const lookUp = async (
  find: (id: Id) => Promise<Mailing | null>,
  all: readonly HeldMailing[],
): Promise<readonly Gathered[]> => {
  const gathered = await Promise.all(
    all.map(async (held) => {
      const mailing = await find(held.mailing);
      return { held, mailing, isPaused: mailing?.status === 'paused' };
    }),
  );
  return gathered
    .filter(({ isPaused }) => !isPaused)
    .map(({ held, mailing }) => ({ held, mailing: mailing?.status === 'cancelled' ? null : mailing }));
};

const bytesOf = ({ mailing }: Gathered): number => new TextEncoder().encode(mailing?.source ?? '').length;

/** As many as fit into one digest, the first in any case. */
const cutToFit = (all: readonly Gathered[]): readonly Gathered[] => {
  let bytes = 0;
  const fitting: Gathered[] = [];
  for (const one of all.slice(0, ITEMS)) {
    bytes += bytesOf(one);
    if (fitting.length > 0 && bytes > MOST_BYTES) break;
    fitting.push(one);
  }
  return fitting;
};

const itemsOf = (told: readonly Gathered[]): WeeklyDigest['items'] =>
  told.flatMap(({ held: { area }, mailing }) =>
    mailing ? [{ subject: mailing.subject, source: mailing.source, area }] : [],
  );

/**
 * Tells each person, in one mail, what was held over for them since the last digest. The mail and what it tells of
 * change together, so running it twice, or again after a crash, tells nothing twice and forgets nothing.
 */
export const mailWeeklyDigests =
  (ports: MailWeeklyDigestsPorts) =>
  async (correlationId: CorrelationId): Promise<{ readonly digests: number; readonly mailings: number }> => {
    const find = remembering(ports.mailings);
    let [digests, mailings] = [0, 0];
    for await (const all of gatherByPerson(ports.held.waiting())) {
      const told = cutToFit(await lookUp(find, all));
      const [first] = told;
      if (!first) continue;
      const { email, language, recipient } = first.held;
      const items = itemsOf(told);
      const mail = ports.outbox.toPost({
        id: ports.ids.next(),
        to: email,
        replyTo: null,
        language,
        message: { kind: 'weekly-digest', items, optOut: await makeOptOut(ports, recipient) },
        correlationId,
        postedAt: ports.clock.now(),
      });
      const removals = told.map(({ held }) => ports.held.toRemove(held));
      const { refused } = await ports.facts.commit([...(items.length > 0 ? [mail] : []), ...removals]);
      // Refused: a run at the same time has told these already.
      if (refused !== null) continue;
      digests += items.length > 0 ? 1 : 0;
      mailings += items.length;
    }
    return { digests, mailings };
  };
