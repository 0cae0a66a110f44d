import { actionsNewDay } from '#build/templates/actions/new-day.njk.js';
import { actionsNotMine } from '#build/templates/actions/not-mine.njk.js';
import { type Action, isOpen } from '#domain/actions/action.ts';
import { unmetOf } from '#domain/actions/next-due.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import type { Milestone } from '#domain/actions/timescale/timescale.ts';
import { londonDate } from '#domain/shared/clock.ts';
import { type FormModel, readFields, untouched, versionField } from '../forms/form.ts';
import { PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { actorOf, page, param, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { deedOf, type Found, findAction, findToReport } from './find-action.ts';
import { MAX_PROGRESS, readNewDay, reasonForm } from './forms.ts';
import { answerDeed } from './outcome.ts';
import type { ActionPagePorts } from './ports.ts';

type Asked = FormModel & { action: Action; plan: ActionPlan; max: number };

const notMineView = view<Asked>(actionsNotMine);
const newDayView = view<Asked & { milestones: readonly Milestone[] }>(actionsNewDay);

const isMine = ({ leads }: Action, visit: Visit): boolean =>
  leads.some(({ email }) => email === actorOf(visit).email);

const showNotMine = (found: Found, form: FormModel, status?: number): Reply =>
  showPage(notMineView, { ...form, ...found, max: MAX_PROGRESS }, status);

/** The action, when whoever asks is one of its leads: a coordinator names another lead instead. */
const findMine = async (ports: ActionPagePorts, visit: Visit): Promise<Found> => {
  const found = await findToReport(ports, visit);
  if (!isMine(found.action, visit)) throw new PageError(403, 'not-allowed');
  return found;
};

const askNotMine =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const found = await findMine(ports, visit);
    return showNotMine(found, untouched({ version: String(found.action.version) }));
  };

const disown =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const id = param(visit, 'id');
    const by = actorOf(visit).email;
    const isDone = ({ disowned }: Action) => disowned?.by === by;
    const now = await ports.actions.find(id);
    if (now && isDone(now) && !isMine(now, visit))
      return answerDeed({ ok: true, value: now }, now, { id, done: 'disowned', isDone });
    const found = await findMine(ports, visit);
    const read = readFields(reasonForm, visit.form);
    if (!read.ok) return showNotMine(found, read, 400);
    const { version, reason } = read.values;
    const outcome = await ports.actionDeeds.disown(id, reason, { ...deedOf(visit), version });
    return answerDeed(outcome, await ports.actions.find(id), { id, done: 'disowned', isDone });
  };

const showNewDay = (found: Found, form: FormModel, status?: number): Reply =>
  showPage(newDayView, { ...form, ...found, milestones: unmetOf(found.action), max: MAX_PROGRESS }, status);

const askNewDay =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const found = await findToReport(ports, visit);
    const { action } = found;
    const [first] = unmetOf(action);
    if (!isOpen(action) || !first) return redirectTo(paths.action(action.id));
    return showNewDay(found, untouched({ version: String(action.version), due: first.due }));
  };

const propose =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const found = await findToReport(ports, visit);
    const { id } = found.action;
    const read = readNewDay(visit.form, londonDate(visit.now));
    if (!read.ok) return showNewDay(found, read, 400);
    const { version, wanted } = read.values;
    const outcome = await ports.actionDeeds.propose(id, wanted, { ...deedOf(visit), version });
    return answerDeed(outcome, await ports.actions.find(id), {
      ...{ id, done: 'proposed' },
      isDone: ({ proposal }) => proposal?.by === actorOf(visit).email && proposal.newDue === wanted.newDue,
    });
  };

const settle =
  (ports: ActionPagePorts, deed: 'agree' | 'decline') =>
  async (visit: Visit): Promise<Reply> => {
    const { id } = (await findAction(ports, visit)).action;
    const version = versionField.parse(visit.form.get('version'));
    if (version === 0) throw new PageError(400, 'bad-request');
    const outcome = await ports.actionDeeds[deed](id, { ...deedOf(visit), version });
    return answerDeed(outcome, await ports.actions.find(id), {
      ...{ id, done: deed === 'agree' ? 'agreed' : 'declined' },
      isDone: ({ proposal, version: now }) => proposal === null && now === version + 1,
    });
  };

/** Whoever comes back to the address of a button, after signing in again, sees what there is to decide. */
const showAction =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> =>
    redirectTo(paths.action((await findAction(ports, visit)).action.id));

/** What officers ask of coordinators about an action, and what those answer. */
export const askRoutes = (ports: ActionPagePorts): readonly Route[] => [
  page(patterns.actionNotMine, { may: 'report progress', answer: askNotMine(ports) }),
  post(patterns.actionNotMine, { may: 'report progress', answer: disown(ports) }),
  page(patterns.actionNewDay, { may: 'report progress', answer: askNewDay(ports) }),
  post(patterns.actionNewDay, { may: 'report progress', answer: propose(ports) }),
  page(patterns.actionAgree, { may: 'keep action plans', answer: showAction(ports) }),
  post(patterns.actionAgree, { may: 'keep action plans', answer: settle(ports, 'agree') }),
  page(patterns.actionDecline, { may: 'keep action plans', answer: showAction(ports) }),
  post(patterns.actionDecline, { may: 'keep action plans', answer: settle(ports, 'decline') }),
];
