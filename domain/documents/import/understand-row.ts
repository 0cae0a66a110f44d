import type { AreaCode } from '../../areas/area.ts';
import type { NamedAreas } from '../../areas/named-areas.ts';
import type { LocalDate } from '../../shared/clock.ts';
import type { Id } from '../../shared/ids.ts';
import { countCharacters, oneLine, tidyText } from '../../shared/text.ts';
import {
  type DocumentDetails,
  MOST_AREAS,
  MOST_SUMMARY,
  MOST_TAG,
  MOST_TAGS,
  MOST_TITLE,
} from '../document.ts';
import { usualReview } from '../file-upload.ts';
import type { DetailsColumn } from './details-columns.ts';
import { readDetailsDay } from './details-day.ts';
import type { DetailsFault, DetailsFaultReason } from './details-faults.ts';
import { readAudience, readKind, readLanguage } from './details-words.ts';

/** What cells of a row hold, by the column that they are in; '' where there is nothing. */
export type RowCells = ReadonlyMap<DetailsColumn, { readonly text: string; readonly isFormula: boolean }>;

/** What a row says that was understood. */
export interface RowSaid {
  /** As the spreadsheet counts its rows, from 1. */
  readonly row: number;
  /** Below the folder, with strokes between its parts; '' when the row names none. */
  readonly path: string;
  /** What the file is called in the archive; null: as it is called in the folder. */
  readonly name: string | null;
  /** The id that the document had where it comes from. */
  readonly id: Id | null;
  /** What it is called; '' for a version, and where nothing is written. */
  readonly title: string;
  /** The document that this is a new version of, in the words of the row. */
  readonly replaces: string | null;
  /** In the words of the row: ids, or addresses that end with them. */
  readonly related: readonly string[];
  /** Null for a new version: the details stay those of the document. Also when something in them is not understood. */
  readonly details: Omit<DocumentDetails, 'related'> | null;
  /** Details that stand in the row of a version, and are not looked at. */
  readonly unused: readonly DetailsColumn[];
}

interface Reading {
  readonly areas: NamedAreas;
  readonly today: LocalDate;
}

const MOST_LINE = 200;

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const detailsOnly: readonly DetailsColumn[] = [
  ...(['title', 'kind', 'areas', 'consultation', 'from', 'to'] as const),
  ...(['language', 'audience', 'tags', 'summary', 'review', 'related'] as const),
];

/** How people say that a day does not come. */
const NEVER = /^(?:never|none|no|n ?\/ ?a|[-–—]+)$/i;

/** Parts between semicolons (or line ends), each once. */
const partsOf = (text: string, mark: RegExp): readonly string[] => [
  ...new Map(
    text
      .split(mark)
      .map(oneLine)
      .filter((part) => part !== '')
      .map((part) => [part.toLowerCase(), part]),
  ).values(),
];

/** Reads one row, and gathers what is wrong with it. */
class RowReader {
  readonly faults: DetailsFault[] = [];
  readonly #row: number;
  readonly #cells: RowCells;
  readonly #reading: Reading;

  constructor(row: number, cells: RowCells, reading: Reading) {
    this.#row = row;
    this.#cells = cells;
    this.#reading = reading;
  }

