import type { Audience, SearchRecord } from '#domain/search/ports.ts';

/** A generator of numbers from 0 to below 1 that gives the same ones for the same seed (mulberry32). */
const seeded = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const SYLLABLES = 'ba co du fe gi ha jo ku la me ni po ra se ti vu wa yo an er is or un est ing al'.split(
  ' ',
);
const VOCABULARY = 40_000;
/** Rank and frequency of words in English are related so: the exponent is a little above 1. */
const ZIPF = 1.05;
const AUDIENCES: readonly Audience[] = ['public', 'public', 'public', 'staff', 'unit:covert'];

/** The word of a rank: the frequent ones are short. */
const wordOfRank = (rank: number): string => {
  let word = '';
  for (let rest = rank + 30; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length];
  return word;
};

/** Records of some 4 KB with words as frequent as those of a language are; the same for the same seed. */
export function* generateRecords(count: number, seed = 42): Generator<SearchRecord, void, undefined> {
  const random = seeded(seed);
  const vocabulary = Array.from({ length: VOCABULARY }, (_, rank) => wordOfRank(rank));
  const sums = new Float64Array(VOCABULARY);
  for (let rank = 0, sum = 0; rank < VOCABULARY; rank += 1) {
    sum += 1 / (rank + 1) ** ZIPF;
    sums[rank] = sum;
  }
  const below = (limit: number) => Math.floor(random() * limit);
  const aWord = () => vocabulary[rankAt(sums, random() * (sums.at(-1) ?? 1))] ?? '';
  const words = (length: number) => Array.from({ length }, aWord).join(' ');
  for (let number = 0; number < count; number += 1) {
    const year = String(2006 + below(10));
    const area = `E0500${below(600)}`;
    yield {
      ...{ id: `documents/${number}`, source: 'documents', title: words(8), details: words(12) },
      ...{ text: words(450 + below(400)), language: 'en', date: `${year}-0${1 + below(9)}-1${below(10)}` },
      audience: AUDIENCES[below(AUDIENCES.length)] ?? 'public',
      facets: {
        kind: ['minutes', 'results', 'guidance', 'report'][below(4)] ?? '',
        areas: [area, `E0800${below(10)}`],
        years: [year],
        unit: `unit-${below(12)}`,
      },
    };
  }
}

const rankAt = (sums: Float64Array, wanted: number): number => {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** What is asked of such records: frequent and rare words, several, a beginning, a phrase, a typing error. */
export const generateQueries = (count: number, seed = 7): string[] => {
  const random = seeded(seed);
  const aWord = (most = 5_000) => wordOfRank(Math.floor(random() ** 2 * most));
  const kinds = [
    () => aWord(),
    () => `${aWord()} ${aWord()}`,
    () => `${aWord()} ${aWord()} ${aWord()}`,
    () => `${aWord().slice(0, 4)}*`,
    () => `"${aWord(50)} ${aWord(50)}"`,
    () => `${aWord()}q`,
    () => `${aWord()} -${aWord(50)}`,
  ];
  return Array.from({ length: count }, (_, number) => kinds[number % kinds.length]?.() ?? '');
};
