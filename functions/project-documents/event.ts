import * as z from 'zod';
import { queueEventSchema } from '#adapters/triggers/queue-handler.ts';

/** A document has changed; what it is now is in the table. */
export const messageSchema = z.object({
  id: z.string().min(1),
  document: z.string().min(1),
  correlationId: z.string().min(1),
});

export const eventSchema = queueEventSchema(messageSchema);
