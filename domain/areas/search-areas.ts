import type { Area } from './area.ts';
import type { AreaDirectory } from './area-directory.ts';

/** One area that a search found, with the borough that it lies in (itself for a borough). */
export interface AreaFound {
  readonly area: Area;
  readonly borough: Area;
}

const MAX_QUERY_LENGTH = 100;

/** Folds what people do not type alike: case, accents, apostrophes, hyphens, "&" for "and", "St." for "Saint". */
const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’.]/g, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'and')
    .map((word) => (word === 'saint' ? 'st' : word));

/** Whether one slip of the finger (a letter missing, added, wrong or swapped) leads from one word to the other. */
const isOneSlipAway = (typed: string, meant: string): boolean => {
  if (Math.abs(typed.length - meant.length) > 1) return false;
  let at = 0;
  while (at < typed.length && typed[at] === meant[at]) at += 1;
  const rest = (word: string, skipped: number) => word.slice(at + skipped);
  return (
    rest(typed, 1) === rest(meant, 1) ||
    rest(typed, 1) === rest(meant, 0) ||
    rest(typed, 0) === rest(meant, 1) ||
    (typed[at] === meant[at + 1] && typed[at + 1] === meant[at] && rest(typed, 2) === rest(meant, 2))
  );
};

const SHORTEST_WORD_WITH_SLIPS = 4;

type Matches = (typed: string, word: string) => boolean;

const startsAlike: Matches = (typed, word) => word.startsWith(typed);

const soundsAlike: Matches = (typed, word) =>
  startsAlike(typed, word) || (typed.length >= SHORTEST_WORD_WITH_SLIPS && isOneSlipAway(typed, word));

/** 0 when the name begins with what was typed, 1 when another of its words does. */
const rank = (found: AreaFound, typed: readonly string[]): number =>
  wordsOf(found.area.name)[0]?.startsWith(typed[0] ?? '') ? 0 : 1;

/**
 * Wards and boroughs of today whose names hold every word that was typed, at the start of a word; where
 * there are none, those that are one slip of the finger away. "Abbey Barking" finds the ward Abbey of that
 * borough. Best first, then by name. An empty search finds nothing.
 */
export const searchAreas = (directory: AreaDirectory, query: string): readonly AreaFound[] => {
  const typed = wordsOf(query.slice(0, MAX_QUERY_LENGTH));
  if (typed.length === 0) return [];
  const everywhere = directory
    .boroughs()
    .flatMap((borough) => [
      { area: borough, borough },
      ...directory.wardsOf(borough.code).map((area) => ({ area, borough })),
    ]);
  const findBy = (matches: Matches) =>
    everywhere.filter((found) => {
      const own = wordsOf(found.area.name);
      const names = [...own, ...wordsOf(found.borough.name)];
      return (
        typed.some((word) => own.some((name) => matches(word, name))) &&
        typed.every((word) => names.some((name) => matches(word, name)))
      );
    });
  const exact = findBy(startsAlike);
  return (exact.length > 0 ? exact : findBy(soundsAlike)).sort(
    (a, b) => rank(a, typed) - rank(b, typed) || a.area.name.localeCompare(b.area.name, 'en'),
  );
};
