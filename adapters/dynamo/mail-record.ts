import * as z from 'zod';
import { areaCodeSchema } from '#domain/areas/area.ts';
import type { Mail, Message } from '#domain/mailings/message.ts';
import { referenceSchema } from '#domain/priorities/reference.ts';
import { cautionRecordSchema, outcomeRecordSchema } from './submission-record.ts';

const areaNamed = z.object({ code: areaCodeSchema, name: z.string() });
const priorityNamed = z.object({ id: z.string(), title: z.string() });

const messageRecordSchema: z.ZodType<Message> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('submission-received'),
    reference: referenceSchema,
    area: areaNamed,
    text: z.string(),
    supports: priorityNamed.nullable(),
    answerBy: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('submission-answered'),
    reference: referenceSchema,
    area: areaNamed,
    text: z.string(),
    outcome: outcomeRecordSchema,
    priority: priorityNamed.nullable(),
    answer: z.string(),
  }),
  z.object({
    kind: z.literal('submission-flagged'),
    submission: z.string(),
    reference: referenceSchema,
    area: areaNamed,
    cautions: z.array(cautionRecordSchema),
    answerBy: z.string(),
  }),
  z.object({
    kind: z.literal('area-digest'),
    area: areaNamed,
    submissions: z.array(
      z.object({ id: z.string(), reference: referenceSchema, answerBy: z.string(), supports: z.boolean() }),
    ),
  }),
]);

export const mailRecordSchema: z.ZodType<Mail> = z.object({
  id: z.string(),
  to: z.string(),
  replyTo: z.string().nullable(),
  message: messageRecordSchema,
  correlationId: z.string(),
  postedAt: z.string(),
});
