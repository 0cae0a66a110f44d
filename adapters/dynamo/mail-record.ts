import * as z from 'zod';
import { areaCodeSchema } from '#domain/areas/area.ts';
import { sayings, sections } from '#domain/chasing/digest.ts';
import { dutyKinds } from '#domain/chasing/duty.ts';
import { refusalReasons } from '#domain/documents/upload.ts';
import { defaultLanguage, type Mail, type Message } from '#domain/mailings/message.ts';
import { referenceSchema } from '#domain/priorities/reference.ts';
import { cautionSchema, triageOutcomeSchema } from '#domain/priorities/submission.ts';
import { frequencySchema, topicSchema } from '#domain/subscriptions/subscription.ts';

const areaNamed = z.object({ code: areaCodeSchema, name: z.string() });
const optOut = z.object({ unsubscribe: z.string(), preferences: z.string() });
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
    outcome: triageOutcomeSchema,
    priority: priorityNamed.nullable(),
    answer: z.string(),
  }),
  z.object({
    kind: z.literal('submission-flagged'),
    submission: z.string(),
    reference: referenceSchema,
    area: areaNamed,
    cautions: z.array(cautionSchema),
    answerBy: z.string(),
  }),
  z.object({
    kind: z.literal('area-digest'),
    area: areaNamed,
    submissions: z.array(
      z.object({ id: z.string(), reference: referenceSchema, answerBy: z.string(), supports: z.boolean() }),
    ),
  }),
  z.object({
    kind: z.literal('staff-invitation'),
    post: z.string(),
    unit: z.string(),
    invitedBy: z.string().nullable(),
    // Removed when the mail was accepted.
    secret: z.string().nullable().default(null),
    endsAt: z.string(),
  }),
  z.object({
    kind: z.literal('subscription-confirmation'),
    topics: z.array(topicSchema),
    areas: z.array(areaNamed),
    frequency: frequencySchema,
    secret: z.string().nullable().default(null),
    endsAt: z.string(),
  }),
  z.object({
    kind: z.literal('preferences-link'),
    secret: z.string().nullable().default(null),
    endsAt: z.string(),
  }),
  z.object({
    kind: z.literal('mailing'),
    subject: z.string(),
    source: z.string(),
    area: areaNamed.nullable(),
    isTest: z.boolean(),
    optOut,
  }),
  z.object({
    kind: z.literal('weekly-digest'),
    items: z.array(z.object({ subject: z.string(), source: z.string(), area: areaNamed.nullable() })),
    optOut,
  }),
  z.object({
    kind: z.literal('mailing-paused'),
    mailing: z.string(),
    subject: z.string(),
    reason: z.enum(['bounces', 'complaints']),
    sent: z.number(),
    affected: z.number(),
  }),
  z.object({
    kind: z.literal('upload-refused'),
    upload: z.string(),
    name: z.string(),
    reason: z.enum(refusalReasons),
    uploadedAt: z.string(),
  }),
  z.object({
    kind: z.literal('upload-not-filed'),
    upload: z.string(),
    name: z.string(),
    uploadedAt: z.string(),
    document: z.string(),
    why: z.enum(['withdrawn', 'full']),
    until: z.string(),
  }),
  z.object({
    kind: z.literal('chase-digest'),
    day: z.string(),
    reminder: z.string(),
    more: z.number(),
    items: z.array(
      z.object({
        owed: z.enum(dutyKinds),
        subject: z.string(),
        due: z.string(),
        section: z.enum(sections),
        saying: z.enum(sayings),
        title: z.string(),
        within: z.string().nullable(),
        leads: z.array(z.string()),
      }),
    ),
    total: z.number(),
    yours: z.number(),
    overdue: z.number(),
  }),
]);

export const mailRecordSchema: z.ZodType<Mail> = z.object({
  id: z.string(),
  to: z.string(),
  replyTo: z.string().nullable(),
  // Mails of before there were languages.
  language: z.string().default(defaultLanguage),
  message: messageRecordSchema,
  correlationId: z.string(),
  postedAt: z.string(),
});
