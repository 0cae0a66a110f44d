import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Action, actionStatuses } from '#domain/actions/action.ts';
import { rags } from '#domain/actions/rag.ts';
import { type Figures, type Report, reportSchema } from '#domain/reports/report.ts';
import { addDays } from '#domain/shared/days.ts';
import { due, make, report, told } from './world.ts';

const day = fc.integer({ min: -200, max: 400 }).map((days) => addDays('2026-09-30', days));
const pence = fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: null });

const anyAction = fc
  .record({
    theme: fc.constantFrom('', 'Young people', 'Victims', 'Roads'),
    status: fc.constantFrom(...actionStatuses),
    rag: fc.option(fc.constantFrom(...rags), { nil: null }),
    days: fc.uniqueArray(day, { maxLength: 4 }),
    met: fc.integer({ min: 0, max: 4 }),
    budget: pence,
    actual: pence,
    reported: fc.option(day, { nil: null }),
    carriedTo: fc.option(fc.constant('b1'), { nil: null, freq: 5 }),
  })
  .map(({ days, met, ...rest }) => {
    const sorted = days.toSorted();
    return { ...rest, ...due(...sorted), met: sorted.slice(0, met) };
  });

const anyReport = fc.tuple(fc.array(anyAction, { maxLength: 25 }), fc.boolean()).map(([drawn, isPast]) => {
  const actions = drawn.map(({ reported: _, ...changes }, at): Action => make(`a${at + 1}`, changes));
  const entries = drawn.flatMap(({ reported, status, rag }, at) =>
    reported === null ? [] : [told(`a${at + 1}`, `${reported}T12:00:00.000Z`, { status, rag })],
  );
  const now = isPast ? '2027-11-30T12:00:00.000Z' : '2026-09-30T12:00:00.000Z';
  return report(actions, { entries, now });
});

const total = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
const over = ({ themes }: Report, of: (figures: Figures) => number) =>
  themes.reduce((sum, { figures }) => sum + of(figures), 0);

test('figures are the sums of their parts, whatever the plan is', () => {
  fc.assert(
    fc.property(anyReport, (written) => {
      const { figures, actions } = written;
      expect(figures.actions).toBe(actions.length);
      for (const counts of [figures.byRag, figures.bySuggestion, figures.byStatus])
        expect(total(counts)).toBe(actions.length);
      for (const each of ['actions', 'open', 'overdue', 'silent'] as const)
        expect(over(written, (those) => those[each])).toBe(figures[each]);
      for (const each of ['budget', 'actual', 'unknown'] as const)
        expect(over(written, ({ money }) => money[each])).toBe(figures.money[each]);
      for (const colour of ['red', 'amber', 'green', 'none'] as const) {
        expect(over(written, ({ byRag }) => byRag[colour])).toBe(figures.byRag[colour]);
        expect(over(written, ({ bySuggestion }) => bySuggestion[colour])).toBe(figures.bySuggestion[colour]);
      }
      expect(figures.overdue + figures.silent).toBeLessThanOrEqual(2 * figures.open);
    }),
  );
});

test('everything that is due by the end of the next period is either late or to come', () => {
  fc.assert(
    fc.property(anyReport, ({ actions, dueNext, asOf, next }) => {
      const unmet = actions
        .filter(({ open }) => open)
        .flatMap(({ id, milestones }) =>
          milestones.filter(({ met }) => !met).map((each) => ({ id, ...each })),
        );
      const late = unmet.filter((each) => each.due < asOf);
      const soon = unmet.filter((each) => each.due <= next.to);
      expect(late.length + dueNext.length).toBe(soon.length);
      expect(new Set(late.map(({ id }) => id)).size).toBe(actions.filter(({ overdue }) => overdue).length);
      expect(dueNext.map((each) => each.due)).toEqual(dueNext.map((each) => each.due).toSorted());
    }),
  );
});

test('a report is plain data, which reads as it was written', () => {
  fc.assert(
    fc.property(anyReport, (written) => {
      expect(reportSchema.parse(JSON.parse(JSON.stringify(written)))).toEqual(written);
    }),
  );
});
