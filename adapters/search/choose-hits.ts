import type { SearchFacets, SearchQuery } from '#domain/search/ports.ts';
import { byCodeUnits } from './by-code-units.ts';
import { isShown, type Scored } from './score.ts';
import type { FacetColumn } from './segment.ts';
import { type FacetName, facetNames } from './segment-assembler.ts';

/** A document that is found. */
export interface Candidate {
  /** The number of its view. */
  readonly view: number;
  readonly document: number;
  readonly score: number;
}

export interface Chosen {
  readonly hits: readonly Candidate[];
  readonly total: number;
  readonly counts: Readonly<Record<keyof SearchFacets, Readonly<Record<string, number>>>>;
}

/**
 * What was found, as it is narrowed down: counts of all of it, and the wanted page of it, best first. Whatever has all
 * words comes before what has most, the score decides among these, then the day, then the id.
 */
export const chooseHits = (scored: readonly Scored[], wanted: number, query: SearchQuery): Chosen => {
  const counts = new Map(facetNames.map((name) => [name, new Map<string, number>()]));
  const best = new Best(query.offset + query.limit, scored);
  let total = 0;
  scored.forEach((one, view) => {
    const facets = facetNames.map((name) => facetOf(one, name, query));
    const { has, scores } = one;
    for (let document = 0; document < has.length; document += 1) {
      if (!isShown(has[document] ?? 0)) continue;
      if (!countFacets(facets, document)) continue;
      total += 1;
      best.offer({ view, document, score: finalScore(scores[document] ?? 0, has[document] === wanted) });
    }
    for (const facet of facets) addUp(facet, counts.get(facet.name));
  });
  const plain = facetNames.map((name) => [name, Object.fromEntries(counts.get(name) ?? [])]);
  return { hits: best.inOrder().slice(query.offset), total, counts: Object.fromEntries(plain) };
};

/**
 * From 1 up what has all words, below 1 what has most. Scores that are equal within a hundredth or so are made equal,
 * so that the newer one comes first.
 */
const finalScore = (score: number, hasAll: boolean): number =>
  ((hasAll ? 1_000 : 0) + Math.round((score / (1 + score)) * 1_000)) / 1_000;

interface FacetCounts extends FacetColumn {
  readonly name: FacetName;
  /** 1 for each value that is chosen; null when none is. */
  readonly chosen: Uint8Array | null;
  readonly counts: Uint32Array;
}

const facetOf = ({ view }: Scored, name: FacetName, { filters }: SearchQuery): FacetCounts => {
  const column = view.segment.facet(name);
  const wanted = new Set(filters[name] ?? []);
  const chosen =
    wanted.size === 0 ? null : Uint8Array.from(column.names, (value) => (wanted.has(value) ? 1 : 0));
  return { ...column, name, chosen, counts: new Uint32Array(column.names.length) };
};

/** Counts a document in each facet that all others let through; tells whether all do. */
const countFacets = (facets: readonly FacetCounts[], document: number): boolean => {
  let refusing: FacetCounts | null = null;
  for (const facet of facets) {
    if (isChosen(facet, document)) continue;
    if (refusing) return false;
    refusing = facet;
  }
  if (refusing) countIn(refusing, document);
  else for (const facet of facets) countIn(facet, document);
  return refusing === null;
};

const isChosen = ({ chosen, starts, values }: FacetCounts, document: number): boolean => {
  if (!chosen) return true;
  const end = starts[document + 1] ?? 0;
  for (let at = starts[document] ?? 0; at < end; at += 1) if (chosen[values[at] ?? 0] === 1) return true;
  return false;
};

const countIn = ({ starts, values, counts }: FacetCounts, document: number): void => {
  const end = starts[document + 1] ?? 0;
  for (let at = starts[document] ?? 0; at < end; at += 1) {
    const value = values[at] ?? 0;
    counts[value] = (counts[value] ?? 0) + 1;
  }
};

const addUp = ({ counts, names }: FacetCounts, sums: Map<string, number> | undefined): void => {
  counts.forEach((count, value) => {
    const name = names[value] ?? '';
    if (count > 0) sums?.set(name, (sums.get(name) ?? 0) + count);
  });
};

/** Keeps the best so many: a heap, the worst of them on top. */
class Best {
  readonly #most: number;
  readonly #scored: readonly Scored[];
  readonly #heap: Candidate[] = [];

  constructor(most: number, scored: readonly Scored[]) {
    this.#most = most;
    this.#scored = scored;
  }

  offer(candidate: Candidate): void {
    const heap = this.#heap;
    if (heap.length < this.#most) {
      heap.push(candidate);
      this.#rise();
      return;
    }
    const worst = heap[0];
    if (!worst || this.#order(candidate, worst) >= 0) return;
    heap[0] = candidate;
    this.#sink();
  }

  inOrder(): Candidate[] {
    return this.#heap.toSorted((one, other) => this.#order(one, other));
  }

  /** Below zero when the first one comes before the other. */
  #order(one: Candidate, other: Candidate): number {
    if (one.score !== other.score) return other.score - one.score;
    const newer = this.#dateOf(other) - this.#dateOf(one);
    return newer !== 0 ? newer : byCodeUnits(this.#idOf(one), this.#idOf(other));
  }

  #dateOf({ view, document }: Candidate): number {
    return this.#scored[view]?.view.segment.column('date')[document] ?? 0;
  }

  #idOf({ view, document }: Candidate): string {
    return this.#scored[view]?.view.segment.idOf(document) ?? '';
  }

  #rise(): void {
    const heap = this.#heap;
    for (let at = heap.length - 1; at > 0; ) {
      const above = (at - 1) >> 1;
      if (!this.#isWorse(at, above)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  #sink(): void {
    for (let at = 0; ; ) {
      let worst = at;
      for (const below of [2 * at + 1, 2 * at + 2])
        if (below < this.#heap.length && this.#isWorse(below, worst)) worst = below;
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  #isWorse(one: number, other: number): boolean {
    const [left, right] = [this.#heap[one], this.#heap[other]];
    return left !== undefined && right !== undefined && this.#order(left, right) > 0;
  }

  #swap(one: number, other: number): void {
    const [left, right] = [this.#heap[one], this.#heap[other]];
    if (!left || !right) return;
    this.#heap[one] = right;
    this.#heap[other] = left;
  }
}
