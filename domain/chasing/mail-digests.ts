import { type ChaseDigest, defaultLanguage } from '../mailings/message.ts';
import { addHours, type LocalDate } from '../shared/clock.ts';
import type { CorrelationId } from '../shared/ids.ts';
import { remember } from '../shared/remember.ts';
import type { ChasePorts } from './chase-ports.ts';
import type { DigestLine, OpenDigest } from './digest.ts';
import { condense, describeLine, inOrder, stillHolds } from './digest-items.ts';
import { dutyIdOf } from './duty.ts';
import { ATTEMPTS, type Run, StillBusy } from './say-stages.ts';

/** More would make a mail that nobody reads; the page has them all. */
const LISTED = 50;
const AT_ONCE = 20;

const readLive = async (
  { digests, duties }: Pick<ChasePorts, 'digests' | 'duties'>,
  digest: OpenDigest,
): Promise<readonly DigestLine[]> => {
  const lines: DigestLine[] = [];
  for await (const line of digests.linesOf(digest)) lines.push(line);
  const live: DigestLine[] = [];
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    const some = lines.slice(at, at + AT_ONCE);
    const now = await Promise.all(some.map((line) => duties.find(line)));
    live.push(...some.filter((line, index) => stillHolds(line, now[index] ?? null)));
  }
  return inOrder(condense(live));
};

/** What is due in parts is one thing to whoever has to do it. */
const countSubjects = (lines: readonly DigestLine[]): number =>
  new Set(lines.map(({ section, subject }) => `${section} ${subject}`)).size;

/** Somebody may come to a reminder late; after so long, nobody asks any more to whom it was written. */
const HOURS_OF_LINK = 60 * 24;

const signLink = ({ mailTokens, keyOfRecipient, clock }: ChasePorts, receiver: string): Promise<string> =>
  mailTokens.sign('reminder', keyOfRecipient(receiver), addHours(clock.now(), HOURS_OF_LINK));

const writeDigest = async (
  ports: ChasePorts,
  receiver: string,
  lines: readonly DigestLine[],
  today: LocalDate,
): Promise<ChaseDigest> => {
  const items = await Promise.all(
    lines.slice(0, LISTED).map((line) => describeLine(ports.describeSubject, line)),
  );
  const yours = lines.filter(({ section }) => section === 'yours');
  const counted = yours.length > 0 ? yours : lines;
  return {
    kind: 'chase-digest',
    day: today,
    reminder: await signLink(ports, receiver),
    items: items.filter((item) => item !== null),
    more: Math.max(0, lines.length - LISTED),
    yours: countSubjects(yours),
    total: countSubjects(lines),
    overdue: countSubjects(counted.filter(({ due }) => due < today)),
  };
};

/** Mails the open digest of one receiver, unless they had one today; true when a mail was posted. */
const mailDigest = async (
  ports: ChasePorts,
  { today, receivers }: Run,
  receiver: string,
  correlationId: CorrelationId,
): Promise<boolean> => {
  const isThere = receiver === ports.fallbackMailbox || (await receivers.isReachable(receiver));
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const digest = await ports.digests.open(receiver);
    if (digest.lines === 0 || digest.lastMailedOn === today) return false;
    // What somebody is told who has gone since is told to the coordinators by their departure.
    const lines = isThere ? await readLive(ports, digest) : [];
    const isEmpty = lines.length === 0;
    const mail = isEmpty
      ? null
      : {
          id: ports.ids.next(),
          to: receiver,
          replyTo: null,
          language: defaultLanguage,
          message: await writeDigest(ports, receiver, lines, today),
          correlationId,
          postedAt: ports.clock.now(),
        };
    const { refused } = await ports.facts.commit([
      ports.digests.toClose(digest, isEmpty ? null : today),
      ...(mail ? [ports.outbox.toPost(mail)] : []),
    ]);
    if (refused === null) return !isEmpty;
  }
  throw new StillBusy();
};

/**
 * Mails everybody what has been gathered for them, in one mail a day. What was answered since is left out. The mail and
 * the closing of the digest are one transaction: a run that is broken off leaves the rest for the next one.
 */
export const mailDigests = async (
  ports: ChasePorts,
  run: Run,
  correlationId: CorrelationId,
): Promise<number> => {
  const about = remember(ports.describeSubject, dutyIdOf);
  const remembering = { ...ports, describeSubject: about };
  // The index may be behind what this run has added.
  const receivers = new Set(run.desk.touched);
  for await (const { receiver } of ports.digests.waiting()) receivers.add(receiver);
  let mails = 0;
  for (const receiver of receivers) {
    await run.attempt(async () => {
      mails += (await mailDigest(remembering, run, receiver, correlationId)) ? 1 : 0;
    });
  }
  return mails;
};
