import * as z from 'zod';
import { streamEventSchema } from '#adapters/triggers/stream-handler.ts';

/** A new mail of the outbox as the stream shows it: its id and what it follows from; no address, no text. */
export const imageSchema = z
  .object({
    entity: z.object({ S: z.literal('mail') }),
    id: z.object({ S: z.string().min(1) }),
    correlationId: z.object({ S: z.string().min(1) }),
  })
  .transform(({ id, correlationId }) => ({ id: id.S, correlationId: correlationId.S }));

export const eventSchema = streamEventSchema(imageSchema);