  read(): RowSaid {
    for (const [column, { text, isFormula }] of this.#cells)
      if (isFormula) this.#fault(column, 'formula', text);
    const replaces = this.#line('replaces', 500) || null;
    const said = {
      row: this.#row,
      path: this.#text('file')
        .replaceAll('\\', '/')
        .replace(/^(?:\.\/)+/, '')
        .normalize('NFC'),
      name: this.#line('name') || null,
      id: this.#id(),
      replaces,
      title: replaces === null ? oneLine(this.#text('title')) : '',
      related: partsOf(this.#text('related'), /[;,\n]/),
    };
    if (said.path === '') this.#fault('file', 'missing');
    const unused = replaces === null ? [] : detailsOnly.filter((column) => this.#text(column) !== '');
    return { ...said, details: replaces === null ? this.#details() : null, unused };
  }

  #details(): Omit<DocumentDetails, 'related'> | null {
    const before = this.faults.length;
    const title = this.#line('title', MOST_TITLE, true);
    const kind = this.#word('kind', readKind, 'unknown-kind');
    const audience = this.#word('audience', readAudience, 'unknown-audience');
    const language =
      this.#text('language') === '' ? 'en' : this.#word('language', readLanguage, 'unknown-language');
    const details = {
      ...{ title, summary: this.#summary(), areas: [...this.#areas()], tags: [...this.#tags()] },
      consultation: this.#line('consultation') || null,
      ...this.#days(),
      reviewOn: this.#review(),
    };
    if (this.faults.length > before || !kind || !audience || !language) return null;
    return { ...details, kind, audience, language };
  }

  #text(column: DetailsColumn): string {
    return tidyText(this.#cells.get(column)?.text ?? '');
  }

  #fault(column: DetailsColumn, why: DetailsFaultReason, text = this.#text(column)): void {
    this.faults.push({ row: this.#row, column, text, why });
  }

  #line(column: DetailsColumn, most: number = MOST_LINE, isNeeded = false): string {
    const text = oneLine(this.#text(column));
    if (isNeeded && text === '') this.#fault(column, 'missing');
    if (countCharacters(text) > most) this.#fault(column, 'too-long');
    return text;
  }

  #summary(): string {
    const text = this.#text('summary');
    if (countCharacters(text) > MOST_SUMMARY) this.#fault('summary', 'too-long');
    return text;
  }

  #word<Value>(
    column: DetailsColumn,
    read: (text: string) => Value | null,
    unknown: DetailsFaultReason,
  ): Value | null {
    const text = this.#text(column);
    const value = read(text);
    if (value === null) this.#fault(column, text === '' ? 'missing' : unknown);
    return value;
  }

  #id(): Id | null {
    const text = this.#line('id').toLowerCase();
    if (text === '') return null;
    if (!idPattern.test(text)) this.#fault('id', 'not-an-id');
    return text;
  }

  #areas(): readonly AreaCode[] {
    const codes = new Set<AreaCode>();
    for (const name of partsOf(this.#text('areas'), /[;\n]/)) {
      const [area, ...others] = this.#reading.areas.called(name);
      if (!area) this.#fault('areas', 'unknown-area', name);
      else if (others.length > 0) this.#fault('areas', 'several-areas', name);
      else codes.add(area.code);
    }
    if (codes.size > MOST_AREAS) this.#fault('areas', 'too-many-areas');
    return [...codes];
  }

  #tags(): readonly string[] {
    const tags = partsOf(this.#text('tags'), /[;\n]/);
    for (const tag of tags) if (countCharacters(tag) > MOST_TAG) this.#fault('tags', 'long-tag', tag);
    if (tags.length > MOST_TAGS) this.#fault('tags', 'too-many-tags');
    return tags;
  }

  #day(column: DetailsColumn, end: 'first' | 'last'): LocalDate | null {
    const text = oneLine(this.#text(column));
    if (text === '') return null;
    const day = readDetailsDay(text, { end, today: this.#reading.today });
    if (!day.ok) this.#fault(column, `day.${day.error}`);
    return day.ok ? day.value : null;
  }

  #days(): Pick<DocumentDetails, 'from' | 'to'> {
    const [from, to] = [this.#day('from', 'first'), this.#day('to', 'last')];
    if (from !== null && to !== null && to < from) this.#fault('to', 'ends-before');
    return { from, to };
  }

  #review(): LocalDate | null {
    const text = oneLine(this.#text('review'));
    if (text === '') return usualReview(this.#reading.today);
    return NEVER.test(text) ? null : this.#day('review', 'last');
  }
}

/** Understands one row. What is wrong with it comes beside what was understood, all of it. */
export const understandDetailsRow = (
  row: number,
  cells: RowCells,
  reading: Reading,
): { readonly said: RowSaid; readonly faults: readonly DetailsFault[] } => {
  const reader = new RowReader(row, cells, reading);
  const said = reader.read();
  return { said, faults: reader.faults };
};
