import type { AreaCode } from '../areas/area.ts';
import type { AreaDirectory } from '../areas/area-directory.ts';
import type { Frequency } from '../subscriptions/subscription.ts';
import type { AudienceCursor } from './audience.ts';
import type { Recipient, RecipientKey } from './recipient.ts';

/** Somebody in one of the lists of which an audience is made, sorted by the keys of people. */
export interface Listed {
  readonly key: RecipientKey;
  readonly email: string;
  readonly language: string;
  readonly frequency: Frequency;
  /** Null for the whole force. */
  readonly area: AreaCode | null;
}

/** So many lists at most are looked into for one page: most are empty when a force has hundreds of wards. */
const LISTS_FOR_A_PAGE = 50;

const placeOf = (cursor: AudienceCursor | null): { readonly list: string; readonly key: string } => {
  const [list = '', key = ''] = (cursor ?? '').split('|');
  return { list, key };
};

/**
 * One page out of many lists, which are read one after the other in the order of their names. The cursor names the list
 * and the last one seen in it, so that paging goes on where it was also when lists have come or gone.
 */
export const pageThrough = async <Entry extends { readonly key: RecipientKey }>(
  lists: readonly string[],
  { after, size }: { readonly after: AudienceCursor | null; readonly size: number },
  read: (list: string, after: RecipientKey | null, limit: number) => Promise<readonly Entry[]>,
): Promise<{ readonly found: readonly Entry[]; readonly next: AudienceCursor | null }> => {
  const from = placeOf(after);
  const left = [...new Set(lists)].sort().filter((list) => list >= from.list);
  const found: Entry[] = [];
  for (const [looked, list] of left.entries()) {
    if (looked === LISTS_FOR_A_PAGE) return { found, next: `${list}|` };
    const begins = list === from.list && from.key !== '' ? from.key : null;
    found.push(...(await read(list, begins, size - found.length)));
    const last = found.at(-1);
    if (last && found.length >= size) return { found, next: `${list}|${last.key}` };
  }
  return { found, next: null };
};

/** Somebody of a list, as a mailing needs to know them. */
export const recipientFrom = (
  { key, email, language, frequency, area }: Listed,
  directory: AreaDirectory,
): Recipient => ({
  ...{ key, email, language },
  area: area === null ? null : { code: area, name: directory.find(area)?.name ?? area },
  weekly: frequency === 'weekly',
});
