import { tidyText } from '../../shared/text.ts';
import type { ColumnKind } from './columns.ts';
import { readMeant, saysDitto } from './ditto.ts';
import type { Header, PlanColumn } from './header.ts';
import { colourOf, ragOfFill } from './rag-cell.ts';
import { type Cell, emptyCell, type Sheet } from './workbook.ts';

/** A cell of a row by what its column is for. */
export interface RawCell {
  readonly text: string;
  readonly header: string;
  readonly fill: string | null;
  /** The rows of one action have the colours of different RAGs here. */
  readonly hasTwoColours: boolean;
  readonly trouble: Cell['trouble'];
}

/** A row of the file before it is understood: gaps under merged cells are filled, what belongs together is together. */
export interface RawRow {
  /** As the spreadsheet counts it, from 1. */
  readonly row: number;
  readonly cells: ReadonlyMap<ColumnKind, RawCell>;
  /** The colour that the whole row has: decoration, unless it is one of the three. */
  readonly banding: string | null;
}

/** Somebody's answer to a question: what the cell should say. */
export interface CellAnswer {
  readonly row: number;
  readonly column: ColumnKind;
  readonly text: string;
}

const textOf = (cell: Cell): string => tidyText(cell.text);

class Rows {
  readonly #sheet: Sheet;
  readonly #header: Header;

  constructor(sheet: Sheet, header: Header) {
    this.#sheet = sheet;
    this.#header = header;
  }

  at(row: number, column: number): Cell {
    return this.#sheet.rows[row]?.[column] ?? emptyCell;
  }

  /** The cell that this one was merged into from above, if it was. */
  above(row: number, column: number): Cell | null {
    const from = this.at(row, column).mergedFrom;
    const isAbove = from !== null && from.row < row && from.row >= this.#header.firstRow;
    return isAbove ? this.at(from.row, from.column) : null;
  }

  columnsOf(kind: ColumnKind): readonly PlanColumn[] {
    return this.#header.columns.filter((column) => column.kind === kind);
  }

  has(kind: ColumnKind): boolean {
    return this.columnsOf(kind).length > 0;
  }

