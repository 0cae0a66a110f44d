import type { AreaCode } from '../areas/area.ts';
import type { AreaDirectory } from '../areas/area-directory.ts';
import type { Areas } from '../areas/ports.ts';
import { defaultLanguage, type Mail } from '../mailings/message.ts';
import type { Outbox } from '../mailings/ports.ts';
import { type Clock, londonDate } from '../shared/clock.ts';
import type { Facts } from '../shared/facts.ts';
import type { CorrelationId, Ids } from '../shared/ids.ts';
import { isWorkingDay } from '../shared/working-days.ts';
import type { Notice, Notices } from './ports.ts';

export interface MailAreaDigestsPorts {
  readonly areas: Areas;
  readonly notices: Notices;
  readonly outbox: Outbox;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly fallbackMailbox: string;
}

/** A digest is one transaction: its mail and the removal of each notice that it tells of (100 at most). */
const NOTICES_PER_DIGEST = 99;

/** Notices gathered area by area, cut where a digest would become too large for one transaction. */
async function* gatherDigests(
  waiting: AsyncIterable<Notice>,
): AsyncIterable<{ area: AreaCode; notices: Notice[] }> {
  let gathered: { area: AreaCode; notices: Notice[] } | null = null;
  for await (const notice of waiting) {
    if (gathered && (gathered.area !== notice.area || gathered.notices.length === NOTICES_PER_DIGEST)) {
      yield gathered;
      gathered = null;
    }
    gathered ??= { area: notice.area, notices: [] };
    gathered.notices.push(notice);
  }
  if (gathered) yield gathered;
}

const writeDigest = (
  ports: MailAreaDigestsPorts,
  directory: AreaDirectory,
  { area: code, notices }: { area: AreaCode; notices: readonly Notice[] },
  correlationId: CorrelationId,
): Mail => {
  const area = directory.find(code);
  return {
    id: ports.ids.next(),
    to: (area && directory.teamOf(area)?.mailbox) ?? ports.fallbackMailbox,
    replyTo: null,
    language: defaultLanguage,
    message: {
      kind: 'area-digest',
      area: { code, name: area?.name ?? code },
      submissions: notices.map(({ submission, reference, answerBy, supports }) => ({
        id: submission,
        reference,
        answerBy,
        supports,
      })),
    },
    correlationId,
    postedAt: ports.clock.now(),
  };
};

/**
 * Tells each local team what came in for its area since the last working-day morning, in one mail. On a
 * day that is no working day it does nothing. A digest and the notices that it tells of change together,
 * so running it twice, or again after a crash, tells nothing twice and forgets nothing.
 */
export const mailAreaDigests =
  (ports: MailAreaDigestsPorts) =>
  async (
    correlationId: CorrelationId,
  ): Promise<{ workingDay: boolean; digests: number; submissions: number }> => {
    if (!isWorkingDay(londonDate(ports.clock.now())))
      return { workingDay: false, digests: 0, submissions: 0 };
    const directory = await ports.areas.directory();
    let digests = 0;
    let submissions = 0;
    for await (const gathered of gatherDigests(ports.notices.waiting())) {
      const mail = writeDigest(ports, directory, gathered, correlationId);
      const removals = gathered.notices.map((notice) => ports.notices.toRemove(notice));
      const { refused } = await ports.facts.commit([ports.outbox.toPost(mail), ...removals]);
      // Refused: a run at the same time has told these already, or will tell the rest of them.
      if (refused !== null) continue;
      digests += 1;
      submissions += gathered.notices.length;
    }
    return { workingDay: true, digests, submissions };
  };
