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
  const rows: string[][] = [];
  let [skipped, isText] = [0, false];
  const add = (text: string) => {
    if (paragraphs.length > 0) paragraphs[paragraphs.length - 1] += text;
  };
  const tell = (text: string) => {
    const cells = rows.at(-1);
    if (!cells) return sink.paragraph(text);
    cells[cells.length - 1] = [cells.at(-1), text].filter((part) => part?.trim()).join(' ');
  };
  const closers: Readonly<Record<string, () => void>> = {
    p: () => tell(paragraphs.pop() ?? ''),
    tr: () => tell((rows.pop() ?? []).join('\t')),
  };
  const openers: Readonly<Record<string, () => void>> = {
    p: () => paragraphs.push(''),
    tr: () => rows.push([]),
    tc: () => rows.at(-1)?.push(''),
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