  raw(row: number): RawRow {
    const cells = new Map<ColumnKind, RawCell>();
    for (const { column, kind, header } of this.#header.columns) {
      const cell = this.at(row, column);
      const text = textOf(cell);
      const before = cells.get(kind);
      // Several columns about progress are one account of it, each part with its column's name.
      const parts = before ? [before.text, text && `${header}: ${text}`] : [text];
      const joined = parts.filter((part) => part !== '').join('\n');
      const trouble = cell.trouble ?? before?.trouble ?? null;
      const known = { header: before?.header ?? header, hasTwoColours: false };
      cells.set(kind, { ...known, text: joined, fill: cell.fill, trouble });
    }
    return { row: row + 1, cells, banding: this.#bandingOf(row) };
  }

  #bandingOf(row: number): string | null {
    const fills = new Set(this.#header.columns.map(({ column }) => this.at(row, column).fill));
    const [only = null] = fills;
    return fills.size === 1 ? only : null;
  }

  /** A title over the rows that follow, in one cell across the table. */
  titleAt(row: number): string | null {
    const [action] = this.columnsOf('action');
    const covered = this.#header.columns.flatMap(({ column }) => this.at(row, column).mergedFrom ?? []);
    const from = covered.find((origin) => origin.row === row);
    if (!action || !from || covered.length < this.#header.columns.length - 1) return null;
    const isAcross = covered.every((origin) => origin.row === row && origin.column === from.column);
    return isAcross ? textOf(this.at(row, from.column)) || null : null;
  }

  /** The header once more, as on every printed page. */
  isHeaderAgain(raw: RawRow): boolean {
    const cells = [...raw.cells.values()].filter(({ text }) => text !== '');
    return cells.length > 1 && cells.every(({ text, header }) => text.replace(/\s+/g, ' ') === header);
  }
}

const isBlank = ({ cells }: RawRow): boolean =>
  [...cells.values()].every(({ text, trouble }) => text === '' && trouble === null);

const fill = (raw: RawRow, kind: ColumnKind, text: string): RawRow => {
  const cell = raw.cells.get(kind);
  return cell ? { ...raw, cells: new Map(raw.cells).set(kind, { ...cell, text }) } : raw;
};

const textIn = (raw: RawRow, kind: ColumnKind): string => raw.cells.get(kind)?.text ?? '';

/** The colour of two rows of one action: that of either, and a doubt where each has its own. */
const joinFills = (cell: RawCell, added: RawCell | undefined): Pick<RawCell, 'fill' | 'hasTwoColours'> => {
  const [rag, other] = [ragOfFill(cell.fill), ragOfFill(added?.fill ?? null)];
  const isTaken = other !== null && colourOf(cell.fill) === null;
  return {
    fill: isTaken ? (added?.fill ?? null) : cell.fill,
    hasTwoColours: cell.hasTwoColours || (rag !== null && other !== null && rag !== other),
  };
};

/** The lines of a second row of the same action (its cell is merged over both) go below those of the first. */
const join = (first: RawRow, second: RawRow): RawRow => {
  const cells = [...first.cells].map(([kind, cell]) => {
    const added = second.cells.get(kind);
    const texts = [cell.text, added?.text ?? ''].filter((text) => text !== '');
    return [
      kind,
      {
        ...cell,
        ...joinFills(cell, added),
        text: texts.join('\n'),
        trouble: cell.trouble ?? added?.trouble ?? null,
      },
    ] as const;
  });
  return { ...first, cells: new Map(cells) };
};

/** What stands above: theme and objective hold for the rows below until something else is written. */
const GROUPS = ['theme', 'objective'] as const;

/** Columns in which "as above" means the cell above. */
const REPEATED = ['theme', 'objective', 'lead'] as const;

const withoutDitto = (raw: RawRow): RawRow =>
  REPEATED.reduce((row, kind) => (saysDitto(textIn(row, kind)) ? fill(row, kind, '') : row), raw);

const onlyGroups = (raw: RawRow): boolean =>
  [...raw.cells].every(
    ([kind, { text, trouble }]) =>
      trouble === null && (text === '' || kind === 'theme' || kind === 'objective'),
  );

/** Walks down the rows of a sheet, and fills in what blank cells mean. */
class Walk {
  readonly #rows: Rows;
  readonly #knowsMerges: boolean;
  #above = { theme: '', objective: '', lead: '' };
  readonly taken: RawRow[] = [];

  constructor(rows: Rows, knowsMerges: boolean) {
    this.#rows = rows;
    this.#knowsMerges = knowsMerges;
  }

  take(at: number): void {
    const title = this.#rows.titleAt(at);
    const raw = this.#rows.raw(at);
    if (title !== null) this.#heading(at, title);
    else this.#row(at, raw);
  }

  #row(at: number, raw: RawRow): void {
    const [action] = this.#rows.columnsOf('action');
    const above = action ? this.#rows.above(at, action.column) : null;
    // A row of an action that is merged over several may hold a colour and no words.
    const goesOn = above !== null && textOf(above) !== '';
    if ((isBlank(raw) && !goesOn) || this.#rows.isHeaderAgain(raw)) return;
    const last = this.taken.at(-1);
    if (above && last) this.taken[this.taken.length - 1] = join(last, withoutDitto(raw));
    else this.#ownRow(at, this.#undittoed(raw));
  }

  #ownRow(at: number, raw: RawRow): void {
    if (onlyGroups(raw)) this.#groups(raw);
    else this.taken.push(this.#filled(at, raw));
  }

  /** Where nothing stands above, "as above" stays what it is, for people to see. */
  #undittoed(raw: RawRow): RawRow {
    return REPEATED.reduce((row, kind) => {
      const [text, above] = [textIn(row, kind), this.#above[kind]];
      return fill(row, kind, above !== '' && saysDitto(text) ? above : readMeant(text));
    }, raw);
  }

  /** A title across the table names the theme, or the objective when themes have a column of their own. */
  #heading(at: number, title: string): void {
    const own = this.#rows.columnsOf('theme').some(({ column }) => textOf(this.#rows.at(at, column)) !== '');
    const kind = this.#rows.has('theme') && !own && !this.#rows.has('objective') ? 'objective' : 'theme';
    this.#above = { ...this.#above, [kind]: title, ...(kind === 'theme' ? { objective: '' } : {}) };
  }

  #groups(raw: RawRow): void {
    for (const kind of GROUPS) {
      const text = textIn(raw, kind);
      if (text !== '') this.#above = { ...this.#above, [kind]: text };
    }
  }

