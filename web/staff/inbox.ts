import { staffInbox } from '#build/templates/staff/inbox.njk.js';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { Areas } from '#domain/areas/ports.ts';
import type { Submissions } from '#domain/priorities/ports.ts';
import type { Submission } from '#domain/priorities/submission.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Page } from '#domain/shared/paged.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { may } from '#domain/staff/may.ts';
import { type Reply, showPage } from '../http/reply.ts';
import { actorOf, page, type Route, type Visit } from '../http/route.ts';
import { paths, patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { type AnswerClock, readClock } from './clock.ts';
import type { FindDuty } from './duties.ts';
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

const inboxView = view<{ rows: readonly InboxRow[]; next: string | null; isFirst: boolean }>(staffInbox);

const PAGE_SIZE = 25;

/** The home page counts so many at most; somebody with more than these needs no exact figure. */
const COUNTED = 200;

const readInbox = async (
  { submissions }: InboxPorts,
  actor: Actor,
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

/** What the inbox holds for somebody, for the home page. */
export const submissionsToAnswer =
  (ports: InboxPorts): FindDuty =>
  async (actor, now) => {
    if (!may(actor, 'read submissions')) return null;
    const directory = await ports.areas.directory();
    const { items, next } = await readInbox(ports, actor, directory, { after: null, size: COUNTED });
    const states = items.map((submission) => readClock(submission, now).state);
    const count = (wanted: AnswerClock['state']) => states.filter((state) => state === wanted).length;
    const flagged = items.filter(({ cautions }) => cautions.length > 0).length;
    return {
      heading: { key: next === null ? 'staff.home.open' : 'staff.home.more', count: items.length },
      notes: [
        { key: 'staff.home.flagged', count: flagged, colour: 'orange' },
        { key: 'staff.home.overdue', count: count('overdue'), colour: 'red' },
        { key: 'staff.home.soon', count: count('soon'), colour: 'yellow' },
      ],
      link: { href: paths.inbox, key: 'staff.home.inbox' },
    };
  };

/** What waits for an answer. */
export const inboxRoutes = (ports: InboxPorts): readonly Route[] => [
  page(patterns.inbox, { may: 'read submissions', answer: showInbox(ports) }),
];
