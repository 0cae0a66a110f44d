import type { Item } from './items.ts';

/** A stretch of the text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const EDGES = new Set(' ,;:-‐‑‒–—―…"“”„\'’‘*/|·•_>→');

/** Without marks at its ends; a full stop at the end may belong to an abbreviation. By hand: linear for any text. */
const trimMarks = (text: string): string => {
  let start = 0;
  let end = text.length;
  while (start < end && (text[start] === '.' || EDGES.has(text[start] ?? ''))) start += 1;
  while (end > start && EDGES.has(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
};

const count = (text: string, mark: string): number => text.split(mark).length - 1;

/** A bracket that was opened inside is closed, and the other way round. */
const balance = (text: string, { start, end }: Stretch): Stretch => {
  const inside = text.slice(start, end);
  const open = count(inside, '(') - count(inside, ')');
  if (open > 0) {
    const close = /^[\s.,;]{0,3}\)/.exec(text.slice(end, end + 4));
    return { start, end: end + (close?.[0].length ?? 0) };
  }
  const opening = open < 0 ? /\(\s{0,3}$/.exec(text.slice(Math.max(start - 4, 0), start)) : null;
  return { start: start - (opening?.[0].length ?? 0), end };
};

/** A text on one line, without marks at its ends. */
const tidyLabel = (text: string): string => trimMarks(text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' '));

/**
 * Takes words together that have nothing but marks between them. `all` are the items of the clause in their order.
 */
export const stretchesOf = (all: readonly Item[], taken: ReadonlySet<Item>): readonly Stretch[] => {
  const stretches: { start: number; end: number }[] = [];
  let apart = true;
  for (const item of all) {
    if (taken.has(item)) {
      const last = stretches.at(-1);
      if (last && !apart) last.end = item.end;
      else stretches.push({ start: item.start, end: item.end });
      apart = false;
    } else if (item.kind !== 'break' && item.kind !== 'soft') apart = true;
  }
  return stretches;
};

/** The officer's words of a label; null where none are left. */
export const labelOf = (text: string, stretches: readonly Stretch[]): string | null => {
  const parts = stretches.map((stretch) => {
    const { start, end } = balance(text, stretch);
    return tidyLabel(text.slice(start, end));
  });
  return parts.filter((part) => part !== '').join(' ') || null;
};