  #filled(at: number, raw: RawRow): RawRow {
    const groups = GROUPS.filter((kind) => textIn(raw, kind) !== '');
    // Below another theme, the objective of the theme before is not meant.
    if (groups.includes('theme') && textIn(raw, 'theme') !== this.#above.theme) this.#above.objective = '';
    const lead = this.#leadOf(at, raw, groups.length === 0);
    this.#groups(raw);
    this.#above.lead = lead;
    const { theme, objective } = this.#above;
    const grouped = this.#withGroup(this.#withGroup(raw, theme, 'theme'), objective, 'objective');
    return fill(grouped, 'lead', lead);
  }

  /** A plan without a column for themes has them in titles. */
  #withGroup(raw: RawRow, text: string, kind: (typeof GROUPS)[number]): RawRow {
    if (raw.cells.has(kind)) return fill(raw, kind, text);
    const cell = { text, header: kind, fill: null, hasTwoColours: false, trouble: null };
    return text === '' ? raw : { ...raw, cells: new Map(raw.cells).set(kind, cell) };
  }

  /**
   * A lead is blank because nobody leads, or because the cell above covers this one. Where the file cannot tell (CSV),
   * it is covered when theme and objective are.
   */
  #leadOf(at: number, raw: RawRow, groupsBlank: boolean): string {
    const text = textIn(raw, 'lead');
    if (text !== '') return text;
    const isCovered = this.#rows
      .columnsOf('lead')
      .some(({ column }) => this.#rows.above(at, column) !== null);
    const hasGroups = this.#rows.has('theme') || this.#rows.has('objective');
    const isTaken = isCovered || (!this.#knowsMerges && hasGroups && groupsBlank);
    return isTaken ? this.#above.lead : '';
  }
}

const answerKey = (row: number, column: ColumnKind): string => `${row} ${column}`;

const UNCOLOURED = { fill: null, hasTwoColours: false } as const;

const withAnswers = (raw: RawRow, answers: ReadonlyMap<string, string>): RawRow => {
  const cells = [...raw.cells].map(([kind, cell]) => {
    const text = answers.get(answerKey(raw.row, kind));
    // The answer is what holds: neither the colour nor the formula behind the old text asks again.
    return [
      kind,
      text === undefined ? cell : { ...cell, text: tidyText(text), ...UNCOLOURED, trouble: null },
    ] as const;
  });
  return { ...raw, cells: new Map(cells) };
};

/** The rows of a sheet under its header, with the answers that somebody has given to questions about them. */
export const listRawRows = (
  sheet: Sheet,
  header: Header,
  answers: readonly CellAnswer[],
): readonly RawRow[] => {
  const walk = new Walk(new Rows(sheet, header), sheet.knowsMerges);
  for (let at = header.firstRow; at < sheet.rows.length; at += 1) walk.take(at);
  const given = new Map(answers.map(({ row, column, text }) => [answerKey(row, column), text]));
  return given.size === 0 ? walk.taken : walk.taken.map((raw) => withAnswers(raw, given));
};
