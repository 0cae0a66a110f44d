import { areaCodeSchema } from '#domain/areas/area.ts';
import { documentKinds } from '#domain/documents/document.ts';
import type { SearchFacets } from '#domain/search/ports.ts';
import { oneLine } from '#domain/shared/text.ts';

/** By what a search can be narrowed, as addresses call it, and as the index does. */
export const filters = { kind: 'kind', area: 'areas', year: 'years', unit: 'unit' } as const satisfies Record<
  string,
  keyof SearchFacets
>;
export type FilterName = keyof typeof filters;

/** What somebody searches for, as an address says it. */
export interface SearchAsked {
  readonly words: string;
  readonly chosen: Readonly<Partial<Record<FilterName, readonly string[]>>>;
  /** From 1. */
  readonly page: number;
}

const MOST_WORDS = 200;
const MOST_CHOSEN = 50;
const MOST_PAGES = 500;

const canBe: Readonly<Record<FilterName, (value: string) => boolean>> = {
  kind: (value) => documentKinds.some((kind) => kind === value),
  area: (value) => areaCodeSchema.safeParse(value).success,
  year: (value) => /^\d{4}$/.test(value),
  unit: (value) => /^[\w-]{1,80}$/.test(value),
};

/** Reads a search from an address. What can be no value of a filter is left out: an old link still finds something. */
export const readSearch = (query: URLSearchParams, names: readonly FilterName[]): SearchAsked => ({
  words: oneLine(query.get('q') ?? '')
    .slice(0, MOST_WORDS)
    .toWellFormed(),
  chosen: Object.fromEntries(
    names.map((name) => [name, [...new Set(query.getAll(name))].filter(canBe[name]).slice(0, MOST_CHOSEN)]),
  ),
  page: Math.min(MOST_PAGES, Math.max(1, Math.floor(Number(query.get('page'))) || 1)),
});

/** The address of a search. */
export const writeSearch = (path: string, { words, chosen, page }: SearchAsked): string => {
  const query = new URLSearchParams(words === '' ? {} : { q: words });
  for (const [name, values] of Object.entries(chosen)) for (const value of values) query.append(name, value);
  if (page > 1) query.append('page', String(page));
  return query.size === 0 ? path : `${path}?${query}`;
};
