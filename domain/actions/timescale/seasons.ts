import { monthsFrom, type Period } from './calendar.ts';
import { phrases } from './phrases.ts';
import { dated, type Recogniser, type Time, unclear } from './time.ts';
import { skip } from './tokens.ts';
import { financialYearAt, yearAt } from './years.ts';

/** The first month of each, by the seasons of the Met Office: three whole months. */
const FIRST_MONTH = { spring: 3, summer: 6, autumn: 9, winter: 12 } as const;
type Season = keyof typeof FIRST_MONTH;

const findSeason = phrases({
  spring: ['spring'],
  summer: ['summer'],
  autumn: ['autumn', 'autum'],
  winter: ['winter'],
});

/** Times that move, or whose length nobody has agreed on. */
const findFeast = phrases({
  feast: [
    'Easter',
    'Christmas',
    'Xmas',
    'new year',
    'half term',
    'half-term',
    'Whitsun',
    'midsummer',
    'midwinter',
  ],
  term: ['spring term', 'summer term', 'autumn term', 'winter term', 'spring half term', 'autumn half term'],
});

/** A winter is named by the year in which it ends. */
const seasonIn = (season: Season, year: number): Period =>
  monthsFrom(season === 'winter' ? year - 1 : year, FIRST_MONTH[season], 3, 'season');

/** A winter lies across two years: only "2010/11" says which one it is. A financial year has a piece of two springs. */
const ofFinancialYear = (season: Season, start: number): Time => {
  if (season === 'spring') return unclear('two-readings');
  const year = season === 'winter' ? start + 1 : start;
  return dated(seasonIn(season, year), { basis: 'calendar', year });
};

/** "Autumn 2010", "Winter 2010/11", "summer". */
export const readSeason: Recogniser = (tokens, at, plan) => {
  const season = findSeason(tokens, at);
  if (!season) return null;
  const behind = skip(tokens, season.next, ['of', ',', 'in'], 1);
  const financial = financialYearAt(tokens, behind, plan);
  if (financial) return { value: ofFinancialYear(season.value, financial.value), next: financial.next };
  const year = yearAt(tokens, behind, plan);
  if (!year) {
    const inYear = (any: number) => seasonIn(season.value, any);
    return { value: { kind: 'yearless', basis: 'calendar', inYear }, next: season.next };
  }
  if (season.value === 'winter') return { value: unclear('two-readings'), next: year.next };
  const named = { basis: 'calendar', year: year.value } as const;
  return { value: dated(seasonIn(season.value, year.value), named), next: year.next };
};

export const readFeast: Recogniser = (tokens, at, plan) => {
  const feast = findFeast(tokens, at);
  if (!feast) return null;
  const behind = skip(tokens, feast.next, ['of', ',', 'in'], 1);
  const year = financialYearAt(tokens, behind, plan) ?? yearAt(tokens, behind, plan);
  return { value: unclear('vague'), next: year?.next ?? feast.next };
};
