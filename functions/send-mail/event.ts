import * as z from 'zod';
import { queueEventSchema } from '#adapters/triggers/queue-handler.ts';

/** A mail of the outbox that waits to be sent. */
export const messageSchema = z.object({ id: z.string().min(1), correlationId: z.string().min(1) });

export const eventSchema = queueEventSchema(messageSchema);
