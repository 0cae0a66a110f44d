import type { Page, Paged } from '#domain/shared/paged.ts';
import type { StoredItem } from './table.ts';

// A moment and an identity: what a cursor of ours looks like.
const CURSOR = /^[0-9A-Za-z:.#-]{1,100}$/;

/** The sort key that a page begins after. A cursor comes from an address line: a wrong one is the first page. */
export const cursorOf = (page: Page): string | null =>
  page.after !== null && CURSOR.test(page.after) ? page.after : null;

/** The first `size` of what was found, with the sort key of the last as cursor when there is more. */
export const cutPage = (
  found: readonly StoredItem[],
  sortKey: 'sk' | 'gsi1sk' | 'gsi2sk',
  size: number,
): Paged<StoredItem> => {
  const items = found.slice(0, size);
  return { items, next: found.length > size ? String(items.at(-1)?.[sortKey]) : null };
};

/** Gathers all that a query yields. */
export const gather = async (items: AsyncIterable<StoredItem>): Promise<StoredItem[]> => {
  const gathered: StoredItem[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
};
