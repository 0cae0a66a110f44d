import { rags } from '#domain/actions/rag.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import { addDays } from '#domain/shared/days.ts';
import type { LeadsSeen } from './leads.ts';
import type { ActionRow } from './rows.ts';

const ragChoices = [...rags, 'none', 'disagrees'] as const;
const dueChoices = ['overdue', 'soon', 'none', 'attention'] as const;

/** "Soon" is within so many days. */
const SOON_DAYS = 30;

/** What a list of actions is narrowed to; an empty text leaves all. */
export interface ActionFilter {
  readonly lead: string;
  readonly unit: string;
  readonly theme: string;
  readonly commitment: string;
  readonly rag: (typeof ragChoices)[number] | '';
  readonly due: (typeof dueChoices)[number] | '';
}

/** What can be chosen from, as the plan has it. */
export interface FilterChoices {
  readonly leads: readonly string[];
  readonly units: readonly string[];
  readonly themes: readonly string[];
  readonly commitments: readonly string[];
  readonly rags: typeof ragChoices;
  readonly dues: typeof dueChoices;
}

const unitsOf = ({ action }: ActionRow, seen: LeadsSeen): readonly string[] =>
  action.leads.flatMap(({ email }) => (email === null ? [] : (seen.get(email)?.unit ?? [])));

const distinct = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].filter((text) => text !== '').sort((a, b) => (a < b ? -1 : 1));

export const choicesOf = (rows: readonly ActionRow[], seen: LeadsSeen): FilterChoices => ({
  leads: distinct(rows.flatMap(({ action }) => action.leads.map(({ name }) => name))),
  units: distinct(rows.flatMap((row) => unitsOf(row, seen))),
  themes: distinct(rows.map(({ action }) => action.theme)),
  commitments: distinct(rows.map(({ action }) => action.commitment)),
  rags: ragChoices,
  dues: dueChoices,
});

/** Reads the filter of an address. What is no choice is left out: an old link still shows something. */
export const readFilter = (query: URLSearchParams, choices: FilterChoices): ActionFilter => {
  const chosen = <Choice extends string>(name: string, among: readonly Choice[]): Choice | '' =>
    among.find((choice) => choice === query.get(name)) ?? '';
  return {
    lead: chosen('lead', choices.leads),
    unit: chosen('unit', choices.units),
    theme: chosen('theme', choices.themes),
    commitment: chosen('commitment', choices.commitments),
    rag: chosen('rag', choices.rags),
    due: chosen('due', choices.dues),
  };
};

const fitsRag = ({ action, disagrees }: ActionRow, rag: ActionFilter['rag']): boolean => {
  if (rag === '') return true;
  if (rag === 'disagrees') return disagrees;
  return action.rag === (rag === 'none' ? null : rag);
};

const fitsDue = (
  { due, needsCoordinator }: ActionRow,
  wanted: ActionFilter['due'],
  today: LocalDate,
): boolean => {
  if (wanted === '') return true;
  if (wanted === 'attention') return needsCoordinator;
  if (wanted === 'none') return due === null;
  if (due === null) return false;
  return wanted === 'overdue' ? due < today : due >= today && due <= addDays(today, SOON_DAYS);
};

export const filterRows = (
  rows: readonly ActionRow[],
  filter: ActionFilter,
  { seen, today }: { readonly seen: LeadsSeen; readonly today: LocalDate },
): readonly ActionRow[] =>
  rows.filter(
    (row) =>
      (filter.lead === '' || row.action.leads.some(({ name }) => name === filter.lead)) &&
      (filter.unit === '' || unitsOf(row, seen).includes(filter.unit)) &&
      (filter.theme === '' || row.action.theme === filter.theme) &&
      (filter.commitment === '' || row.action.commitment === filter.commitment) &&
      fitsRag(row, filter.rag) &&
      fitsDue(row, filter.due, today),
  );
