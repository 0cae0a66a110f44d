import { TableText } from '../text/table-text.ts';
import type { TextSink } from '../text/text-sink.ts';
import type { Element, XmlVisitor } from '../xml/walk-xml.ts';

/** What was deleted, what those who write say to each other, and the numbers that are counted anew. */
const SKIPPED = new Set(['tracked-changes', 'annotation', 'sequence-decls', 'forms', 'shapes']);

const MOST_BLANKS = 100;

const charactersOf = (element: Element): string => {
  if (element.name === 'tab') return '\t';
  if (element.name === 'line-break') return '\n';
  if (element.name !== 's') return '';
  return ' '.repeat(Math.min(MOST_BLANKS, Math.max(1, Number(element.attribute('c') ?? 1) || 1)));
};

const isParagraph = (name: string): boolean => name === 'p' || name === 'h';

/** Gathers paragraphs and rows while they are read. */
class OdfText {
  readonly #table: TableText;
  readonly #paragraphs: string[] = [];
  #skipped = 0;
  tables = 0;
  /** Told the name of each table that is in no other. */
  tableNamed: ((name: string) => void) | undefined;

  constructor(sink: TextSink) {
    this.#table = new TableText(sink);
  }

  open(element: Element): void {
    const { name } = element;
    if (SKIPPED.has(name)) this.#skipped += 1;
    if (this.#skipped > 0) return;
    if (name === 'table') this.#beginTable(element);
    else if (isParagraph(name)) this.#paragraphs.push('');
    else if (name === 'table-row') this.#table.beginRow();
    else if (name === 'table-cell') this.#table.beginCell();
    else this.text(charactersOf(element));
  }

  text(text: string): void {
    if (this.#skipped === 0 && this.#paragraphs.length > 0)
      this.#paragraphs[this.#paragraphs.length - 1] += text;
  }

  close(name: string): void {
    if (this.#skipped === 0) this.#end(name);
    if (SKIPPED.has(name)) this.#skipped -= 1;
  }

  #end(name: string): void {
    if (isParagraph(name)) this.#table.paragraph((this.#paragraphs.pop() ?? '').trim());
    if (name === 'table-row') this.#table.endRow();
    if (name === 'table') this.#table.endTable();
  }

  #beginTable(element: Element): void {
    this.tables += 1;
    if (!this.#table.isInRow) this.tableNamed?.(element.attribute('name') ?? '');
  }
}

/** Reads paragraphs, headings and tables; the names of tables are told where people see them: in a spreadsheet. */
export const odfTextTo = (sink: TextSink, hasNames: boolean): XmlVisitor & { tables(): number } => {
  const reader = new OdfText(sink);
  if (hasNames) reader.tableNamed = (name) => sink.paragraph(name);
  return {
    open: (element) => reader.open(element),
    text: (text) => reader.text(text),
    close: (name) => reader.close(name),
    isDone: () => sink.isFull && !hasNames,
    tables: () => reader.tables,
  };
};
