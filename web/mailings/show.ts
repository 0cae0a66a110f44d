import { mailingsMailing } from '#build/templates/mailings/mailing.njk.js';
import type { AudienceCount } from '#domain/mailings/count-audience.ts';
import type { Delivery, DeliveryCounts } from '#domain/mailings/delivery.ts';
import { type Mailing, mayBeCancelled } from '#domain/mailings/mailing.ts';
import type { RenderedMail } from '#domain/mailings/ports.ts';
import { type Reply, showPage } from '../http/reply.ts';
import { actorOf, page, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import { namesOfAreas } from './area-choices.ts';
import { exampleArea, findMailing, mayDo, showMail } from './find-mailing.ts';
import type { MailingPagePorts } from './ports.ts';

/** What can be done with a mailing now, by whoever looks at it. */
interface Possible {
  readonly change: boolean;
  readonly send: boolean;
  readonly test: boolean;
  readonly approve: boolean;
  readonly withdraw: boolean;
  readonly pause: boolean;
  readonly resume: boolean;
  readonly cancel: boolean;
  readonly clone: boolean;
}

/** States of recipients that somebody should look at. */
const troubledStates = ['in-doubt', 'bounced', 'complained', 'refused'] as const;
type Troubled = (typeof troubledStates)[number];

/** Some recipients to whom a mailing did not come, or who did not want it. */
interface TroubledShown {
  readonly state: Troubled;
  readonly rows: readonly Delivery[];
  readonly isFirst: boolean;
  readonly next: string | null;
}

interface Progress {
  readonly counts: DeliveryCounts;
  readonly waiting: number;
  /** Handed to the mail service, whatever became of it. */
  readonly sent: number;
  readonly troubledStates: readonly Troubled[];
  readonly troubled: TroubledShown | null;
}

const mailingView = view<{
  mailing: Mailing;
  areaNames: readonly string[];
  possible: Possible;
  /** Waits for somebody else, since whoever looks at it has written or submitted it. */
  isOwnToApprove: boolean;
  seesAddresses: boolean;
  /** Before it is sent. */
  count: AudienceCount | null;
  /** From then on. */
  progress: Progress | null;
  mail: RenderedMail;
  exampleAreaName: string | null;
  done: string | null;
}>(mailingsMailing);

const PAGE_SIZE = 25;
const SAMPLE = 5;

const DONE = [
  'drafted',
  'changed',
  'cloned',
  'tested',
  'submitted',
  'scheduled',
  'started',
  'withdrawn',
  'paused',
  'resumed',
  'cancelled',
];

const isOwn = ({ author, submittedBy }: Mailing, email: string): boolean =>
  [author, submittedBy].includes(email);

/** Whether the people of a mailing are not looked up yet. */
const isBeforeSending = ({ status, total }: Mailing): boolean =>
  total === null && ['draft', 'to-approve', 'scheduled'].includes(status);

const whatIsPossible = (
  mailing: Mailing,
  { plans, approves, email }: { readonly plans: boolean; readonly approves: boolean; readonly email: string },
): Possible => {
  const { status, total } = mailing;
  const is = (...statuses: readonly Mailing['status'][]) => statuses.includes(status);
  return {
    change: plans && is('draft'),
    send: plans && is('draft'),
    test: plans && is('draft', 'to-approve', 'scheduled'),
    approve: approves && is('to-approve') && !isOwn(mailing, email),
    withdraw: plans && is('to-approve', 'scheduled') && total === null,
    pause: plans && is('freezing', 'sending'),
    resume: plans && is('paused'),
    cancel: plans && mayBeCancelled(mailing),
    clone: plans && !is('draft'),
  };
};

const countWaiting = ({ total }: Mailing, counts: DeliveryCounts): number => {
  const settled = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return Math.max(0, (total ?? 0) - settled);
};

const readTroubled = async (
  { ledger }: MailingPagePorts,
  { id }: Mailing,
  counts: DeliveryCounts,
  { query }: Visit,
): Promise<TroubledShown | null> => {
  const asked = troubledStates.find((state) => state === query.get('state'));
  const state = asked ?? troubledStates.find((candidate) => counts[candidate] > 0);
  if (state === undefined) return null;
  const after = asked === undefined ? null : query.get('after');
  const { items, next } = await ledger.troubled(id, state, { after, size: PAGE_SIZE });
  return {
    state,
    rows: items,
    isFirst: after === null,
    next: next && withQuery(paths.mailing(id), { state, after: next }),
  };
};

const readProgress = async (ports: MailingPagePorts, mailing: Mailing, visit: Visit): Promise<Progress> => {
  const counts = await ports.ledger.counts(mailing.id);
  return {
    counts,
    waiting: countWaiting(mailing, counts),
    sent: counts.accepted + counts.delivered + counts.bounced + counts.complained,
    troubledStates: troubledStates.filter((state) => counts[state] > 0),
    troubled: await readTroubled(ports, mailing, counts, visit),
  };
};

const show =
  (ports: MailingPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const mailing = await findMailing(ports, visit);
    const [plans, approves, seesAddresses, directory] = await Promise.all([
      mayDo(ports, visit, 'plan mailings', mailing),
      mayDo(ports, visit, 'approve mailings', mailing),
      mayDo(ports, visit, 'read contact details', mailing),
      ports.areas.directory(),
    ]);
    const { email } = actorOf(visit);
    const before = isBeforeSending(mailing);
    const wasBegun = mailing.total !== null || mailing.startedAt !== null;
    const [count, progress] = await Promise.all([
      before ? ports.mailingDeeds.count(mailing.audience, seesAddresses ? SAMPLE : 0) : null,
      wasBegun ? readProgress(ports, mailing, visit) : null,
    ]);
    const area =
      count?.sample.find((person) => person.area !== null)?.area ?? exampleArea(mailing, directory);
    return showPage(mailingView, {
      mailing,
      areaNames: namesOfAreas(mailing.audience.areas, directory),
      possible: whatIsPossible(mailing, { plans, approves, email }),
      isOwnToApprove: approves && mailing.status === 'to-approve' && isOwn(mailing, email),
      seesAddresses,
      count,
      progress,
      mail: showMail(ports, mailing, area),
      exampleAreaName: area?.name ?? null,
      done: DONE.find((word) => word === visit.query.get('done')) ?? null,
    });
  };

/** One mailing: how it stands, and what can be done with it. */
export const mailingRoutes = (ports: MailingPagePorts): readonly Route[] => [
  page(patterns.mailing, { may: 'read mailings', answer: show(ports) }),
];
