import * as z from 'zod';
import { streamEventSchema } from '#adapters/triggers/stream-handler.ts';
import type { Posted } from '#domain/mailings/relay-outbox.ts';

const text = z.object({ S: z.string().min(1) });
const number = z.object({ N: z.string().regex(/^\d+$/) });

/** A new mail of the outbox as the stream shows it: its id and what it follows from; no address, no text. */
const mailSchema = z
  .object({ entity: z.object({ S: z.literal('mail') }), id: text, correlationId: text })
  .transform(({ id, correlationId }) => ({
    kind: 'mail' as const,
    id: id.S,
    correlationId: correlationId.S,
  }));

const workSchema = z.union([
  z
    .object({ M: z.object({ kind: z.object({ S: z.literal('send') }), shard: number }) })
    .transform(({ M }) => ({ kind: 'send' as const, shard: Number(M.shard.N) })),
  z
    .object({ M: z.object({ kind: z.object({ S: z.literal('freeze') }) }) })
    .transform(() => ({ kind: 'freeze' as const })),
]);

/** A new step of a mailing. */
const stepSchema = z
  .object({
    entity: z.object({ S: z.literal('mailing-step') }),
    id: text,
    mailing: text,
    work: workSchema,
    correlationId: text,
  })
  .transform(({ id, mailing, work, correlationId }) => ({
    kind: 'mailing-step' as const,
    id: id.S,
    mailing: mailing.S,
    work,
    correlationId: correlationId.S,
  }));

/** A change of a document. */
const changeSchema = z
  .object({
    entity: z.object({ S: z.literal('document-change') }),
    id: text,
    document: text,
    correlationId: text,
  })
  .transform(({ id, document, correlationId }) => ({
    kind: 'document-change' as const,
    ...{ id: id.S, document: document.S, correlationId: correlationId.S },
  }));

export const imageSchema: z.ZodType<Posted> = z.union([mailSchema, stepSchema, changeSchema]);

export const eventSchema = streamEventSchema(imageSchema);
