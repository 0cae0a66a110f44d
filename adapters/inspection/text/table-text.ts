import type { TextSink } from './text-sink.ts';

/** So many rows are told as one paragraph. */
const ROWS_TOLD_TOGETHER = 500;

/**
 * Puts paragraphs in cells together to rows, and rows to tables: a row is a line, its cells are parted by tabs, and a
 * table in a cell is told in that cell.
 */
export class TableText {
  readonly #sink: TextSink;
  /** The rows that are open, each in a cell of the one before. */
  readonly #rows: string[][] = [];
  #lines: string[] = [];

  constructor(sink: TextSink) {
    this.#sink = sink;
  }

  get isInRow(): boolean {
    return this.#rows.length > 0;
  }

  beginRow(): void {
    this.#rows.push([]);
  }

  beginCell(): void {
    this.#rows.at(-1)?.push('');
  }

  endRow(): void {
    const line = (this.#rows.pop() ?? []).join('\t').trimEnd();
    if (this.isInRow) this.paragraph(line);
    else if (line.trim() !== '') this.#lines.push(line);
    if (this.#lines.length >= ROWS_TOLD_TOGETHER) this.endTable();
  }

  endTable(): void {
    if (this.isInRow) return;
    this.#sink.paragraph(this.#lines.join('\n'));
    this.#lines = [];
  }

  paragraph(text: string): void {
    const cells = this.#rows.at(-1);
    if (!cells) {
      this.endTable();
      this.#sink.paragraph(text);
    } else if (text.trim() !== '') cells[cells.length - 1] = [cells.at(-1), text].filter(Boolean).join(' ');
  }
}
