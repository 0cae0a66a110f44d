import { refuse } from '../refused.ts';
import type { TextSink } from '../text/text-sink.ts';

/** A piece of text on a page, as PDF.js gives it: marks of structure have no `str`. */
interface Piece {
  readonly str?: string;
  readonly hasEOL?: boolean;
  readonly height?: number;
  readonly transform?: readonly number[];
}

/** What is asked of a page of PDF.js. */
export interface Page {
  getAnnotations(): Promise<readonly { readonly subtype?: string; readonly actions?: object | null }[]>;
  getTextContent(): Promise<{ readonly items: readonly object[] }>;
}

/** Lines further apart than this many times their height begin a new paragraph. */
const PARAGRAPH = 1.9;

const heightOf = (piece: Piece): number => Math.abs(piece.height ?? 0) || Math.abs(piece.transform?.[3] ?? 0);

/** Puts the pieces of a page together to lines, and lines to paragraphs, by how far they are from each other. */
const linesOf = (pieces: readonly Piece[]): string => {
  let text = '';
  let above: Piece | null = null;
  for (const piece of pieces) {
    if (piece.str === undefined) continue;
    if (above && piece.str.trim() !== '') {
      const distance = Math.abs((above.transform?.[5] ?? 0) - (piece.transform?.[5] ?? 0));
      if (distance > PARAGRAPH * Math.max(heightOf(above), heightOf(piece), 1)) text += '\n\n';
    }
    text += piece.str + (piece.hasEOL ? '\n' : '');
    if (piece.str.trim() !== '') above = piece;
  }
  return text;
};

/** Reads a page's text, and refuses one whose notes or fields act by themselves or hold a file. */
export const readPage = async (page: Page, sink: TextSink): Promise<void> => {
  for (const { subtype, actions } of await page.getAnnotations()) {
    if (subtype === 'FileAttachment') refuse('active-content', 'pdf attachment');
    if (actions && Object.keys(actions).length > 0) refuse('active-content', 'pdf script');
  }
  if (sink.isFull) return;
  const { items } = await page.getTextContent();
  sink.paragraph(linesOf(items as readonly Piece[]));
};
