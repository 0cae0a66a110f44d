import type { LocalDate } from '#domain/shared/clock.ts';
import { isDay } from '#domain/shared/days.ts';
import { quote } from '../area-files/file-refusal.ts';
import { UsageFault } from '../exit.ts';

/** Days of a command line, in London. */
export interface DayOptions {
  readonly from?: string;
  readonly to?: string;
  readonly stage?: string;
}

interface Days {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

const check = (option: string, text: string): LocalDate => {
  if (isDay(text)) return text;
  throw new UsageFault(`${option} ${quote(text)} is not a day such as 2026-11-22.`);
};

/** The days that were named; what was not comes from `otherwise`. */
export const readDays = async (options: DayOptions, otherwise: () => Promise<Days>): Promise<Days> => {
  const from = options.from === undefined ? null : check('--from', options.from);
  const to = options.to === undefined ? null : check('--to', options.to);
  const rest = from !== null && to !== null ? { from, to } : await otherwise();
  const days = { from: from ?? rest.from, to: to ?? rest.to };
  if (days.from > days.to) throw new UsageFault(`--from ${days.from} is after --to ${days.to}.`);
  return days;
};
