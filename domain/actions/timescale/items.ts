import type { Plan } from './calendar.ts';
import { readDuration } from './durations.ts';
import { findKeyword, findLink, findTail } from './keywords.ts';
import { behindMarker } from './markers.ts';
import { numberingOf } from './numbering.ts';
import { readTime } from './read-time.ts';
import { findEvery, findRecurrence } from './recurrences.ts';
import { type Time, unclear } from './time.ts';
import type { Recurrence } from './timescale.ts';
import { type Found, isKey, type Tokens } from './tokens.ts';

/** How a time was led in, where that says more than "by" does. */
export type Lead = 'from' | 'until' | 'plain';

/** What a piece of the text is, before it is known what belongs together. */
export type Meaning =
  | { readonly kind: 'time'; readonly time: Time; readonly lead: Lead | null }
  | { readonly kind: 'ongoing' }
  | { readonly kind: 'recurring'; readonly every: Recurrence }
  | { readonly kind: 'marker' }
  | { readonly kind: 'words' }
  | { readonly kind: 'link'; readonly lead: Lead | 'and' }
  | { readonly kind: 'tail' }
  /** A mark that parts, such as a comma; one that does not, such as a bracket. */
  | { readonly kind: 'break' }
  | { readonly kind: 'soft' };

/** A piece of the text: its place, and what it is. */
export type Item = Meaning & {
  readonly start: number;
  readonly end: number;
  /** How many tokens it is made of. */
  readonly size: number;
};

const BREAKS = [',', ';', '.', '•', '|', '·'];
const SOFT = [':', '-', '(', ')', '[', ']', '/', '"', '“', '”', '„', "'", '…', '_', '→', '!'];

const timeItem = (time: Time): Meaning => ({ kind: 'time', time, lead: null });

const readKeyword = (tokens: Tokens, at: number): Found<Meaning> | null => {
  const found = findKeyword(tokens, at);
  if (!found) return null;
  const value: Meaning = found.value === 'ongoing' ? { kind: 'ongoing' } : timeItem(unclear(found.value));
  return { value, next: found.next };
};

const readRecurrence = (tokens: Tokens, at: number, plan: Plan): Found<Meaning> | null => {
  const found = findRecurrence(tokens, at);
  if (found) {
    const value: Meaning =
      found.value === 'other' ? timeItem(unclear('other-rhythm')) : { kind: 'recurring', every: found.value };
    return { value, next: found.next };
  }
  const every = findEvery(tokens, at);
  const time = every && readTime(tokens, every.next, plan);
  if (!every || time?.value.kind !== 'yearless') return null;
  return { value: { kind: 'recurring', every: 'annually' }, next: every.next };
};

const readTail = (tokens: Tokens, at: number): Found<Meaning> | null => {
  const found = findTail(tokens, at);
  return found && { value: { kind: 'tail' }, next: found.next };
};

const asTime = (found: Found<Time> | null): Found<Meaning> | null =>
  found && { value: timeItem(found.value), next: found.next };

const readMarker = (tokens: Tokens, at: number): Found<Meaning> | null => {
  const next = behindMarker(tokens, at);
  return next === null ? null : { value: { kind: 'marker' }, next };
};

const readLink = (tokens: Tokens, at: number): Found<Meaning> | null => {
  const found = findLink(tokens, at);
  return found && { value: { kind: 'link', lead: found.value }, next: found.next };
};

const isBreak = (tokens: Tokens, at: number): boolean => {
  // "e.g.", "1.5"
  const inside = isKey(tokens, at, '.') && tokens[at + 1]?.glued === true && tokens[at]?.glued === true;
  return isKey(tokens, at, ...BREAKS) && !inside;
};

const readMark = (tokens: Tokens, at: number): Found<Meaning> | null => {
  if (isBreak(tokens, at)) return { value: { kind: 'break' }, next: at + 1 };
  // A star before a line is a bullet; behind a word it leads to a footnote.
  const bullet = isKey(tokens, at, '*') && (at === 0 || tokens[at]?.newLine === true);
  return bullet || isKey(tokens, at, '.', ...SOFT) ? { value: { kind: 'soft' }, next: at + 1 } : null;
};

const readDurationOf = readDuration(readTime);

/** Marks with which something begins that has a meaning. */
const MEANT = ['½', '⅔', "'", '?', '&', '+'];

const candidatesAt = (tokens: Tokens, at: number, plan: Plan): readonly (Found<Meaning> | null)[] => {
  const mark = tokens[at]?.kind === 'mark' && !isKey(tokens, at, ...MEANT);
  if (mark) return [readMarker(tokens, at), readMark(tokens, at)];
  return [
    readMarker(tokens, at),
    readKeyword(tokens, at),
    readRecurrence(tokens, at, plan),
    asTime(readDurationOf(tokens, at, plan)),
    asTime(readTime(tokens, at, plan)),
    readTail(tokens, at),
    readLink(tokens, at),
    readMark(tokens, at),
  ];
};

/** What begins at a place: the longest of everything that is known, and a word where nothing is. */
const readItem = (tokens: Tokens, at: number, plan: Plan): Found<Meaning> => {
  let longest: Found<Meaning> | null = null;
  for (const candidate of candidatesAt(tokens, at, plan))
    if (candidate && candidate.next > (longest?.next ?? at)) longest = candidate;
  return longest ?? { value: { kind: 'words' }, next: at + 1 };
};

/** A count and its mark. */
const numbered = (at: number): Found<Meaning> => ({ value: { kind: 'marker' }, next: at + 2 });

/** Takes the tokens of a text together into items, from left to right. Linear: each look ahead is a few tokens. */
export const readItems = (tokens: Tokens, plan: Plan): readonly Item[] => {
  const items: Item[] = [];
  const numbering = numberingOf(tokens);
  for (let at = 0; at < tokens.length; ) {
    const { value, next } = numbering.has(at) ? numbered(at) : readItem(tokens, at, plan);
    const start = tokens[at]?.start ?? 0;
    const end = tokens[next - 1]?.end ?? start;
    if (tokens[at]?.newLine) items.push({ kind: 'break', start, end: start, size: 0 });
    items.push({ ...value, start, end, size: next - at });
    at = next;
  }
  return items;
};
