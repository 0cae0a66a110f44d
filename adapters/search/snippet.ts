import type { SearchHit } from '#domain/search/ports.ts';
import { chooseWindows, type Window } from './choose-windows.ts';
import { positionsIn } from './combine-matches.ts';
import type { LookedUp } from './look-up.ts';
import { fieldOf } from './positions.ts';
import type { TextBlock } from './text-blocks.ts';
import { type Token, tokenise } from './tokenise.ts';
import { baseOf, type View } from './view.ts';

export type Snippet = SearchHit['snippet'];

/** A longer piece is cut off: words without an end are no words. */
const MOST_CHARACTERS = 400;
/** Of these, so many may stand before the first word that was found. */
const MOST_BEFORE = 150;
const GAP = { text: ' … ', isMatch: false };

/** What has to be known of a document to cut its snippet, and of which pieces of its text. */
export interface SnippetPlan {
  readonly pieces: readonly { readonly block: TextBlock; readonly window: Window }[];
  /** Whether a word is to be marked. */
  readonly isMatch: (token: Token) => boolean;
}

/** Decides what to show of the text of a document; null when nothing was found in its text. */
export const planSnippet = (
  view: View,
  index: number,
  document: number,
  wanted: readonly LookedUp[],
): SnippetPlan | null => {
  const places = wanted.flatMap(({ found, documents }) => {
    const matches = found[index]?.matches;
    const positions = matches ? inText(positionsIn(matches, document)) : [];
    return positions.length === 0 ? [] : [{ positions, weight: 1 / (1 + Math.log(1 + documents)) }];
  });
  const windows = chooseWindows(places);
  const blocks = view.segment.blocksOf(document);
  const pieces = windows.flatMap((window) => {
    const block = blockAt(blocks, middleOf(window, places));
    return block ? [{ block, window }] : [];
  });
  return pieces.length === 0 ? null : { pieces, isMatch: matcherOf(view, index, document, wanted) };
};

const inText = (positions: Int32Array): Int32Array => positions.filter((position) => fieldOf(position) === 0);

/** The first place in a window: a window reaches over the end of a block, what was found does not. */
const middleOf = ({ first, last }: Window, places: readonly { positions: ArrayLike<number> }[]): number => {
  for (const { positions } of places)
    for (let at = 0; at < positions.length; at += 1) {
      const position = positions[at] ?? 0;
      if (position >= first && position <= last) return position;
    }
  return first;
};

const blockAt = (blocks: readonly TextBlock[], position: number): TextBlock | undefined =>
  blocks.findLast((block) => block.position <= position);

/** Words that were found by themselves are marked wherever they stand, those of phrases only where the phrase does. */
const matcherOf = (view: View, index: number, document: number, wanted: readonly LookedUp[]) => {
  const language = baseOf(view.segment.wordOf('language', document));
  const terms = new Set<string>();
  const rows = new Set<number>();
  for (const { found } of wanted) {
    const here = found[index];
    for (const variant of here?.variants ?? [])
      if (variant.language === null || variant.language === language) terms.add(variant.term);
    if (!here?.rows) continue;
    for (const first of inText(positionsIn(here.rows.matches, document)))
      for (let word = 0; word < here.rows.width; word += 1) rows.add(first + word);
  }
  return ({ term, position }: Token): boolean => terms.has(term) || rows.has(position);
};

/** Cuts the pieces out of the texts of their blocks, in their order. */
export const cutSnippet = ({ pieces, isMatch }: SnippetPlan, texts: readonly string[]): Snippet => {
  const parts = pieces.flatMap(({ block, window }, index) => {
    const piece = cutPiece(texts[index] ?? '', block, window, isMatch);
    return index === 0 ? piece : [GAP, ...piece];
  });
  return tidy(parts);
};

type Parts = { text: string; isMatch: boolean }[];

const cutPiece = (
  text: string,
  block: TextBlock,
  { first, last }: Window,
  isMatch: SnippetPlan['isMatch'],
): Parts => {
  const around = tokenise(text).filter(({ position }) => {
    const number = position + block.position;
    return number >= first && number <= last;
  });
  const marked = around.filter((token) => isMatch({ ...token, position: token.position + block.position }));
  const earliest = (marked[0]?.start ?? 0) - MOST_BEFORE;
  const bounds = boundsOf(
    text,
    around.filter(({ start }) => start >= earliest),
  );
  const parts: Parts = [];
  let at = bounds.start;
  for (const { start, end } of marked.sort((one, other) => one.start - other.start)) {
    const to = Math.min(end, bounds.end);
    if (to <= at) continue;
    parts.push({ text: text.slice(at, Math.max(at, start)), isMatch: false });
    parts.push({ text: text.slice(Math.max(at, start), to), isMatch: true });
    at = to;
  }
  parts.push({ text: text.slice(at, bounds.end), isMatch: false });
  const isBeginning = block.isFirst && text.slice(0, bounds.start).trim() === '';
  const isEnd = block.isLast && text.slice(bounds.end).trim() === '';
  return [
    ...(isBeginning ? [] : [{ text: '… ', isMatch: false }]),
    ...parts,
    ...(isEnd ? [] : [{ text: ' …', isMatch: false }]),
  ];
};

const BLANK = /\s/;

/** From the first to the last word, each with all that is written together with it. */
const boundsOf = (text: string, tokens: readonly Token[]): { start: number; end: number } => {
  const first = tokens[0] ?? { start: 0, end: 0 };
  const most = first.start + MOST_CHARACTERS;
  const whole = tokens.filter(({ end }) => end <= most);
  const end = Math.max(Math.min(most, first.end), ...whole.map((token) => token.end));
  return { start: blankBefore(text, first.start), end: blankAfter(text, end) };
};

/** What is written together over more than this is cut where a word begins or ends. */
const MOST_TOGETHER = 40;

const blankBefore = (text: string, from: number): number => {
  for (let at = from; at >= Math.max(0, from - MOST_TOGETHER); at -= 1)
    if (at === 0 || BLANK.test(text.charAt(at - 1))) return at;
  return from;
};

const blankAfter = (text: string, from: number): number => {
  for (let at = from; at <= Math.min(text.length, from + MOST_TOGETHER); at += 1)
    if (at === text.length || BLANK.test(text.charAt(at))) return at;
  return from;
};

/** One part for neighbours of a kind, single blanks, and no half characters. */
const tidy = (parts: Parts): Snippet => {
  const merged: Parts = [];
  for (const { text, isMatch } of parts) {
    const last = merged.at(-1);
    if (last?.isMatch === isMatch) last.text += text;
    else if (text !== '') merged.push({ text, isMatch });
  }
  return merged
    .map(({ text, isMatch }) => ({
      text: text.replace(/\s+/g, ' ').replaceAll('… …', '…').toWellFormed(),
      isMatch,
    }))
    .filter(({ text }) => text !== '');
};
