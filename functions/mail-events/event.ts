import * as z from 'zod';
import { queueEventSchema } from '#adapters/triggers/queue-handler.ts';
import type { MailEvent, MailEventKind } from '#domain/mailings/mail-event.ts';

/*
 * What SES tells through EventBridge, as far as we need it.
 * https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html (the envelope)
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html (the detail)
 */
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const told = z.object({ timestamp: instant });

const mail = z.object({
  messageId: z.string().min(1),
  timestamp: instant,
  /** Whom we wrote to. What a server names that sent the mail back may be another address. */
  destination: z.tuple([z.string().min(3)], z.string()),
  tags: z.record(z.string(), z.array(z.string())).default({}),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
});

const detail = z.discriminatedUnion('eventType', [
  z.object({ eventType: z.literal('Send'), mail }),
  z.object({ eventType: z.literal('Delivery'), mail, delivery: told }),
  z.object({
    eventType: z.literal('Bounce'),
    mail,
    bounce: told.extend({ bounceType: z.enum(['Permanent', 'Transient', 'Undetermined']) }),
  }),
  z.object({
    eventType: z.literal('Complaint'),
    mail,
    complaint: told.extend({ complaintFeedbackType: z.string().optional() }),
  }),
  z.object({ eventType: z.literal('Reject'), mail }),
  z.object({ eventType: z.literal('Rendering Failure'), mail }),
]);
type Detail = z.output<typeof detail>;

/** What happened, and when; SES gives no time of its own for what it refuses. */
function kindOf(detail: Detail): { kind: MailEventKind; at?: string } {
  switch (detail.eventType) {
    case 'Send':
      return { kind: 'sent', at: detail.mail.timestamp };
    case 'Delivery':
      return { kind: 'delivered', at: detail.delivery.timestamp };
    case 'Bounce':
      return {
        kind: detail.bounce.bounceType === 'Permanent' ? 'bounced-hard' : 'bounced-soft',
        at: detail.bounce.timestamp,
      };
    case 'Complaint':
      // Somebody has taken the mail out of the spam folder (RFC 5965, 7.3, and its registry): it has arrived.
      return {
        kind: detail.complaint.complaintFeedbackType === 'not-spam' ? 'delivered' : 'complained',
        at: detail.complaint.timestamp,
      };
    case 'Reject':
    case 'Rendering Failure':
      return { kind: 'rejected' };
  }
}

/** What is told of a mail; without a `delivery` the mail is none of ours, since ours are tagged with it. */
export type Told = Omit<MailEvent, 'delivery'> & {
  readonly delivery: string | undefined;
  readonly correlationId: string;
};

export const messageSchema = z
  .object({ id: z.string().min(1), source: z.literal('aws.ses'), time: instant, detail })
  .transform(({ id, time, detail }): Told => {
    const { messageId, destination, tags, headers } = detail.mail;
    const correlation = headers.find(({ name }) => name.toLowerCase() === 'x-folkmoot-correlation-id');
    return {
      at: time,
      ...kindOf(detail),
      delivery: tags.delivery?.[0],
      email: destination[0],
      serviceId: messageId,
      correlationId: correlation?.value ?? id,
    };
  });

export const eventSchema = queueEventSchema(messageSchema);
