import { type Period, type Plan, yearOf } from './calendar.ts';
import type { Item } from './items.ts';
import type { Basis, Yearless } from './time.ts';

/** The periods that were found for times without a year. */
export type YearsFound = ReadonlyMap<Item, Period>;

/** Every time within the plan that a yearless one can mean. */
export const withinPlan = (time: Yearless, plan: Plan): readonly Period[] => {
  const found: Period[] = [];
  for (let year = yearOf(plan.from) - 1; year <= yearOf(plan.to) + 1; year += 1) {
    const period = time.inYear(year);
    if (period && period.last >= plan.from && period.last <= plan.to) found.push(period);
  }
  return found;
};

interface Written {
  readonly basis: Basis;
  readonly year: number;
  readonly last: string;
}

/** The year that an item can lend to those before it. */
const writtenIn = (item: Item): Written | null => {
  if (item.kind !== 'time' || item.time.kind !== 'dated' || !item.time.named) return null;
  return { ...item.time.named, last: item.time.period.last };
};

const lend = (time: Yearless, written: Written | null): Period | null => {
  if (written?.basis !== time.basis) return null;
  const period = time.inYear(written.year);
  return period && period.last <= written.last ? period : null;
};

/**
 * The periods of times that lack a year and can be read: "March, June and September 2010" are of the year that is
 * written behind the last of them, and "March" alone is the one within the plan, if there is exactly one.
 */
export const findYears = (items: readonly Item[], plan: Plan): YearsFound => {
  const found = new Map<Item, Period>();
  let written: Written | null = null;
  for (const item of items.toReversed()) {
    if (item.kind === 'soft' || item.kind === 'break') continue;
    if (item.kind !== 'time' || item.time.kind !== 'yearless') {
      written = writtenIn(item);
      continue;
    }
    const lent = lend(item.time, written);
    const [only, ...others] = lent ? [lent] : withinPlan(item.time, plan);
    if (only && others.length === 0) found.set(item, only);
    if (!lent) written = null;
  }
  return found;
};
