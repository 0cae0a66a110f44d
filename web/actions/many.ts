import * as z from 'zod';
import { actionsMany } from '#build/templates/actions/many.njk.js';
import { type Action, type ActionPriority, actionPriorities } from '#domain/actions/action.ts';
import type { ActionEdit } from '#domain/actions/edit-action.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { londonDate } from '#domain/shared/clock.ts';
import { oneLine } from '#domain/shared/text.ts';
import {
  choiceField,
  type FieldError,
  readFields,
  type TickedForm,
  ticksOf,
  untouched,
} from '../forms/form.ts';
import { type Reply, redirectTo, showPage } from '../http/reply.ts';
import { page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { readPounds } from '../render/pounds.ts';
import { view } from '../render/render.ts';
import { deedOf, findPlan } from './find-action.ts';
import { lookAtLeads } from './leads.ts';
import type { ActionPagePorts } from './ports.ts';
import { readLeadLines } from './read-edit.ts';
import { type ActionRow, rowOf } from './rows.ts';

const manyView = view<
  TickedForm & {
    plan: ActionPlan;
    rows: readonly ActionRow[];
    priorities: typeof actionPriorities;
    /** How many were changed, and how many could not be, by the time that the page is shown again. */
    edited: number | null;
    left: number;
  }
>(actionsMany);

const manyForm = z.object({
  priority: choiceField(['', ...actionPriorities], 'action.priority.unknown'),
  leads: z.string(),
  budget: z.string().transform(oneLine),
});

/** What can still be changed. */
const rowsToChange = async (
  ports: ActionPagePorts,
  plan: ActionPlan,
  visit: Visit,
): Promise<readonly ActionRow[]> => {
  const actions = await ports.actions.ofPlan(plan.id);
  const today = londonDate(visit.now);
  const seen = await lookAtLeads(ports, actions);
  return actions
    .filter(({ carriedTo }) => carriedTo === null)
    .map((action) => rowOf(action, plan, today, seen));
};

const numberOf = (visit: Visit, name: string): number | null => {
  const given = visit.query.get(name) ?? '';
  return /^\d{1,5}$/.test(given) ? Number(given) : null;
};

const show = async (
  ports: ActionPagePorts,
  visit: Visit,
  form: TickedForm,
  status?: number,
): Promise<Reply> => {
  const plan = await findPlan(ports, visit);
  const rows = await rowsToChange(ports, plan, visit);
  const counts = { edited: numberOf(visit, 'edited'), left: numberOf(visit, 'left') ?? 0 };
  return showPage(manyView, { ...form, ...counts, plan, rows, priorities: actionPriorities }, status);
};

type ChangeRead =
  | { readonly ok: true; readonly edit: Partial<ActionEdit> }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** What is to be changed about all that are ticked; a field that is left empty changes nothing. */
const readChange = async (ports: ActionPagePorts, posted: URLSearchParams): Promise<ChangeRead> => {
  const read = readFields(manyForm, posted);
  if (!read.ok) return read;
  const { priority, budget: typedBudget } = read.values;
  const leads = await readLeadLines(read.values.leads, ports.staff);
  const budget = readPounds(typedBudget);
  const errors: readonly FieldError[] = [
    ...(leads.error ? [leads.error] : []),
    ...(budget === undefined ? [{ field: 'budget', key: 'action.money.wrong' as const }] : []),
  ];
  const edit: Partial<ActionEdit> = {
    ...(priority === '' ? {} : { priority: priority as ActionPriority }),
    ...(leads.value.length === 0 ? {} : { leads: [...leads.value] }),
    ...(typeof budget === 'number' ? { budget } : {}),
  };
  const isEmpty = errors.length === 0 && Object.keys(edit).length === 0;
  const all = isEmpty ? [{ field: 'priority', key: 'many.nothing' as const }] : errors;
  return all.length > 0 ? { ok: false, errors: all } : { ok: true, edit };
};

/** What is ticked, each with the version that was seen: `id:version`. */
const readTicked = (ticked: readonly string[]): readonly Pick<Action, 'id' | 'version'>[] =>
  ticked.flatMap((tick) => {
    const at = tick.lastIndexOf(':');
    const version = Number(tick.slice(at + 1));
    return at > 0 && Number.isSafeInteger(version) ? [{ id: tick.slice(0, at), version }] : [];
  });

/** What is ticked is of the plan that the page shows, whatever was posted. */
const ofThisPlan = async (
  ports: ActionPagePorts,
  plan: ActionPlan,
  chosen: readonly Pick<Action, 'id' | 'version'>[],
) => {
  const ids = new Set((await ports.actions.ofPlan(plan.id)).map(({ id }) => id));
  return chosen.filter(({ id }) => ids.has(id));
};

const change =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await findPlan(ports, visit);
    const ticked = ticksOf(visit.form, 'actions');
    const read = await readChange(ports, visit.form);
    const errors: readonly FieldError[] = [
      ...(ticked.length === 0 ? [{ field: 'actions', key: 'many.none' as const }] : []),
      ...(read.ok ? [] : read.errors),
    ];
    if (!read.ok || errors.length > 0)
      return show(ports, visit, { typed: Object.fromEntries(visit.form), ticked, errors }, 400);
    const { edited, left } = await ports.actionDeeds.editMany(
      await ofThisPlan(ports, plan, readTicked(ticked)),
      read.edit,
      deedOf(visit),
    );
    const counts = { edited: String(edited.length), left: String(left.length) };
    return redirectTo(withQuery(paths.actionPlanMany(plan.id), counts));
  };

/** Priority, cost and leads of many actions at once, as at the turn of the financial year. */
export const manyRoutes = (ports: ActionPagePorts): readonly Route[] => [
  page(patterns.actionPlanMany, {
    may: 'keep action plans',
    answer: (visit) => show(ports, visit, { ...untouched(), ticked: [] }),
  }),
  post(patterns.actionPlanMany, { may: 'keep action plans', isLong: true, answer: change(ports) }),
];
