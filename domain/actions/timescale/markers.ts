import type { Meaning } from './items.ts';
import { type Found, isKey, numberAt, type Tokens } from './tokens.ts';

const MARKER = /^(?:[a-h]|i{1,3}|iv|vi{0,3}|ix|x)$/;

const isCount = (tokens: Tokens, at: number): boolean =>
  numberAt(tokens, at, 2) !== null || MARKER.test(tokens[at]?.key ?? '');

const isAtBeginning = (tokens: Tokens, at: number): boolean =>
  at === 0 || tokens[at]?.newLine === true || isKey(tokens, at - 1, ',', ';', '.');

/** "(i)", "a)", "1.": what numbers the parts of a text. */
export const readMarker = (tokens: Tokens, at: number): Found<Meaning> | null => {
  const value: Meaning = { kind: 'marker' };
  if (isKey(tokens, at, '(') && isCount(tokens, at + 1) && isKey(tokens, at + 2, ')'))
    return { value, next: at + 3 };
  if (!isCount(tokens, at) || !isAtBeginning(tokens, at)) return null;
  if (isKey(tokens, at + 1, ')')) return { value, next: at + 2 };
  const numbered = numberAt(tokens, at, 2) !== null && isKey(tokens, at + 1, '.');
  const apart = tokens[at + 2] !== undefined && !tokens[at + 2]?.glued;
  return numbered && apart ? { value, next: at + 2 } : null;
};
