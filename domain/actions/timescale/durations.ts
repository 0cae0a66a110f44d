import { phrases } from './phrases.ts';
import { type Recogniser, unclear } from './time.ts';
import { isKey, numberAt, skip, type Tokens } from './tokens.ts';

const NUMBERS = [
  'a',
  'an',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'twelve',
  'few',
  'several',
];
const UNITS = ['day', 'days', 'week', 'weeks', 'wks', 'month', 'months', 'mths', 'year', 'years', 'yrs'];
const findRelation = phrases({
  from: ['after', 'of', 'from', 'following', 'before', 'prior to', 'ahead of', 'to', 'post'],
});

const amountAt = (tokens: Tokens, at: number): number | null => {
  if (numberAt(tokens, at, 3) !== null || isKey(tokens, at, ...NUMBERS)) return at + 1;
  return null;
};

/** The place behind "within 10 working days", "3 months". */
const behindDuration = (tokens: Tokens, at: number): number | null => {
  const start = skip(tokens, at, ['within', 'in', 'the', 'next', 'for', 'a', 'up', 'to'], 4);
  const begins = isKey(tokens, at, 'within', 'in', 'for') || start === at ? start : at;
  const amount = amountAt(tokens, begins) ?? (begins > at ? amountAt(tokens, begins - 1) : null);
  if (amount === null) return null;
  const unit = skip(tokens, amount, ['-', 'working', 'calendar', 'clear', 'financial'], 2);
  return isKey(tokens, unit, ...UNITS) ? skip(tokens, unit + 1, ["'", 'time'], 2) : null;
};

/** "10 days after approval": when it begins is not said. A time that it is counted from belongs to it. */
export const readDuration =
  (readTime: Recogniser): Recogniser =>
  (tokens, at, plan) => {
    const next = behindDuration(tokens, at);
    if (next === null) return null;
    const relation = findRelation(tokens, next);
    const time = relation && readTime(tokens, skip(tokens, relation.next, ['the', 'end', 'of'], 3), plan);
    return { value: unclear('depends'), next: time?.next ?? next };
  };
