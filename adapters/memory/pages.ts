import type { Page, Paged } from '#domain/shared/paged.ts';

/** The page of a list that is ordered by what `keyOf` gives, or backwards by it. */
export const cutPage = <T>(
  records: readonly T[],
  page: Page,
  { keyOf, backwards }: { keyOf: (record: T) => string; backwards: boolean },
): Paged<T> => {
  const direction = backwards ? -1 : 1;
  const compare = (a: string, b: string) => (a < b ? -direction : a > b ? direction : 0);
  const after = page.after === '' ? null : page.after;
  const left = records
    .toSorted((a, b) => compare(keyOf(a), keyOf(b)))
    .filter((record) => after === null || compare(keyOf(record), after) > 0);
  const items = left.slice(0, page.size);
  const last = items.at(-1);
  return { items, next: last !== undefined && left.length > page.size ? keyOf(last) : null };
};
