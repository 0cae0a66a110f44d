import type { XmlVisitor } from './walk-xml.ts';

/** Several readers of one part, in one walk. */
export const joinVisitors = (...visitors: readonly XmlVisitor[]): XmlVisitor => ({
  open: (element) => {
    for (const visitor of visitors) visitor.open?.(element);
  },
  close: (name) => {
    for (const visitor of visitors) visitor.close?.(name);
  },
  text: (text) => {
    for (const visitor of visitors) visitor.text?.(text);
  },
});
