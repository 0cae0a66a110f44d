import { COUNTED } from './keywords.ts';
import { isAtBeginning } from './markers.ts';
import { isMonthAt } from './months.ts';
import { isKey, type Tokens } from './tokens.ts';

const SCHEMES: readonly (readonly string[])[] = [
  Array.from({ length: 99 }, (_, at) => String(at + 1)),
  [...'abcdefgh'],
  ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'],
];

/** A count with its mark, and a blank behind them: "1. June", not "1.6.10". */
const isCount = (tokens: Tokens, at: number, count: string | undefined, mark: string): boolean =>
  tokens[at]?.key === count &&
  isKey(tokens, at + 1, mark) &&
  tokens[at + 1]?.glued === true &&
  tokens[at + 2]?.glued === false;

/** "June 2." ends with a day, "phase 2." with the number of a phase. */
const mayCount = (tokens: Tokens, at: number): boolean =>
  isAtBeginning(tokens, at) || !(isMonthAt(tokens, at - 1) || isKey(tokens, at - 1, ...COUNTED));

const follow = (tokens: Tokens, counts: readonly string[], mark: string): readonly number[] => {
  const places: number[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (!isCount(tokens, at, counts[places.length], mark)) continue;
    if (places.length === 0 ? isAtBeginning(tokens, at) : mayCount(tokens, at)) places.push(at);
  }
  return places.length > 1 ? places : [];
};

/**
 * Where the parts of a text are numbered, also within a line: "1. June 2010 2. July 2010". One number alone may be a
 * day; numbers that follow each other count parts.
 */
export const numberingOf = (tokens: Tokens): ReadonlySet<number> =>
  new Set(SCHEMES.flatMap((counts) => ['.', ')'].flatMap((mark) => follow(tokens, counts, mark))));
