import { actionsOtherAccount } from '#build/templates/actions/other-account.njk.js';
import { actionsProgress } from '#build/templates/actions/progress.njk.js';
import type { Action } from '#domain/actions/action.ts';
import { mayWithAction } from '#domain/actions/action-deed.ts';
import { unmetOf } from '#domain/actions/next-due.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import type { Milestone } from '#domain/actions/timescale/timescale.ts';
import { readFields, type TickedForm, ticksOf, untouched } from '../forms/form.ts';
import { PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { actorOf, page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { deedOf, type Found, findAction, findToReport } from './find-action.ts';
import { MAX_PROGRESS, progressForm, standings } from './forms.ts';
import { toAction } from './outcome.ts';
import type { ActionPagePorts } from './ports.ts';

const progressView = view<
  TickedForm & {
    action: Action;
    plan: ActionPlan;
    /** Asked only where there are several: with one, "It is done" says it. */
    milestones: readonly Milestone[];
    /** Whether it is led by whoever asks, and whether something of it has a day that could be another. */
    isMine: boolean;
    canMove: boolean;
    standings: typeof standings;
    max: number;
  }
>(actionsProgress);

const showForm = (visit: Visit, { action, plan }: Found, form: TickedForm, status?: number): Reply => {
  const unmet = unmetOf(action);
  const milestones = unmet.length > 1 ? unmet : [];
  const isMine = action.leads.some(({ email }) => email === actorOf(visit).email);
  const canMove = unmet.length > 0 && action.proposal === null;
  return showPage(
    progressView,
    { ...form, action, plan, milestones, isMine, canMove, standings, max: MAX_PROGRESS },
    status,
  );
};

const canReport = ({ carriedTo, status }: Action): boolean => carriedTo === null && status !== 'dropped';

const otherView = view<{ action: Action; plan: ActionPlan; post: string }>(actionsOtherAccount);

/**
 * Whether somebody has come by the link of a reminder that was written to somebody else: it was passed on, or this is
 * another of their accounts.
 */
const isForSomebodyElse = async (
  { mailTokens, keyOfRecipient }: ActionPagePorts,
  visit: Visit,
): Promise<boolean> => {
  const reader = await mailTokens.read('reminder', visit.query.get('reminder') ?? '');
  return reader !== null && reader !== keyOfRecipient(actorOf(visit).email);
};

const ask =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const all = await findAction(ports, visit);
    if (
      !mayWithAction(actorOf(visit), 'report progress', all.action) &&
      (await isForSomebodyElse(ports, visit))
    )
      return showPage(otherView, { ...all, post: actorOf(visit).post }, 403);
    const found = await findToReport(ports, visit);
    const { id, version } = found.action;
    if (!canReport(found.action)) return redirectTo(paths.action(id));
    return showForm(visit, found, { ...untouched({ version: String(version) }), ticked: [] });
  };

/** Whether the newest report is this one, by whoever sends it again. */
const wasSent = async ({ progressEntries }: ActionPagePorts, id: string, text: string, by: string) => {
  const { items } = await progressEntries.of(id, { after: null, size: 1 });
  return items[0]?.text === text && items[0]?.by === by;
};

const report =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const found = await findToReport(ports, visit);
    const { id } = found.action;
    const read = readFields(progressForm, visit.form);
    const met = ticksOf(visit.form, 'met');
    if (!read.ok) return showForm(visit, found, { ...read, ticked: met }, 400);
    const { version, text, standing } = read.values;
    const done = await ports.actionDeeds.report(id, { text, standing, met }, { ...deedOf(visit), version });
    if (done.ok || (await wasSent(ports, id, text, actorOf(visit).email))) return toAction(id, 'reported');
    if (done.error.name !== 'ChangedMeanwhile') throw new PageError(403, 'not-allowed');
    // Nothing of it is lost: what was typed is shown again over what holds now.
    const now = await findToReport(ports, visit);
    const typed = { text, standing, version: String(now.action.version) };
    return showForm(
      visit,
      now,
      { typed, ticked: met, errors: [{ field: 'text', key: 'progress.changed' }] },
      409,
    );
  };

/** Telling how an action goes: two fields, for a phone. */
export const reportRoutes = (ports: ActionPagePorts): readonly Route[] => [
  page(patterns.actionProgress, { may: 'report progress', answer: ask(ports) }),
  post(patterns.actionProgress, { may: 'report progress', answer: report(ports) }),
];
