import { actionsEdit } from '#build/templates/actions/edit.njk.js';
import { type Action, actionPriorities, actionStatuses } from '#domain/actions/action.ts';
import { newAction } from '#domain/actions/begin-plan.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { type TickedForm, untouched } from '../forms/form.ts';
import { PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { deedOf, findAction, findPlan } from './find-action.ts';
import { answerDeed, toAction } from './outcome.ts';
import type { ActionPagePorts } from './ports.ts';
import { readEdit, typedOf } from './read-edit.ts';

const editView = view<
  TickedForm & {
    /** Null for one that is being added. */
    action: Action | null;
    plan: ActionPlan;
    /** For a new one: makes pressing twice harmless. */
    id: string;
    where: string;
    back: string;
    statuses: typeof actionStatuses;
    priorities: typeof actionPriorities;
  }
>(actionsEdit);

const choices = { statuses: actionStatuses, priorities: actionPriorities };

const showEdit = (action: Action, plan: ActionPlan, form: TickedForm, status?: number): Reply => {
  const { id } = action;
  const where = { where: paths.actionEdit(id), back: paths.action(id) };
  return showPage(editView, { ...form, ...choices, ...where, action, plan, id }, status);
};

const askEdit =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const { action, plan } = await findAction(ports, visit);
    if (action.carriedTo !== null) return redirectTo(paths.action(action.id));
    return showEdit(action, plan, { ...untouched(typedOf(action)), ticked: [] });
  };

const edit =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const { action, plan } = await findAction(ports, visit);
    const read = await readEdit(visit.form, { before: action, plan, staff: ports.staff });
    const ticked = visit.form.getAll('settled');
    if (!read.ok) return showEdit(action, plan, { ...read, ticked }, 400);
    const outcome = await ports.actionDeeds.edit(action.id, read.edit, {
      ...deedOf(visit),
      version: read.version,
    });
    return answerDeed(outcome, await ports.actions.find(action.id), {
      ...{ id: action.id, done: 'edited' },
      isDone: (now) => now.version === read.version + 1 && now.text === read.edit.text,
    });
  };

const showNew = (plan: ActionPlan, id: string, form: TickedForm, status?: number): Reply => {
  const where = { where: paths.newAction(plan.id), back: paths.actionPlan(plan.id) };
  return showPage(editView, { ...form, ...choices, ...where, action: null, plan, id }, status);
};

const askNew =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await findPlan(ports, visit);
    return showNew(plan, ports.ids.next(), { ...untouched({ status: 'not-started' }), ticked: [] });
  };

const ID = /^[0-9a-f-]{36}$/;

const add =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await findPlan(ports, visit);
    const id = visit.form.get('id') ?? '';
    if (!ID.test(id)) throw new PageError(400, 'bad-request');
    const blank = newAction({ id, plan: plan.id, position: 1, text: '' }, visit.now);
    const read = await readEdit(visit.form, { before: blank, plan, staff: ports.staff });
    if (!read.ok) return showNew(plan, id, { ...read, ticked: [] }, 400);
    const added = await ports.actionDeeds.add(plan.id, { ...read.edit, id }, deedOf(visit));
    // Back in the browser leads to a form that was sent before.
    if (!added.ok && added.error.name === 'ChangedMeanwhile') throw new PageError(409, 'sent-before');
    if (!added.ok) throw new PageError(403, 'not-allowed');
    return toAction(id, 'added');
  };

/** Adding an action to a plan, and changing what a plan says of one. */
export const editRoutes = (ports: ActionPagePorts): readonly Route[] => [
  page(patterns.newAction, { may: 'keep action plans', answer: askNew(ports) }),
  post(patterns.newAction, { may: 'keep action plans', answer: add(ports) }),
  page(patterns.actionEdit, { may: 'keep action plans', answer: askEdit(ports) }),
  post(patterns.actionEdit, { may: 'keep action plans', answer: edit(ports) }),
];
