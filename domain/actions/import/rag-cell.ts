import type { Rag } from '../rag.ts';
import { type CellRead, clear, saysNothing, unclear } from './questions.ts';
import { type StatusSaid, statusSaid } from './status-words.ts';

/** What a cell about the state of an action says: its RAG, how far it is, and the rest of the words. */
export interface StateSaid {
  readonly rag: Rag | null;
  readonly status: StatusSaid | null;
  readonly detail: string;
}

const NOTHING: StateSaid = { rag: null, status: null, detail: '' };

const RAG_WORDS: Readonly<Record<string, Rag>> = {
  red: 'red',
  r: 'red',
  amber: 'amber',
  a: 'amber',
  green: 'green',
  g: 'green',
};

// Colours that other plans have beside the three; each means something else there.
const OTHER_COLOUR = /^(?:yellow|orange|blue|gr[ae]y|white|black|purple|y|b)$/i;

const ragOf = (word: string): Rag | undefined =>
  Object.hasOwn(RAG_WORDS, word.toLowerCase()) ? RAG_WORDS[word.toLowerCase()] : undefined;

const PARTS = /\s*[,;/()–—:\n]\s*|\s+-\s+|\s+and\s+/;

const readParts = (text: string, column: 'rag' | 'status'): CellRead<StateSaid> => {
  const parts = text.split(PARTS).filter((part) => part !== '');
  const rags = [...new Set(parts.flatMap((part) => ragOf(part) ?? []))];
  if (rags.length > 1) return unclear(NOTHING, 'rag.two-colours');
  const status = parts.map(statusSaid).find((said) => said !== null) ?? null;
  const colours = parts.some((part) => OTHER_COLOUR.test(part));
  if (rags.length === 0 && status === null)
    return unclear(NOTHING, colours ? 'rag.other-colour' : (`${column}.unclear` as const));
  const rest = parts.filter((part) => !ragOf(part) && !OTHER_COLOUR.test(part) && !statusSaid(part));
  return clear({ rag: rags[0] ?? null, status, detail: rest.join(', ') });
};

/** Reads a cell of a column about RAG or status: officers write either into both, and both into one. */
export const readState = (text: string, column: 'rag' | 'status'): CellRead<StateSaid> => {
  if (saysNothing(text)) return clear(NOTHING);
  const written = text.trim();
  const rag = ragOf(written);
  if (rag) return clear({ ...NOTHING, rag });
  const status = statusSaid(written);
  if (status) return clear({ rag: null, status, detail: '' });
  return readParts(written, column);
};

const channels = (fill: string): readonly [number, number, number] => {
  const value = Number.parseInt(fill, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};

/** Hue in degrees; null for white, grey and black, which mean nothing. */
const hueOf = (fill: string): number | null => {
  const [red, green, blue] = channels(fill);
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  // Of faint colours (the lightest that Excel offers for "good" and "bad" have a spread of 40) and dark ones no hue is seen.
  if (spread < 32 || most < 80) return null;
  if (most === red) return (((green - blue) / spread) * 60 + 360) % 360;
  if (most === green) return ((blue - red) / spread) * 60 + 120;
  return ((red - green) / spread) * 60 + 240;
};

/** What a background colour is near to. Yellow lies between amber and nothing: see `readColour`. */
type Colour = Rag | 'yellow' | 'other';

const HUES: readonly (readonly [Colour, number, number])[] = [
  ['red', 0, 16],
  ['amber', 16, 53],
  ['yellow', 53, 68],
  ['green', 68, 165],
  ['other', 165, 340],
  ['red', 340, 361],
];

/** Near which colour a background is; null for none and for shades of grey. */
export const colourOf = (fill: string | null): Colour | null => {
  const hue = fill === null ? null : hueOf(fill);
  if (hue === null) return null;
  return HUES.find(([, from, to]) => hue >= from && hue < to)?.[0] ?? null;
};

/** The RAG that a background stands for; null for all other colours and for none. */
export const ragOfFill = (fill: string | null): Rag | null => {
  const colour = colourOf(fill);
  return colour === 'other' || colour === 'yellow' ? null : colour;
};

/** Puts word and colour of a cell together: a colour may stand for a word, and must not contradict one. */
export const joinColour = (said: StateSaid, fill: string | null, isBanding: boolean): CellRead<StateSaid> => {
  const colour = colourOf(fill);
  if (colour === null) return clear(said);
  const isRag = colour !== 'other' && colour !== 'yellow';
  if (said.rag !== null) {
    const agrees =
      colour === said.rag || (colour === 'yellow' && said.rag === 'amber') || (!isRag && isBanding);
    return agrees ? clear(said) : unclear({ ...said, rag: null }, 'rag.word-and-colour');
  }
  if (isRag) return clear({ ...said, rag: colour });
  // A coloured row is decoration, and a status in words says what its colour means.
  return isBanding || said.status !== null ? clear(said) : unclear(said, 'rag.other-colour');
};

export const writeRag = (rag: Rag | null): string =>
  rag === null ? '' : `${rag[0]?.toUpperCase()}${rag.slice(1)}`;
