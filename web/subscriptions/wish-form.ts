import type { Area, AreaCode } from '#domain/areas/area.ts';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import { searchAreas } from '#domain/areas/search-areas.ts';
import { tidyText } from '#domain/shared/text.ts';
import {
  type Frequency,
  frequencies,
  frequencySchema,
  MAX_AREAS,
  type Topic,
  topics,
  type Wish,
} from '#domain/subscriptions/subscription.ts';
import { type FieldError, ticksOf } from '../forms/form.ts';

/** The box for the whole force, beside those of areas. */
const EVERYWHERE = 'everywhere';

/** As many as somebody looks through; with more, another word of the name helps. */
const MOST_FOUND = 10;
const MAX_QUERY = 100;

/** What is ticked and typed in a form about what somebody wants to hear, whether it makes sense or not. */
export interface WishTyped {
  readonly topics: readonly Topic[];
  readonly areas: readonly AreaCode[];
  readonly isEverywhere: boolean;
  readonly frequency: Frequency | null;
  readonly query: string;
}

/** An area that can be ticked. */
export interface AreaOffered {
  readonly code: AreaCode;
  readonly name: string;
  /** Null for a borough. */
  readonly borough: string | null;
  readonly isTicked: boolean;
  /** The first of those that were looked for. */
  readonly isFirstFound: boolean;
}

/** What a form about a wish shows. */
export interface WishForm {
  readonly topics: readonly { readonly topic: Topic; readonly isTicked: boolean }[];
  readonly areas: readonly AreaOffered[];
  readonly isEverywhere: boolean;
  readonly frequencies: readonly Frequency[];
  readonly frequency: Frequency | null;
  readonly query: string;
  readonly mostAreas: number;
}

export const nothingTyped: WishTyped = {
  topics: [],
  areas: [],
  isEverywhere: false,
  frequency: null,
  query: '',
};

export const typedFrom = (wish: Wish): WishTyped => ({
  ...wish,
  isEverywhere: wish.areas.length === 0,
  query: '',
});

/** Reads what is ticked and typed. Areas that never were are no areas: nobody can have ticked them. */
export const readWish = (posted: URLSearchParams, directory: AreaDirectory): WishTyped => {
  const ticked = ticksOf(posted, 'topics');
  const places = ticksOf(posted, 'areas');
  return {
    topics: topics.filter((topic) => ticked.includes(topic)),
    areas: places.filter((code) => directory.find(code) !== null),
    isEverywhere: places.includes(EVERYWHERE),
    frequency: frequencySchema.safeParse(posted.get('frequency')).data ?? null,
    query: tidyText(posted.get('q') ?? '')
      .slice(0, MAX_QUERY)
      .toWellFormed(),
  };
};

/** Whether the Enter key was pressed on a name that was not looked for yet. */
const entersName = (posted: URLSearchParams, { query }: WishTyped): boolean =>
  posted.get('action') === 'enter' && query !== '' && query !== posted.get('searched');

/**
 * Whether somebody looks for an area: by that button, by the Enter key in its field, or because a name was typed and
 * nothing is chosen yet.
 */
export const isSearching = (posted: URLSearchParams, typed: WishTyped): boolean =>
  posted.get('action') === 'find' ||
  entersName(posted, typed) ||
  (typed.query !== '' && typed.areas.length === 0 && !typed.isEverywhere);

const offer = (
  directory: AreaDirectory,
  area: Area,
  { isTicked, isFirstFound = false }: { isTicked: boolean; isFirstFound?: boolean },
): AreaOffered => ({
  code: area.code,
  name: area.name,
  borough: area.kind === 'ward' ? (directory.boroughOf(area)?.name ?? null) : null,
  isTicked,
  isFirstFound,
});

/** The form as it is shown: areas that are ticked, and those that were found and are not. */
export const wishForm = (directory: AreaDirectory, typed: WishTyped): WishForm => {
  const found = searchAreas(directory, typed.query)
    .map(({ area }) => area)
    .filter(({ code }) => !typed.areas.includes(code))
    .slice(0, MOST_FOUND);
  return {
    topics: topics.map((topic) => ({ topic, isTicked: typed.topics.includes(topic) })),
    areas: [
      ...typed.areas
        .flatMap((code) => directory.find(code) ?? [])
        .map((area) => offer(directory, area, { isTicked: true })),
      ...found.map((area, at) => offer(directory, area, { isTicked: false, isFirstFound: at === 0 })),
    ],
    isEverywhere: typed.isEverywhere,
    frequencies,
    frequency: typed.frequency,
    query: typed.query,
    mostAreas: MAX_AREAS,
  };
};

/** What is to be said of a search: nothing was typed, or nothing found. */
export const searchErrors = (directory: AreaDirectory, { query }: WishTyped): readonly FieldError[] => {
  if (query === '') return [{ field: 'q', key: 'wish.find.empty' }];
  return searchAreas(directory, query).length > 0
    ? []
    : [{ field: 'q', key: 'wish.find.none', values: { query } }];
};

const areaErrors = ({ areas, isEverywhere }: WishTyped): readonly FieldError[] => {
  if (areas.length > 0 && isEverywhere) return [{ field: 'areas', key: 'wish.areas.both' }];
  if (areas.length === 0 && !isEverywhere) return [{ field: 'areas', key: 'wish.areas.empty' }];
  return areas.length > MAX_AREAS
    ? [{ field: 'areas', key: 'wish.areas.many', values: { most: MAX_AREAS } }]
    : [];
};

/** The wish, or what is missing from it, field by field. */
export const judgeWish = (
  typed: WishTyped,
): { readonly wish: Wish; readonly errors: readonly FieldError[] } => ({
  wish: { topics: typed.topics, areas: typed.areas, frequency: typed.frequency ?? 'at-once' },
  errors: [
    ...(typed.topics.length === 0 ? [{ field: 'topics', key: 'wish.topics.empty' } as const] : []),
    ...areaErrors(typed),
    ...(typed.frequency === null ? [{ field: 'frequency', key: 'wish.frequency.empty' } as const] : []),
  ],
});

/** A wish as pages say it. */
export interface WishShown {
  readonly topics: readonly Topic[];
  readonly areas: readonly AreaOffered[];
  readonly frequency: Frequency;
}

export const showWish = (directory: AreaDirectory, { topics: about, areas, frequency }: Wish): WishShown => ({
  topics: about,
  areas: areas
    .flatMap((code) => directory.find(code) ?? [])
    .map((area) => offer(directory, area, { isTicked: true })),
  frequency,
});
