import type { Audience, AudienceCursor, Audiences } from './audience.ts';
import type { Recipient, RecipientKey } from './recipient.ts';

/** So many entries at most are looked through while somebody waits for the page. */
const MOST = 20_000;
const PAGE = 500;

/** How many people an audience has, and some of them. */
export interface AudienceCount {
  /** Each person once. */
  readonly people: number;
  /** False when there are more than could be counted while somebody waits. */
  readonly isComplete: boolean;
  readonly sample: readonly Recipient[];
}

/** Counts an audience as far as a person waits for it: at most 20,000 entries, each person once. */
export const countAudience =
  ({ audiences }: { readonly audiences: Audiences }) =>
  async (audience: Audience, sampleSize = 5): Promise<AudienceCount> => {
    const people = new Set<RecipientKey>();
    const sample: Recipient[] = [];
    let cursor: AudienceCursor | null = null;
    let entries = 0;
    do {
      const { recipients, next } = await audiences.page(audience, cursor, PAGE);
      for (const recipient of recipients) {
        if (people.has(recipient.key)) continue;
        people.add(recipient.key);
        if (sample.length < sampleSize) sample.push(recipient);
      }
      entries += recipients.length;
      cursor = next;
    } while (cursor !== null && entries < MOST);
    return { people: people.size, isComplete: cursor === null, sample };
  };
