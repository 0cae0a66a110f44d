import * as z from 'zod';
import { leftOut, shown } from '../audit/marking.ts';
import { audienceSchema } from './audience.ts';

/**
 * `draft` → (`to-approve`, when it goes to more people than one person may write to) → `scheduled` → `freezing` (the
 * audience is looked up, once) → `sending` → `sent`. It can be `paused` while it is frozen or sent, by staff or by
 * itself, and `cancelled` as long as it is not sent.
 */
export const mailingStatuses = [
  'draft',
  'to-approve',
  'scheduled',
  'freezing',
  'sending',
  'paused',
  'sent',
  'cancelled',
] as const;
export const mailingStatusSchema = z.enum(mailingStatuses);
export type MailingStatus = z.infer<typeof mailingStatusSchema>;

/** Characters at most, as a person counts them. */
export const MAX_SUBJECT = 120;
export const MAX_SOURCE = 10_000;

const pauseReasons = ['staff', 'bounces', 'complaints'] as const;

/** One message to a described audience. */
export const mailingSchema = z.object({
  id: shown(z.string()),
  subject: shown(z.string()),
  /** In the Markdown-like notation of letters; written by staff for the public. */
  source: shown(z.string()),
  audience: audienceSchema,
  /** Where answers go: the team of its one area, or null for the organisation's own address. */
  replyTo: shown(z.string().nullable()),
  /** The unit of whoever wrote it. */
  unit: shown(z.string()),
  /** Addresses of staff. Whoever asks for it to be sent cannot approve it. */
  author: shown(z.string()),
  submittedBy: shown(z.string().nullable()),
  approvedBy: shown(z.string().nullable()),
  status: shown(mailingStatusSchema),
  /** What it goes on with when it is resumed; null unless it is paused. */
  pausedFrom: shown(z.enum(['freezing', 'sending']).nullable()),
  pausedFor: shown(z.enum(pauseReasons).nullable()),
  /** How many bounces and complaints somebody has seen and resumed in spite of. */
  tolerated: z.object({ bounced: shown(z.number()), complained: shown(z.number()) }),
  createdAt: shown(z.string()),
  /** Not before; null: at once. */
  sendAt: shown(z.string().nullable()),
  startedAt: shown(z.string().nullable()),
  finishedAt: shown(z.string().nullable()),
  /** How many people it goes to; null until the audience is frozen. */
  total: shown(z.number().nullable()),
  version: leftOut(z.number()),
});
export type Mailing = z.infer<typeof mailingSchema>;

/** Statuses in which the program itself has something to do, now or later. */
export const isUnderWay = ({ status }: Mailing): boolean =>
  status === 'scheduled' || status === 'freezing' || status === 'sending';

/** Statuses in which it does not go on unless somebody says so. */
export const awaitsPeople = ({ status }: Mailing): boolean => status === 'to-approve' || status === 'paused';

/** Statuses in which it can still be stopped for good. */
export const mayBeCancelled = ({ status }: Mailing): boolean => status !== 'sent' && status !== 'cancelled';
