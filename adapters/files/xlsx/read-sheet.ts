import { type Cell, emptyCell, type Position, type Sheet } from '#domain/actions/import/workbook.ts';
import { MOST_CELLS, MOST_COLUMNS, MOST_ROWS } from '../limits.ts';
import { Refused } from '../refusal.ts';
import { decodeEscapes, readXml } from '../xml.ts';
import { showNumber } from './show-number.ts';
import type { CellStyle } from './styles.ts';

/** What cells of all sheets refer to. */
export interface SheetContext {
  readonly strings: readonly string[];
  readonly styles: readonly CellStyle[];
  /** Days to add to a date of this workbook. */
  readonly daysAdded: number;
}

type Attribute = (name: string) => string | undefined;

/** `AB12` as a position; null when it is none. */
const positionOf = (reference: string): Position | null => {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference);
  if (!found) return null;
  const [, letters = '', number = ''] = found;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(number) - 1, column };
};

/** Cells that were merged: from the first to the last, both included. */
interface Merge {
  readonly from: Position;
  readonly to: Position;
}

const mergeOf = (reference: string): Merge | null => {
  const [first = '', last = first] = reference.split(':');
  const [from, to] = [positionOf(first), positionOf(last)];
  return from && to ? { from, to } : null;
};

/** A cell while it is read. */
interface OpenCell {
  readonly at: Position;
  readonly type: string;
  readonly style: CellStyle | undefined;
  value: string | null;
  inline: string;
  formula: string | null;
}

/** Puts a sheet together while its XML is read. */
class SheetReader {
  readonly #context: SheetContext;
  readonly rows: Cell[][] = [];
  readonly merges: Merge[] = [];
  #count = 0;
  #row = -1;
  #column = -1;
  #cell: OpenCell | null = null;
  #element = '';
  /** Inside a phonetic reading of a text (Japanese), which is no part of it. */
  #inReading = false;

  constructor(context: SheetContext) {
    this.#context = context;
  }

