import * as z from 'zod';
import { streamEventSchema } from '#adapters/triggers/stream-handler.ts';

const DAY = /^AUDIT#(\d{4}-\d{2}-\d{2})$/;

/** A new audit entry as the stream shows it. What it holds besides its key is sealed as it is, whatever it is. */
export const imageSchema = z
  .looseObject({
    pk: z.object({ S: z.string().regex(DAY) }),
    sk: z.object({ S: z.string().min(1) }),
    entity: z.object({ S: z.literal('audit-entry') }),
  })
  .transform((image) => ({ day: image.pk.S.replace(DAY, '$1'), key: image.sk.S, image }));

export type EntryImage = z.output<typeof imageSchema>;

export const eventSchema = streamEventSchema(imageSchema);
