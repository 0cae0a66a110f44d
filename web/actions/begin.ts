import * as z from 'zod';
import { actionsNewPlan } from '#build/templates/actions/new-plan.njk.js';
import type { PlanDraft } from '#domain/actions/begin-plan.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import { addDays } from '#domain/shared/days.ts';
import { oneLine } from '#domain/shared/text.ts';
import { type FieldError, type FormModel, readFields, textField, untouched } from '../forms/form.ts';
import { readDay } from '../forms/read-day.ts';
import { PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import { deedOf, findPlan } from './find-action.ts';
import type { ActionPagePorts } from './ports.ts';

const MAX_TITLE = 200;

const planView = view<FormModel & { plan: ActionPlan | null; id: string; where: string; back: string }>(
  actionsNewPlan,
);

const titleForm = z.object({
  title: textField({ max: MAX_TITLE, empty: 'newPlan.title.empty', long: 'newPlan.title.long' }).transform(
    oneLine,
  ),
});

const dayOf = (posted: URLSearchParams, name: string) =>
  readDay({
    day: oneLine(posted.get(`${name}-day`) ?? ''),
    month: oneLine(posted.get(`${name}-month`) ?? ''),
    year: oneLine(posted.get(`${name}-year`) ?? ''),
  });

type DraftRead = { readonly ok: true; readonly draft: PlanDraft } | ({ readonly ok: false } & FormModel);

/** Reads the title and the period of a plan: at most five years. */
export const readPlanDraft = (posted: URLSearchParams): DraftRead => {
  const read = readFields(titleForm, posted);
  const [from, to] = [dayOf(posted, 'from'), dayOf(posted, 'to')];
  const errors: FieldError[] = read.ok ? [] : [...read.errors];
  if (from === null) errors.push({ field: 'from-day', key: 'newPlan.from.wrong' });
  if (to === null) errors.push({ field: 'to-day', key: 'newPlan.to.wrong' });
  if (from !== null && to !== null && (to <= from || to > addDays(from, MAX_DAYS)))
    errors.push({ field: 'to-day', key: 'newPlan.to.order' });
  if (!read.ok || from === null || to === null || errors.length > 0)
    return { ok: false, typed: Object.fromEntries(posted), errors };
  return { ok: true, draft: { title: read.values.title, from, to } };
};

const MAX_DAYS = 5 * 366;

const ID = /^[0-9a-f-]{36}$/;

const showNew = (id: string, form: FormModel, status?: number): Reply =>
  showPage(
    planView,
    { ...form, plan: null, id, where: paths.newActionPlan, back: paths.actionPlans },
    status,
  );

/** What makes one plan of two: the import merges a file into the plan of the same title and period. */
const isSamePlan = (one: PlanDraft, other: PlanDraft): boolean =>
  one.title.toLowerCase() === other.title.toLowerCase() && one.from === other.from && one.to === other.to;

const begin =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const id = visit.form.get('id') ?? '';
    if (!ID.test(id)) throw new PageError(400, 'bad-request');
    const read = readPlanDraft(visit.form);
    if (!read.ok) return showNew(id, read, 400);
    const same = (await ports.actionPlans.list()).find((plan) => isSamePlan(plan, read.draft));
    if (same && same.id !== id) {
      const errors: readonly FieldError[] = [{ field: 'title', key: 'newPlan.title.there' }];
      return showNew(id, { typed: Object.fromEntries(visit.form), errors }, 400);
    }
    const begun = await ports.actionDeeds.begin(id, read.draft, deedOf(visit));
    if (!begun.ok && begun.error.name === 'ChangedMeanwhile') throw new PageError(409, 'sent-before');
    if (!begun.ok) throw new PageError(403, 'not-allowed');
    return redirectTo(withQuery(paths.actionPlan(id), { done: 'begun' }));
  };

const showCarryOver = (plan: ActionPlan, form: FormModel, status?: number): Reply =>
  showPage(
    planView,
    { ...form, plan, id: '', where: paths.actionPlanCarryOver(plan.id), back: paths.actionPlan(plan.id) },
    status,
  );

const daysTyped = (name: string, day: LocalDate): Readonly<Record<string, string>> => {
  const [year, month, date] = day.split('-').map(Number);
  return {
    [`${name}-day`]: String(date),
    [`${name}-month`]: String(month),
    [`${name}-year`]: String(year),
  };
};

/** What the form of a plan shows of one that there is. */
export const typedOfPlan = ({ title, from, to }: PlanDraft): Readonly<Record<string, string>> => ({
  title,
  ...daysTyped('from', from),
  ...daysTyped('to', to),
});

/** The year after: what most people want when they carry a plan over. */
const nextYear = ({ title, to }: ActionPlan): Readonly<Record<string, string>> => {
  const end = `${Number(to.slice(0, 'yyyy'.length)) + 1}${to.slice('yyyy'.length)}`;
  return typedOfPlan({ title, from: addDays(to, 1), to: end });
};

const askCarryOver =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await findPlan(ports, visit);
    return showCarryOver(plan, untouched(nextYear(plan)));
  };

const carryOver =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await findPlan(ports, visit);
    const read = readPlanDraft(visit.form);
    if (!read.ok) return showCarryOver(plan, read, 400);
    if (read.draft.from <= plan.from) {
      const errors: readonly FieldError[] = [{ field: 'from-day', key: 'carryOver.from.early' }];
      return showCarryOver(plan, { typed: Object.fromEntries(visit.form), errors }, 400);
    }
    const carried = await ports.actionDeeds.carryOver(plan.id, read.draft, deedOf(visit));
    if (!carried.ok) throw new PageError(403, 'not-allowed');
    return redirectTo(withQuery(paths.actionPlan(carried.value.id), { done: 'carried-over' }));
  };

/** Beginning a plan: an empty one, or the next year's with what is left of this one. */
export const beginRoutes = (ports: ActionPagePorts): readonly Route[] => [
  page(patterns.newActionPlan, {
    may: 'keep action plans',
    answer: () => showNew(ports.ids.next(), untouched()),
  }),
  post(patterns.newActionPlan, { may: 'keep action plans', answer: begin(ports) }),
  page(patterns.actionPlanCarryOver, { may: 'keep action plans', answer: askCarryOver(ports) }),
  post(patterns.actionPlanCarryOver, { may: 'keep action plans', answer: carryOver(ports) }),
];
