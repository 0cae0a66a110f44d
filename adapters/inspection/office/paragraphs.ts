import { TableText } from '../text/table-text.ts';
import type { TextSink } from '../text/text-sink.ts';
import type { XmlVisitor } from '../xml/walk-xml.ts';

/** Text of which another copy stands beside it, for programs of old; and what was deleted. */
const SKIPPED = new Set(['Fallback', 'del', 'moveFrom', 'pPr', 'rPr', 'instrText', 'delText']);

const CHARACTERS: Readonly<Record<string, string>> = {
  tab: '\t',
  br: '\n',
  cr: '\n',
  noBreakHyphen: '-',
};

/**
 * Reads the paragraphs of a text document or of a slide: the cells of a row of a table go into one line, parted by
 * tabs. A paragraph in a paragraph (a text box) comes before the one that holds it.
 */
export const paragraphsTo = (sink: TextSink): XmlVisitor => {
  const paragraphs: string[] = [];
  const table = new TableText(sink);
  let [skipped, isText] = [0, false];
  const add = (text: string) => {
    if (paragraphs.length > 0) paragraphs[paragraphs.length - 1] += text;
  };
  const closers: Readonly<Record<string, () => void>> = {
    p: () => table.paragraph(paragraphs.pop() ?? ''),
    tr: () => table.endRow(),
    tbl: () => table.endTable(),
  };
  const openers: Readonly<Record<string, () => void>> = {
    p: () => paragraphs.push(''),
    tr: () => table.beginRow(),
    tc: () => table.beginCell(),
  };
  return {
    open: ({ name }) => {
      if (SKIPPED.has(name)) skipped += 1;
      if (skipped > 0) return;
      isText = name === 't';
      openers[name]?.();
      add(CHARACTERS[name] ?? '');
    },
    text: (text) => {
      if (isText && skipped === 0) add(text);
    },
    close: (name) => {
      if (skipped === 0) closers[name]?.();
      if (SKIPPED.has(name)) skipped -= 1;
      isText = false;
    },
    isDone: () => sink.isFull,
  };
};
