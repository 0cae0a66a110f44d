import * as z from 'zod';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import {
  audiences,
  type DocumentDetails,
  documentKinds,
  documentLanguages,
  MOST_SUMMARY,
  MOST_TAG,
  MOST_TAGS,
  MOST_TITLE,
} from '#domain/documents/document.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import { countCharacters, oneLine } from '#domain/shared/text.ts';
import {
  choiceField,
  type FieldError,
  readFields,
  type TickedForm,
  textField,
  ticksOf,
} from '../../forms/form.ts';
import { readDay } from '../../forms/read-day.ts';
import { readAreas, typedAreas } from './read-areas.ts';

const MOST_LINE = 200;
const MOST_LINES = 20_000;

const line = z.string().transform(oneLine);
const short = textField({ max: MOST_LINE, long: 'details.line.long' }).transform(oneLine);

const detailsForm = z.object({
  title: textField({ max: MOST_TITLE, empty: 'details.title.empty', long: 'details.title.long' }).transform(
    oneLine,
  ),
  summary: textField({ max: MOST_SUMMARY, long: 'details.summary.long' }),
  kind: choiceField(documentKinds, 'details.kind.missing'),
  wards: textField({ max: MOST_LINES, long: 'details.wards.long' }),
  consultation: short,
  ...{ 'from-day': line, 'from-month': line, 'from-year': line },
  ...{ 'to-day': line, 'to-month': line, 'to-year': line },
  language: choiceField(documentLanguages, 'details.language.missing'),
  audience: choiceField(audiences, 'details.audience.missing'),
  tags: textField({ max: MOST_LINES, long: 'details.line.long' }).transform(oneLine),
  ...{ 'review-day': line, 'review-month': line, 'review-year': line },
});

const dayParts = (name: string, day: LocalDate | null): Record<string, string> => {
  const [year = '', month = '', date = ''] = day?.split('-') ?? [];
  const short = (part: string) => (part === '' ? '' : String(Number(part)));
  return { [`${name}-day`]: short(date), [`${name}-month`]: short(month), [`${name}-year`]: year };
};

/** What the form shows before anything is typed. */
export const typedOfDetails = (
  details: Omit<DocumentDetails, 'kind' | 'audience'> & Partial<Pick<DocumentDetails, 'kind' | 'audience'>>,
  directory: AreaDirectory,
): Omit<TickedForm, 'errors'> => {
  const { boroughs, wards } = typedAreas(details.areas, directory);
  return {
    ticked: boroughs,
    typed: {
      ...{ title: details.title, summary: details.summary, kind: details.kind ?? '', wards },
      consultation: details.consultation ?? '',
      ...dayParts('from', details.from),
      ...dayParts('to', details.to),
      ...{ language: details.language, audience: details.audience ?? '', tags: details.tags.join(', ') },
      ...dayParts('review', details.reviewOn),
    },
  };
};

/** A day that may be left out; undefined when it is none. */
export const readOptionalDay = (
  name: string,
  values: Readonly<Record<string, unknown>>,
): LocalDate | null | undefined => {
  const part = (each: string) => oneLine(String(values[`${name}-${each}`] ?? ''));
  const typed = { day: part('day'), month: part('month'), year: part('year') };
  if (typed.day === '' && typed.month === '' && typed.year === '') return null;
  return readDay(typed) ?? undefined;
};

/** Tags between commas or semicolons, as lists of files have them: each once, whether in capitals or not. */
const readTags = (typed: string): { tags: readonly string[]; error: FieldError | null } => {
  const named = typed.split(/[,;]/).map(oneLine);
  const byWord = new Map(named.filter((tag) => tag !== '').map((tag) => [tag.toLowerCase(), tag]));
  const tags = [...byWord.values()];
  const long = tags.find((tag) => countCharacters(tag) > MOST_TAG);
  if (long !== undefined) {
    const values = { max: MOST_TAG, tag: long };
    return { tags, error: { field: 'tags', key: 'details.tags.long', values } };
  }
  const isMany = tags.length > MOST_TAGS;
  return {
    tags,
    error: isMany ? { field: 'tags', key: 'details.tags.many', values: { max: MOST_TAGS } } : null,
  };
};

/** From when to when, and when to look again. */
const daysOf = (values: Readonly<Record<string, unknown>>) => ({
  from: readOptionalDay('from', values),
  to: readOptionalDay('to', values),
  reviewOn: readOptionalDay('review', values),
});

const dayErrors = (
  { from, to, reviewOn }: ReturnType<typeof daysOf>,
  { before, today }: { readonly before: LocalDate | null; readonly today: LocalDate },
): readonly FieldError[] => {
  const errors: FieldError[] = [];
  if (from === undefined) errors.push({ field: 'from-day', key: 'details.day.wrong' });
  if (to === undefined) errors.push({ field: 'to-day', key: 'details.to.wrong' });
  if (from && to && to < from) errors.push({ field: 'to-day', key: 'details.to.before' });
  if (reviewOn === undefined) errors.push({ field: 'review-day', key: 'details.review.wrong' });
  // An overdue review does not keep anybody from mending a title.
  if (reviewOn && reviewOn <= today && reviewOn !== before)
    errors.push({ field: 'review-day', key: 'details.review.past' });
  return errors;
};

export type DetailsRead =
  | { readonly ok: true; readonly details: Omit<DocumentDetails, 'related'> }
  | ({ readonly ok: false } & TickedForm);

/** Reads what somebody says of a document. `before`: what was said of it until now; null for a new one. */
export const readDetails = (
  posted: URLSearchParams,
  {
    before,
    directory,
    today,
  }: {
    readonly before: Pick<DocumentDetails, 'areas' | 'reviewOn'> | null;
    readonly directory: AreaDirectory;
    readonly today: LocalDate;
  },
): DetailsRead => {
  const boroughs = ticksOf(posted, 'boroughs');
  const read = readFields(detailsForm, posted);
  const typed = read.ok ? read.values : read.typed;
  const days = daysOf(typed);
  const areas = readAreas(
    { boroughs, wards: String(typed.wards) },
    { before: before?.areas ?? [], directory },
  );
  const { tags, error: wrongTags } = readTags(String(typed.tags));
  const errors = [
    ...(read.ok ? [] : read.errors),
    ...('error' in areas ? [areas.error] : []),
    ...dayErrors(days, { before: before?.reviewOn ?? null, today }),
    ...(wrongTags ? [wrongTags] : []),
  ];
  if (!read.ok || 'error' in areas || errors.length > 0)
    return { ok: false, typed: Object.fromEntries(posted), ticked: boroughs, errors: inOrder(errors) };
  const { title, summary, kind, consultation, language, audience } = read.values;
  const { from = null, to = null, reviewOn = null } = days;
  return {
    ok: true,
    details: {
      ...{ title, summary, kind, language, audience, areas: [...areas.areas], tags: [...tags] },
      ...{ consultation: consultation === '' ? null : consultation, from, to, reviewOn },
    },
  };
};

const FIELDS =
  'title summary kind boroughs wards consultation from-day to-day language audience tags review-day'.split(
    ' ',
  );

/** As the fields stand in the form, each with its first error. */
const inOrder = (errors: readonly FieldError[]): readonly FieldError[] =>
  FIELDS.flatMap((name) => errors.find(({ field }) => field === name) ?? []);
