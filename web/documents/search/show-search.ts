import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import { type ArchiveDocument, documentKinds } from '#domain/documents/document.ts';
import type { SearchHit, SearchPage, SearchQuery } from '#domain/search/ports.ts';
import { type AreaShown, showAreas } from './area-names.ts';
import type { DocumentsFound } from './find-documents.ts';
import { type FilterName, filters, type SearchAsked, writeSearch } from './read-search.ts';

/** Documents on one page of results. */
const PAGE_SIZE = 20;

/** One value by which a search can be narrowed. `text` is null where the catalogue has a word for the value. */
interface OptionShown {
  readonly value: string;
  readonly text: string | null;
  readonly count: number;
  readonly isChosen: boolean;
}

interface FilterShown {
  readonly name: FilterName;
  readonly options: readonly OptionShown[];
  readonly isOpen: boolean;
}

export interface HitShown {
  readonly document: ArchiveDocument;
  readonly snippet: SearchHit['snippet'];
  readonly date: string;
  readonly areas: readonly AreaShown[];
  /** Null where units are not told. */
  readonly unit: string | null;
}

/** What a page of results shows. */
export interface SearchShown {
  readonly path: string;
  readonly words: string;
  readonly hits: readonly HitShown[];
  readonly total: number;
  readonly spelling: string | null;
  readonly filters: readonly FilterShown[];
  /** What is chosen, each with the address of the search without it. */
  readonly chips: readonly {
    readonly name: FilterName;
    readonly value: string;
    readonly text: string | null;
    readonly href: string;
  }[];
  readonly page: number;
  readonly pages: number;
  readonly previous: string | null;
  readonly next: string | null;
  readonly first: string;
}

/** The names of what is only known by its code. */
export interface Names {
  readonly directory: AreaDirectory;
  /** By id; null where units are not told. */
  readonly units: ReadonlyMap<string, string> | null;
}

/** The search as the index is asked for it. */
export const queryOf = (
  { words, chosen, page }: SearchAsked,
  audiences: SearchQuery['audiences'],
): Omit<SearchQuery, 'source'> => ({
  words,
  audiences,
  filters: Object.fromEntries(
    Object.entries(chosen).flatMap(([name, values]) =>
      values.length === 0 ? [] : [[filters[name as FilterName], values]],
    ),
  ),
  offset: (page - 1) * PAGE_SIZE,
  limit: PAGE_SIZE,
});

/** The values of a filter in the order in which people look for them. */
const valuesOf = (name: FilterName, counted: readonly string[], { directory, units }: Names): string[] => {
  const byName = (a: string, b: string) =>
    textOf(name, a, { directory, units }).localeCompare(textOf(name, b, { directory, units }), 'en');
  if (name === 'kind') return documentKinds.filter((kind) => counted.includes(kind));
  if (name === 'year') return counted.toSorted().toReversed();
  // Hundreds of wards would bury the boroughs; a ward is found by its name.
  const shown =
    name === 'area' ? counted.filter((code) => directory.find(code)?.kind === 'borough') : counted;
  return shown.toSorted(byName);
};

const textOf = (name: FilterName, value: string, { directory, units }: Names): string => {
  if (name === 'area') return directory.find(value)?.name ?? value;
  return name === 'unit' ? (units?.get(value) ?? value) : value;
};

const optionOf = (
  name: FilterName,
  value: string,
  { counts, chosen, names }: { counts: SearchPage['counts']; chosen: readonly string[]; names: Names },
): OptionShown => ({
  value,
  text: name === 'kind' ? null : textOf(name, value, names),
  count: counts[filters[name]]?.[value] ?? 0,
  isChosen: chosen.includes(value),
});

const showFilter = (
  name: FilterName,
  counts: SearchPage['counts'],
  { chosen: all, names }: { chosen: SearchAsked['chosen']; names: Names },
): FilterShown => {
  const chosen = all[name] ?? [];
  const counted = Object.entries(counts[filters[name]] ?? {}).flatMap(([value, count]) =>
    count > 0 && !chosen.includes(value) ? [value] : [],
  );
  // What is chosen stays among the choices, also a ward, and also when it has no results any more.
  const values = valuesOf(name, [...counted, ...chosen], names);
  const kept = chosen.filter((value) => !values.includes(value));
  return {
    name,
    options: [...kept, ...values].map((value) => optionOf(name, value, { counts, chosen, names })),
    isOpen: chosen.length > 0,
  };
};

const chipsOf = (path: string, asked: SearchAsked, names: Names): SearchShown['chips'] =>
  Object.entries(asked.chosen).flatMap(([key, values]) => {
    const name = key as FilterName;
    return values.map((value) => {
      const others = values.filter((other) => other !== value);
      const chosen = { ...asked.chosen, [name]: others };
      return {
        ...{ name, value, text: name === 'kind' ? null : textOf(name, value, names) },
        href: writeSearch(path, { ...asked, chosen, page: 1 }),
      };
    });
  });

/** A page of results with everything that leads from it to other searches. */
export const showSearch = (
  path: string,
  asked: SearchAsked,
  { page: answer, found, total }: DocumentsFound,
  names: Names,
): SearchShown => {
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const { page } = asked;
  return {
    ...{ path, words: asked.words, total, spelling: answer.spelling, page, pages },
    hits: found.map(({ document, hit }) => ({
      ...{ document, snippet: hit.snippet, date: hit.date },
      areas: showAreas(document.areas, names.directory),
      unit: names.units && (names.units.get(document.unit) ?? document.unit),
    })),
    filters: (Object.keys(asked.chosen) as FilterName[])
      .map((name) => showFilter(name, answer.counts, { chosen: asked.chosen, names }))
      .filter(({ options }) => options.length > 0),
    chips: chipsOf(path, asked, names),
    previous: page > 1 ? writeSearch(path, { ...asked, page: Math.min(page - 1, pages) }) : null,
    next: page < pages ? writeSearch(path, { ...asked, page: page + 1 }) : null,
    first: writeSearch(path, { ...asked, page: 1 }),
  };
};
