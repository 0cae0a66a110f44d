import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { Areas } from '#domain/areas/ports.ts';
import type { Submissions } from '#domain/priorities/ports.ts';
import type { Submission } from '#domain/priorities/submission.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Page } from '#domain/shared/paged.ts';
import { may } from '#domain/staff/may.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import { type Reply, showPage } from '../http/reply.ts';
import { actorOf, page, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { type AnswerClock, readClock } from './clock.ts';
import { boroughsInReach } from './reach.ts';

export interface InboxPorts {
  readonly areas: Areas;
  readonly submissions: Submissions;
}

interface InboxRow {
  readonly submission: Submission;
  readonly areaName: string;
  readonly clock: AnswerClock;
}

const inboxView = view<{ rows: readonly InboxRow[]; next: string | null; isFirst: boolean }>(
  'staff/inbox.njk',
);

const homeView = view<{
  unit: string;
  /** Null for those who have no inbox. */
  inbox: { open: number; isMore: boolean; overdue: number; soon: number; flagged: number } | null;
}>('staff/home.njk');

const PAGE_SIZE = 25;

/** The home page counts so many at most; somebody with more than these needs no exact figure. */
const COUNTED = 200;

const readInbox = async (
  { submissions }: InboxPorts,
  actor: StaffAccount,
  directory: AreaDirectory,
  wanted: Page,
) => {
  const boroughs = boroughsInReach(actor, 'read submissions', directory).map((borough) => borough.code);
  const { items, next } = await submissions.inbox(boroughs, wanted);
  return { items: items.filter((submission) => may(actor, 'read submissions', submission)), next };
};

const toRow =
  (directory: AreaDirectory, now: Instant) =>
  (submission: Submission): InboxRow => ({
    submission,
    areaName: directory.find(submission.area)?.name ?? submission.area,
    clock: readClock(submission, now),
  });

const showInbox =
  (ports: InboxPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const directory = await ports.areas.directory();
    const after = visit.query.get('after');
    const { items, next } = await readInbox(ports, actorOf(visit), directory, { after, size: PAGE_SIZE });
    return showPage(inboxView, {
      rows: items.map(toRow(directory, visit.now)),
      next,
      isFirst: after === null,
    });
  };

const showHome =
  (ports: InboxPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const actor = actorOf(visit);
    if (!may(actor, 'read submissions')) return showPage(homeView, { unit: actor.unit, inbox: null });
    const directory = await ports.areas.directory();
    const { items, next } = await readInbox(ports, actor, directory, { after: null, size: COUNTED });
    const states = items.map((submission) => readClock(submission, visit.now).state);
    const count = (wanted: AnswerClock['state']) => states.filter((state) => state === wanted).length;
    return showPage(homeView, {
      unit: actor.unit,
      inbox: {
        open: items.length,
        isMore: next !== null,
        overdue: count('overdue'),
        soon: count('soon'),
        flagged: items.filter(({ cautions }) => cautions.length > 0).length,
      },
    });
  };

/** What waits for staff. */
export const inboxRoutes = (ports: InboxPorts): readonly Route[] => [
  page(patterns.staffHome, { may: 'see the staff pages', answer: showHome(ports) }),
  page(patterns.inbox, { may: 'read submissions', answer: showInbox(ports) }),
];
