import { stableId } from '../engine/stable-id.ts';
import type { BusEvent } from '../events/event-bus.ts';
import type { MailDestination } from '../template/inventory.ts';
import type { StoredMail } from './mail-store.ts';
import { outcomeOf } from './simulator.ts';

/** Whose mail it is, and who is told of it. */
export interface MailEventSettings {
  region: string;
  accountId: string;
  destinations: readonly MailDestination[];
}

/*
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html
 */
const detailTypes = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
} as const;
type EventType = keyof typeof detailTypes;

interface Happening {
  type: EventType;
  /** What SES says beside the mail, under the type's name in lower case. */
  more: object;
}

/** What SES tells of a mail, in the order in which it happens; the same mail is told of under the same ids. */
export function eventsOf(mail: StoredMail, settings: MailEventSettings, now: Date): BusEvent[] {
  const wanted = new Set(
    settings.destinations
      .filter(({ configurationSet }) => configurationSet === mail.configurationSet)
      .flatMap(({ eventTypes }) => eventTypes),
  );
  const happenings = [
    { type: 'Send', more: {} } as const,
    ...mail.to.flatMap((address) => happeningsAt(address, mail, now)),
  ];
  return happenings
    .map((happening, at) => describe(happening, at, { mail, settings, now }))
    .filter(({ detail }) => wanted.has(detail.eventType.toLowerCase()));
}

function happeningsAt(address: string, { id }: StoredMail, now: Date): Happening[] {
  const timestamp = now.toISOString();
  const feedback = { feedbackId: id, timestamp };
  const delivery: Happening = {
    type: 'Delivery',
    more: {
      timestamp,
      processingTimeMillis: 1,
      recipients: [address],
      smtpResponse: '250 2.0.0 OK',
      reportingMTA: 'laptop.invalid',
    },
  };
  const bounce = (bounceType: string, bounceSubType: string, status: string, text: string): Happening => ({
    type: 'Bounce',
    more: {
      ...feedback,
      bounceType,
      bounceSubType,
      bouncedRecipients: [
        { emailAddress: address, action: 'failed', status, diagnosticCode: `smtp; ${text}` },
      ],
      reportingMTA: 'dsn; laptop.invalid',
    },
  });
  switch (outcomeOf(address)) {
    case 'delivered':
      return [delivery];
    case 'bounced':
      return [bounce('Permanent', 'General', '5.1.1', '550 5.1.1 user unknown')];
    case 'suppressed':
      return [
        bounce('Permanent', 'OnAccountSuppressionList', '5.1.1', 'Amazon SES did not send the message'),
      ];
    case 'bounced-softly':
      return [bounce('Transient', 'MailboxFull', '4.2.2', '452 4.2.2 mailbox full')];
    case 'complained': {
      const complaint = {
        ...feedback,
        complaintSubType: null,
        complainedRecipients: [{ emailAddress: address }],
        userAgent: 'Amazon SES Mailbox Simulator',
        complaintFeedbackType: 'abuse',
        arrivalDate: timestamp,
      };
      return [delivery, { type: 'Complaint', more: complaint }];
    }
  }
}

interface Telling {
  mail: StoredMail;
  settings: MailEventSettings;
  now: Date;
}

function describe({ type, more }: Happening, at: number, telling: Telling) {
  const { mail, settings, now } = telling;
  const arn = (resource: string) => `arn:aws:ses:${settings.region}:${settings.accountId}:${resource}`;
  return {
    id: stableId(`${mail.id} ${at}`),
    'detail-type': detailTypes[type],
    source: 'aws.ses',
    time: now,
    resources: [arn(`configuration-set/${mail.configurationSet}`)],
    detail: {
      eventType: type,
      mail: describeMail(mail, arn(`identity/${domainOf(mail.source)}`), settings),
      [type.toLowerCase()]: more,
    },
  };
}

function describeMail(mail: StoredMail, sourceArn: string, { accountId }: MailEventSettings) {
  return {
    timestamp: mail.at,
    source: mail.source,
    sourceArn,
    sendingAccountId: accountId,
    messageId: mail.id,
    destination: mail.to,
    headersTruncated: false,
    headers: Object.entries(mail.headers).flatMap(([name, values]) =>
      values.split('\n').map((value) => ({ name, value })),
    ),
    commonHeaders: { from: [mail.from], to: mail.to, messageId: mail.id, subject: mail.subject },
    tags: {
      'ses:operation': ['SendRawEmail'],
      'ses:configuration-set': [mail.configurationSet],
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [domainOf(mail.from)],
      ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
    },
  };
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
