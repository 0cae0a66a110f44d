import MiniSearch from 'minisearch';
import type { SearchRecord } from '#domain/search/ports.ts';

/** Ids of what is found, best first. */
export type Find = (words: string) => readonly string[];

/** What everybody begins with: all words as they are somewhere in the record, the most frequent first. */
export const substringScan = (records: readonly SearchRecord[]): Find => {
  const texts = records.map(({ id, title, details, text }) => ({
    ...{ id, all: `${title}\n${details}\n${text}`.toLowerCase() },
  }));
  return (words) => {
    const wanted = words
      .toLowerCase()
      .split(/[\s"*]+/)
      .filter(Boolean);
    return texts
      .map(({ id, all }) => ({ id, counts: wanted.map((word) => all.split(word).length - 1) }))
      .filter(({ counts }) => counts.every((count) => count > 0))
      .map(({ id, counts }) => ({ id, count: counts.reduce((sum, count) => sum + count, 0) }))
      .sort((one, other) => other.count - one.count)
      .map(({ id }) => id);
  };
};

export const miniSearchOptions = {
  fields: ['title', 'details', 'text'],
  searchOptions: { prefix: true, fuzzy: 0.2, boost: { title: 4, details: 2 } },
};

/** The library that people take, with the settings that its guide proposes. */
export const miniSearch = (records: readonly SearchRecord[]): Find => {
  const index = new MiniSearch<SearchRecord>(miniSearchOptions);
  index.addAll(records);
  return (words) => index.search(words).map(({ id }) => id as string);
};
