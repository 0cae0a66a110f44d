import * as z from 'zod';
import { queueEventSchema } from '#adapters/triggers/queue-handler.ts';
import { type MailingStep, SHARDS_OF_MAILING } from '#domain/mailings/mailing-ports.ts';

/** A piece of the work on a mailing. */
export const stepSchema: z.ZodType<Omit<MailingStep, 'postedAt'>> = z.object({
  id: z.string().min(1),
  mailing: z.string().min(1),
  work: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('freeze') }),
    z.object({
      kind: z.literal('send'),
      shard: z
        .number()
        .int()
        .nonnegative()
        .max(SHARDS_OF_MAILING - 1),
    }),
  ]),
  correlationId: z.string().min(1),
});

export const eventSchema = queueEventSchema(stepSchema);
