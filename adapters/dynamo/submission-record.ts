import * as z from 'zod';
import { areaCodeSchema } from '#domain/areas/area.ts';
import { referenceSchema } from '#domain/priorities/reference.ts';
import { categorySchema, type Submission, type TriageOutcome } from '#domain/priorities/submission.ts';

export const cautionRecordSchema = z.enum(['emergency', 'names-a-person']);

export const outcomeRecordSchema: z.ZodType<TriageOutcome> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('joined'), priority: z.string() }),
  z.object({ kind: z.literal('adopted'), priority: z.string() }),
  z.object({ kind: z.literal('passed-on'), to: z.string() }),
  z.object({ kind: z.literal('not-taken-up'), reason: z.string() }),
]);

export const submissionRecordSchema: z.ZodType<Submission> = z.object({
  id: z.string(),
  reference: referenceSchema,
  area: areaCodeSchema,
  borough: areaCodeSchema,
  supports: z.string().nullable(),
  text: z.string(),
  category: categorySchema.nullable(),
  channel: z.enum(['web', 'paper', 'phone', 'meeting']),
  email: z.string().nullable(),
  cautions: z.array(cautionRecordSchema),
  receivedAt: z.string(),
  answerBy: z.string(),
  status: z.enum(['received', 'triaged', 'answered']),
  outcome: outcomeRecordSchema.nullable(),
  answer: z.object({ text: z.string(), at: z.string() }).nullable(),
  version: z.number(),
});
