import * as z from 'zod';
import { areaCodeSchema } from '../areas/area.ts';
import { shown } from '../audit/marking.ts';
import { topicSchema } from '../subscriptions/subscription.ts';
import type { Recipient } from './recipient.ts';

const areas = shown(z.array(areaCodeSchema).readonly());

/**
 * Who a mailing is for, as a description that is looked up when it is sent. Areas are boroughs and wards; none is the
 * whole force. A borough includes those of its wards, and a ward those who asked for its borough.
 */
export const audienceSchema = z.discriminatedUnion('kind', [
  /** Those who left an address with a submission or with support. */
  z.object({ kind: shown(z.literal('wrote')), areas }),
  /** Those who asked to hear about any of these topics. */
  z.object({
    kind: shown(z.literal('subscribed')),
    areas,
    topics: shown(z.array(topicSchema).min(1).readonly()),
  }),
]);
export type Audience = z.infer<typeof audienceSchema>;
export type AudienceKind = Audience['kind'];

/** Where to go on in an audience: text that only the audience's own source can read. */
export type AudienceCursor = string;

/** Finds the people of one kind of audience; further kinds join by one more of these. */
export interface Audiences {
  /**
   * About `size` people after a cursor (null: from the start), in an order that stays the same however often it is
   * asked. The same person may come several times, with different areas. `next` is null at the end, and may also be
   * there when nobody is left; a page may be empty although more follow.
   */
  page(
    audience: Audience,
    after: AudienceCursor | null,
    size: number,
  ): Promise<{ readonly recipients: readonly Recipient[]; readonly next: AudienceCursor | null }>;
}
