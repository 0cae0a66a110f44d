import type { LocalDate } from '../shared/clock.ts';

/** Where something that can be found comes from. A new source is a word here and whoever tells of its changes. */
export const searchSources = ['documents'] as const;
export type SearchSource = (typeof searchSources)[number];

/**
 * Who may know that a record exists: everybody, all staff, or the staff of one unit. What is not in the tokens of
 * whoever searches does not exist for them, not even in counts.
 */
export type Audience = 'public' | 'staff' | `unit:${string}`;

/** One thing that can be found, as the index is told of it. */
export interface SearchRecord {
  /** `documents/0190…`: source and identity. */
  id: string;
  source: SearchSource;
  title: string;
  /** What else describes it in words: kind, tags, names of areas, unit and consultation. */
  details: string;
  /** Its full text, plain; may be a million characters. */
  text: string;
  /** `en`, `cy`, …: decides on stemming. */
  language: string;
  audience: Audience;
  /** By what one can narrow down; each value is counted. */
  facets: SearchFacets;
  /** Newer ones come first among equals, and when nothing is asked for. */
  date: LocalDate;
}

export interface SearchFacets {
  kind: string;
  /** Codes: those that it is about and those that these lie in, so that a borough finds what is about its wards. */
  areas: readonly string[];
  /** Calendar years that it covers. */
  years: readonly string[];
  unit: string;
}

/** What happened to a record; of two changes of one record the one with the higher revision holds, in whatever order they come. */
export type SearchChange =
  | { kind: 'put'; revision: number; record: SearchRecord }
  | { kind: 'remove'; revision: number; id: string };

export interface SearchQuery {
  /**
   * As people type it: words, "a phrase in quotation marks", prefixe* and -without. All words are wanted, but what has
   * most of them is found too; typing errors are forgiven. Empty: everything, newest first.
   */
  words: string;
  /** Whoever searches, as what they may know of. */
  audiences: readonly Audience[] | 'all';
  source?: SearchSource;
  /** Within one facet any of the values, across facets all of them. */
  filters: Partial<Record<keyof SearchFacets, readonly string[]>>;
  /** Of the first result, from 0. */
  offset: number;
  /** At most 100. */
  limit: number;
}

export interface SearchHit {
  id: string;
  source: SearchSource;
  title: string;
  date: LocalDate;
  /** Higher is better; comparable within one answer only. */
  score: number;
  /** A piece or two of the text around what was found, as parts of which some are marked; empty when only the title or the details match. */
  snippet: readonly { text: string; isMatch: boolean }[];
}

export interface SearchPage {
  hits: readonly SearchHit[];
  /** Of all pages. */
  total: number;
  /** For each facet, how many results each value would leave if it were chosen in place of what is chosen in that facet now. */
  counts: Readonly<Record<keyof SearchFacets, Readonly<Record<string, number>>>>;
  /** What was searched for instead, when a word is nowhere and a similar one is; null otherwise. */
  spelling: string | null;
}

/** Finds what was put into the index a few seconds ago or earlier. */
export interface SearchIndex {
  search(query: SearchQuery): Promise<SearchPage>;
}

/** Keeps the index. Told the same twice or late, it stays right; several writers at once lose nothing. */
export interface SearchIndexWriter {
  apply(changes: readonly SearchChange[]): Promise<void>;
}