  open(name: string, attribute: Attribute): void {
    this.#element = name;
    if (name === 'row') this.#openRow(attribute);
    else if (name === 'c') this.#openCell(attribute);
    else if (name === 'v' && this.#cell) this.#cell.value ??= '';
    else if (name === 'f' && this.#cell) this.#cell.formula ??= '';
    else if (name === 'rPh') this.#inReading = true;
    else if (name === 'mergeCell') this.#merge(attribute('ref') ?? '');
  }

  text(text: string): void {
    if (!this.#cell || this.#inReading) return;
    if (this.#element === 'v') this.#cell.value += text;
    else if (this.#element === 'f') this.#cell.formula += text;
    else if (this.#element === 't') this.#cell.inline += text;
  }

  close(name: string): void {
    this.#element = '';
    if (name === 'rPh') this.#inReading = false;
    if (name === 'c') this.#closeCell();
  }

  #openRow(attribute: Attribute): void {
    const number = Number(attribute('r') ?? Number.NaN);
    this.#row = Number.isInteger(number) && number > 0 ? number - 1 : this.#row + 1;
    this.#column = -1;
  }

  #openCell(attribute: Attribute): void {
    const at = positionOf(attribute('r') ?? '') ?? { row: this.#row, column: this.#column + 1 };
    this.#row = at.row;
    this.#column = at.column;
    const style = this.#context.styles[Number(attribute('s') ?? 0)];
    this.#cell = { at, type: attribute('t') ?? 'n', style, value: null, inline: '', formula: null };
  }

  #merge(reference: string): void {
    const merge = mergeOf(reference);
    if (merge && this.merges.push(merge) > MOST_CELLS)
      throw new Refused('too-many-cells', String(MOST_CELLS));
  }

  #closeCell(): void {
    const cell = this.#cell;
    this.#cell = null;
    if (!cell) return;
    const read = this.#read(cell);
    const isSeen = read.text.trim() !== '' || read.trouble !== null;
    // A colour without a word may be a RAG; below and beside the table it is decoration.
    if (!isSeen && (read.fill === null || cell.at.row >= MOST_ROWS || cell.at.column >= MOST_COLUMNS)) return;
    if (cell.at.row >= MOST_ROWS) throw new Refused('too-many-rows', String(MOST_ROWS));
    if (cell.at.column >= MOST_COLUMNS) throw new Refused('too-many-columns', String(MOST_COLUMNS));
    this.#count += 1;
    if (this.#count > MOST_CELLS) throw new Refused('too-many-cells', String(MOST_CELLS));
    this.#put(cell.at, read);
  }

  #put({ row, column }: Position, cell: Cell): void {
    while (this.rows.length <= row) this.rows.push([]);
    const cells = this.rows[row] ?? [];
    while (cells.length < column) cells.push(emptyCell);
    cells[column] = cell;
  }

  #read({ type, style, value, inline, formula }: OpenCell): Cell {
    const fill = style?.fill ?? null;
    if (type === 'e') return { text: value ?? '', fill, mergedFrom: null, trouble: 'error' };
    // An empty text is what a formula may come to; an empty number is one that nobody has worked out.
    const hasNone = value === null || (value === '' && type !== 'str');
    if (formula !== null && hasNone && inline === '')
      return { text: `=${formula}`, fill, mergedFrom: null, trouble: 'formula' };
    return { text: this.#textOf(type, value ?? '', inline, style), fill, mergedFrom: null, trouble: null };
  }

  #textOf(type: string, value: string, inline: string, style: CellStyle | undefined): string {
    if (type === 's') return this.#context.strings[Number(value)] ?? '';
    if (type === 'inlineStr') return decodeEscapes(inline);
    if (type === 'str') return decodeEscapes(value);
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    const iso =
      type === 'd' ? Date.parse(value) / 86_400_000 + 25_569 - this.#context.daysAdded : Number(value);
    const format = type === 'd' ? 'd' : (style?.format ?? '');
    return value === '' || Number.isNaN(iso) ? value : showNumber(iso, format, this.#context.daysAdded);
  }
}

/** The cells of a merged range other than the first, as far as the sheet has rows and columns. */
function* covered({ from, to }: Merge, height: number, width: number): Generator<Position> {
  for (let row = from.row; row <= Math.min(to.row, height - 1); row += 1)
    for (let column = from.column; column <= Math.min(to.column, width - 1); column += 1)
      if (row !== from.row || column !== from.column) yield { row, column };
}

/** Names the first cell of a merged range in the others. What is left in these nobody sees. */
const spread = (rows: Cell[][], merges: readonly Merge[], width: number): void => {
  let count = 0;
  for (const merge of merges) {
    for (const { row, column } of covered(merge, rows.length, width)) {
      count += 1;
      if (count > MOST_CELLS) throw new Refused('too-many-cells', String(MOST_CELLS));
      const cells = rows[row] ?? [];
      while (cells.length < column) cells.push(emptyCell);
      cells[column] = { ...emptyCell, fill: cells[column]?.fill ?? null, mergedFrom: merge.from };
    }
  }
};

const isEmpty = ({ text, trouble }: Cell): boolean => text.trim() === '' && trouble === null;

/** Reads one sheet of a workbook. */
export const readSheet = (xml: string, context: SheetContext): Pick<Sheet, 'rows' | 'knowsMerges'> => {
  const reader = new SheetReader(context);
  readXml(xml, {
    open: (name, attribute) => reader.open(name, attribute),
    close: (name) => reader.close(name),
    text: (text) => reader.text(text),
  });
  const last = reader.rows.findLastIndex((row) => row.some((cell) => !isEmpty(cell)));
  const rows = reader.rows.slice(0, last + 1);
  const width = Math.max(0, ...rows.map((row) => row.findLastIndex((cell) => !isEmpty(cell)) + 1));
  const cut = rows.map((row) => row.slice(0, width));
  spread(cut, reader.merges, width);
  return { rows: cut, knowsMerges: true };
};
