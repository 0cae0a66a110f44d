import { mailingsDeed } from '#build/templates/mailings/deed.njk.js';
import type { AudienceCount } from '#domain/mailings/count-audience.ts';
import type { DeliveryCounts } from '#domain/mailings/delivery.ts';
import { type Mailing, mayBeCancelled } from '#domain/mailings/mailing.ts';
import type { MailingDeed, MailingFailure } from '#domain/mailings/mailing-deed.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Result } from '#domain/shared/result.ts';
import type { StaffAction } from '#domain/staff/may.ts';
import { type FieldError, versionField } from '../forms/form.ts';
import { PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { actorOf, page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { deedOf, findMailing, mayDo } from './find-mailing.ts';
import { answerDeed, doneOf, type LeadsTo, letGoStatuses, stopAsItIs } from './outcome.ts';
import type { MailingPagePorts } from './ports.ts';

type DeedName = 'approve' | 'resume' | 'cancel';

const deedView = view<{
  deed: DeedName;
  mailing: Mailing;
  action: string;
  back: string;
  /** How many people it goes to, as far as that is known. */
  people: AudienceCount | null;
  counts: DeliveryCounts | null;
  /** The time for which it was planned has passed. */
  isLate: boolean;
  errors: readonly FieldError[];
}>(mailingsDeed);

/** One deed on a mailing that is asked about once more: when it can be done, and doing it. */
interface Deed {
  readonly name: DeedName;
  readonly pattern: string;
  readonly action: (id: string) => string;
  readonly may: StaffAction;
  readonly fits: (mailing: Mailing) => boolean;
  readonly act: (
    ports: MailingPagePorts,
    id: Id,
    deed: MailingDeed,
  ) => Promise<Result<Mailing, MailingFailure>>;
  readonly done: (mailing: Mailing) => string;
  readonly leadsTo: (email: string) => LeadsTo;
  /** Mail goes out that nobody can take back. */
  readonly recent?: true;
}

const deeds: readonly Deed[] = [
  {
    name: 'approve',
    pattern: patterns.mailingApprove,
    action: paths.mailingApprove,
    may: 'approve mailings',
    fits: ({ status }) => status === 'to-approve',
    act: ({ mailingDeeds }, id, deed) => mailingDeeds.approve(id, deed),
    done: doneOf,
    leadsTo:
      (email) =>
      ({ approvedBy, status }) =>
        approvedBy === email && letGoStatuses.includes(status),
    recent: true,
  },
  {
    name: 'resume',
    pattern: patterns.mailingResume,
    action: paths.mailingResume,
    may: 'plan mailings',
    fits: ({ status }) => status === 'paused',
    act: async ({ mailingDeeds, ledger }, id, deed) => mailingDeeds.resume(id, await ledger.counts(id), deed),
    done: () => 'resumed',
    leadsTo:
      () =>
      ({ status }) =>
        status === 'freezing' || status === 'sending' || status === 'sent',
    recent: true,
  },
  {
    name: 'cancel',
    pattern: patterns.mailingCancel,
    action: paths.mailingCancel,
    may: 'plan mailings',
    fits: mayBeCancelled,
    act: (ports, id, deed) => stopAsItIs(ports, id, deed, ports.mailingDeeds.cancel),
    done: () => 'cancelled',
    leadsTo:
      () =>
      ({ status }) =>
        status === 'cancelled',
  },
];

const showDeed = async (
  { name, action }: Deed,
  ports: MailingPagePorts,
  visit: Visit,
  mailing: Mailing,
  { errors, status }: { readonly errors: readonly FieldError[]; readonly status?: number },
): Promise<Reply> => {
  const { id, audience, total, sendAt } = mailing;
  const [people, counts] = await Promise.all([
    name === 'approve' && total === null ? ports.mailingDeeds.count(audience, 0) : null,
    total === null ? null : ports.ledger.counts(id),
  ]);
  return showPage(
    deedView,
    {
      deed: name,
      mailing,
      action: action(id),
      back: paths.mailing(id),
      people: total === null ? people : { people: total, isComplete: true, sample: [] },
      counts,
      isLate: sendAt !== null && sendAt <= visit.now,
      errors,
    },
    status,
  );
};

const ask =
  (deed: Deed, ports: MailingPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const mailing = await findMailing(ports, visit);
    if (!(await mayDo(ports, visit, deed.may, mailing))) throw new PageError(403, 'not-allowed');
    if (!deed.fits(mailing)) return redirectTo(paths.mailing(mailing.id));
    return showDeed(deed, ports, visit, mailing, { errors: [] });
  };

const carryOut =
  (deed: Deed, ports: MailingPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const { id } = await findMailing(ports, visit);
    const version = versionField.parse(visit.form.get('version'));
    if (version === 0) throw new PageError(400, 'bad-request');
    const outcome = await deed.act(ports, id, { ...deedOf(visit), version });
    if (!outcome.ok && outcome.error.name === 'OwnMailing') {
      const errors = [{ field: 'form', key: 'mailing.deed.approve.own' as const }];
      return showDeed(deed, ports, visit, await findMailing(ports, visit), { errors, status: 400 });
    }
    return answerDeed(ports, visit, outcome, {
      done: deed.done,
      leadsTo: deed.leadsTo(actorOf(visit).email),
    });
  };

/** What is done to a mailing on a page of its own that says what comes of it. */
export const mailingDeedRoutes = (ports: MailingPagePorts): readonly Route[] =>
  deeds.flatMap((deed) => {
    const answering = { may: deed.may, ...(deed.recent ? { recent: deed.recent } : {}) };
    return [
      page(deed.pattern, { ...answering, answer: ask(deed, ports) }),
      post(deed.pattern, { ...answering, answer: carryOut(deed, ports) }),
    ];
  });
