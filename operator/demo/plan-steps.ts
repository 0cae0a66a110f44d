import type { Lead, Measure } from '#domain/actions/action.ts';
import { addAction, beginPlan } from '#domain/actions/begin-plan.ts';
import { recordProgress } from '#domain/actions/record-progress.ts';
import { readTimescale } from '#domain/actions/timescale/read-timescale.ts';
import { writeDay } from '#domain/actions/timescale/write-day.ts';
import { addHours, type Instant, type LocalDate, londonDate } from '#domain/shared/clock.ts';
import { addDays } from '#domain/shared/days.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { coordinator } from './accounts.ts';
import { firstId } from './demo-ids.ts';
import { type DemoAction, demoActions } from './plan.ts';
import { CORRELATION, expectOk, portsOf, type Step } from './steps.ts';

const HOURS_PER_DAY = 24;
const PENCE = 100;
const APRIL = 4;

const PLAN = firstId('plan');
const actionId = (key: string): string => firstId(`action ${key}`);

/** The financial year of a day: from 1 April to 31 March. */
const yearOf = (day: LocalDate) => {
  const [year = 0, month = 0] = day.split('-').map(Number);
  const first = month >= APRIL ? year : year - 1;
  const title = `Engagement plan ${first}/${String(first + 1).slice(2)}`;
  return { title, from: `${first}-04-01`, to: `${first + 1}-03-31` };
};

const leadOf = (lead: DemoAction['lead']): Lead =>
  typeof lead === 'string' ? { name: lead, email: null } : { name: lead.post, email: lead.email };

const measureOf = (text: string): Measure => {
  const [words = text, target = null] = text.replace(/\)$/, '').split(' (target: ');
  return { text: words, target, actuals: [] };
};

const doerOf = ({ lead }: DemoAction): Actor => (typeof lead === 'string' ? coordinator : lead);

const beginStep = (at: Instant, today: LocalDate): Step => ({
  at,
  tell: async (store) => {
    if (await store.actionPlans.find(PLAN)) return;
    const deed = { by: coordinator, correlationId: CORRELATION };
    expectOk('plan', await beginPlan(portsOf(store, 'plan', at))(PLAN, yearOf(today), deed));
  },
});

const addStep = (action: DemoAction, at: Instant, today: LocalDate): Step => ({
  at,
  tell: async (store) => {
    const { key, theme, objective, text, priority, commitment, budget, due, measures } = action;
    const step = `action ${key}`;
    if (await store.actions.find(actionId(key))) return;
    const when = typeof due === 'number' ? `By ${writeDay(addDays(today, due))}` : due;
    const { timescale } = readTimescale(when, yearOf(today));
    const draft = {
      ...{ id: actionId(key), theme, objective, text, priority, commitment, timescale },
      leads: [leadOf(action.lead)],
      measures: measures.map(measureOf),
      budget: budget === null ? null : budget * PENCE,
    };
    const deed = { by: coordinator, correlationId: CORRELATION };
    expectOk(step, await addAction(portsOf(store, step, at))(PLAN, draft, deed));
  },
});

const reportSteps = (action: DemoAction, now: Instant): Step[] =>
  action.reports.map(({ daysAgo, standing, text }, index) => {
    const at = addHours(now, -daysAgo * HOURS_PER_DAY);
    return {
      at,
      tell: async (store) => {
        const step = `report ${action.key} ${index}`;
        const found = await store.actions.find(actionId(action.key));
        if (!found || (found.progressAt !== null && found.progressAt >= at)) return;
        const deed = { by: doerOf(action), version: found.version, correlationId: CORRELATION };
        const report = { text, standing, met: [] };
        expectOk(step, await recordProgress(portsOf(store, step, at))(found.id, report, deed));
      },
    };
  });

/** How long before the first report the plan was made, in days. */
const PLANNED_DAYS_AGO = 130;

/** A plan of this financial year, of which some things are done, some late and some not begun. */
export const planSteps = (now: Instant): readonly Step[] => {
  const today = londonDate(now);
  const at = addHours(now, -PLANNED_DAYS_AGO * HOURS_PER_DAY);
  return [
    beginStep(at, today),
    ...demoActions.map((action) => addStep(action, addHours(at, 1), today)),
    ...demoActions.flatMap((action) => reportSteps(action, now)),
  ];
};
