import { decodeEscapes } from '../../files/xml.ts';
import type { TextSink } from '../text/text-sink.ts';
import type { Element, XmlVisitor } from '../xml/walk-xml.ts';

/** What cells of all sheets refer to. */
export interface CellContext {
  readonly shared: readonly string[];
  /** A number as its style shows it. */
  readonly showNumber: (value: number, style: number) => string;
}

interface Cell {
  readonly type: string;
  readonly style: number;
  value: string;
}

const cellOf = (element: Element): Cell => ({
  type: element.attribute('t') ?? 'n',
  style: Number(element.attribute('s') ?? 0),
  value: '',
});

const show = ({ type, style, value }: Cell, { shared, showNumber }: CellContext): string => {
  if (type === 's') return shared[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n' || value.trim() === '') return decodeEscapes(value);
  const number = Number(value);
  return Number.isFinite(number) ? showNumber(number, style) : value;
};

const ROWS_TOLD_TOGETHER = 500;

/** Reads the rows of a sheet, each a line, its cells parted by tabs. Formulas are left out, what came of them is not. */
export const rowsTo = (sink: TextSink, context: CellContext): XmlVisitor => {
  let lines: string[] = [];
  let cells: string[] = [];
  let [cell, isValue, inReading] = [null as Cell | null, false, false];
  const tell = () => {
    sink.paragraph(lines.join('\n'));
    lines = [];
  };
  const closers: Readonly<Record<string, () => void>> = {
    c: () => {
      const shown = cell ? show(cell, context) : '';
      if (shown !== '') cells.push(shown);
      cell = null;
    },
    row: () => {
      if (cells.length > 0) lines.push(cells.join('\t'));
      if (lines.length >= ROWS_TOLD_TOGETHER) tell();
      cells = [];
    },
    rPh: () => {
      inReading = false;
    },
    sheetData: tell,
  };
  return {
    open: (element) => {
      if (element.name === 'c') cell = cellOf(element);
      if (element.name === 'rPh') inReading = true;
      isValue = element.name === 'v' || (element.name === 't' && !inReading);
    },
    text: (text) => {
      if (isValue && cell) cell.value += text;
    },
    close: (name) => {
      closers[name]?.();
      isValue = false;
    },
    isDone: () => sink.isFull,
  };
};
