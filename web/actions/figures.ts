import * as z from 'zod';
import { actionsFigures } from '#build/templates/actions/figures.njk.js';
import type { Action } from '#domain/actions/action.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { countCharacters, oneLine } from '#domain/shared/text.ts';
import {
  type FieldError,
  type FormModel,
  readFields,
  textField,
  untouched,
  versionField,
} from '../forms/form.ts';
import { type Reply, redirectTo, showPage } from '../http/reply.ts';
import { page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { deedOf, type Found, findToReport } from './find-action.ts';
import { answerDeed } from './outcome.ts';
import type { ActionPagePorts } from './ports.ts';

const figuresView = view<FormModel & { action: Action; plan: ActionPlan }>(actionsFigures);

const MAX_PERIOD = 40;
const MAX_FIGURE = 100;

const figuresForm = z.object({
  version: versionField,
  period: textField({
    max: MAX_PERIOD,
    empty: 'figures.period.empty',
    long: 'figures.period.long',
  }).transform(oneLine),
});

const fieldOf = (at: number): string => `figure-${at}`;

const show = (found: Found, form: FormModel, status?: number): Reply =>
  showPage(figuresView, { ...form, ...found }, status);

const ask =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const found = await findToReport(ports, visit);
    const { id, version, measures, carriedTo } = found.action;
    if (measures.length === 0 || carriedTo !== null) return redirectTo(paths.action(id));
    return show(found, untouched({ version: String(version) }));
  };

const readValues = ({ measures }: Action, posted: URLSearchParams): readonly (string | null)[] =>
  measures.map((_, at) => oneLine(posted.get(fieldOf(at)) ?? '') || null);

const wrongValues = (values: readonly (string | null)[]): readonly FieldError[] => {
  if (values.every((value) => value === null)) return [{ field: fieldOf(0), key: 'figures.none' }];
  return values.flatMap((value, at) =>
    value !== null && countCharacters(value) > MAX_FIGURE
      ? [{ field: fieldOf(at), key: 'figures.long' as const }]
      : [],
  );
};

const save =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const found = await findToReport(ports, visit);
    const { id } = found.action;
    const read = readFields(figuresForm, visit.form);
    const values = readValues(found.action, visit.form);
    const errors = [...(read.ok ? [] : read.errors), ...wrongValues(values)];
    if (!read.ok || errors.length > 0)
      return show(found, { typed: Object.fromEntries(visit.form), errors }, 400);
    const { version, period } = read.values;
    const outcome = await ports.actionDeeds.recordFigures(
      id,
      { period, values },
      { ...deedOf(visit), version },
    );
    return answerDeed(outcome, await ports.actions.find(id), {
      ...{ id, done: 'figures' },
      isDone: ({ measures }) =>
        measures.every(
          ({ actuals }, at) =>
            values[at] === null ||
            actuals.some((actual) => actual.period === period && actual.value === values[at]),
        ),
    });
  };

/** Target and actual per period: what the measures of an action came to. */
export const figureRoutes = (ports: ActionPagePorts): readonly Route[] => [
  page(patterns.actionFigures, { may: 'report progress', answer: ask(ports) }),
  post(patterns.actionFigures, { may: 'report progress', answer: save(ports) }),
];
