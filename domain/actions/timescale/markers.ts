import { isKey, numberAt, type Tokens } from './tokens.ts';

const MARKER = /^(?:[a-h]|i{1,3}|iv|vi{0,3}|ix|x)$/;

const isCount = (tokens: Tokens, at: number): boolean =>
  numberAt(tokens, at, 2) !== null || MARKER.test(tokens[at]?.key ?? '');

export const isAtBeginning = (tokens: Tokens, at: number): boolean =>
  at === 0 || tokens[at]?.newLine === true || isKey(tokens, at - 1, ',', ';', '.');

/** The place behind "(i)", "a)", "1.": what numbers the parts of a text. */
export const behindMarker = (tokens: Tokens, at: number): number | null => {
  if (isKey(tokens, at, '(') && isCount(tokens, at + 1) && isKey(tokens, at + 2, ')')) return at + 3;
  if (!isCount(tokens, at) || !isAtBeginning(tokens, at)) return null;
  if (isKey(tokens, at + 1, ')')) return at + 2;
  const numbered = numberAt(tokens, at, 2) !== null && isKey(tokens, at + 1, '.');
  const apart = tokens[at + 2] !== undefined && !tokens[at + 2]?.glued;
  return numbered && apart ? at + 2 : null;
};
