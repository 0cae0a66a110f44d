import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { escapeXml } from './engine/escape-xml.ts';
import { listen } from './engine/listen.ts';
import { readBody } from './engine/read-body.ts';
import type { Engine, Now } from './engine.ts';
import type { PutEvent } from './events/event-bus.ts';
import type { EventSource } from './events/event-source.ts';
import { EventTeller } from './events/event-teller.ts';
import { eventsOf, type MailEventSettings } from './mail/mail-events.ts';
import { MailStore } from './mail/mail-store.ts';
import type { MailSummary } from './mail/mail-summary.ts';
import { type MailAccount, sendRawEmail } from './mail/send-raw-email.ts';
import { defaultLimits, type MailLimits, SendingLimits } from './mail/sending-limits.ts';
import { SesError } from './mail/ses-error.ts';

export type { MailSummary } from './mail/mail-summary.ts';
export type { MailLimits } from './mail/sending-limits.ts';

/** The mailbox that every mail of the laptop ends in. */
export interface Mailbox {
  /** Newest first; with `to`, only what went to that address. */
  list(filter?: { to?: string }): Promise<MailSummary[]>;
  /** The message byte for byte as it was handed over; undefined for an unknown id. */
  eml(id: string): Promise<Buffer | undefined>;
  clear(): Promise<void>;
}

/** What becomes of mails, for those who want to be told. */
export interface MailNews {
  /** From now on events go there; those that nobody was told of yet, first. Answers with what carries them. */
  tellEvents(put: PutEvent): EventSource;
}

export interface MailOptions {
  /** The laptop's data folder; mails go to `mail/` in it */
  dataDir: string;
  now: Now;
  port?: number;
  /** Left out: anybody may be the sender, by any configuration set. */
  account?: MailAccount;
  /** Left out: nobody is told what becomes of mails. */
  events?: MailEventSettings;
  limits?: MailLimits;
}

/** A 10 MB message in base64, percent-encoded, with room for the other parameters. */
const MAX_REQUEST_BYTES = 24 * 1024 * 1024;
const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';

/**
 * SES (v1 Query protocol) that delivers nothing: it stores each mail as a file. Knows `SendRawEmail` and
 * `GetSendQuota`; every other action is `InvalidAction`. A mail is on the disk before it is acknowledged, and so is
 * that somebody has to be told of it.
 */
export async function startMail(options: MailOptions): Promise<Engine & Mailbox & MailNews> {
  const { dataDir, now, port = 0, account, events, limits = defaultLimits } = options;
  const store = new MailStore(join(dataDir, 'mail'));
  const teller = new EventTeller('mail', store);
  const context: Context = {
    ...{ store, now, account, teller },
    limits: new SendingLimits(limits, store.accepted()),
    isTold: (set) => events?.destinations.some(({ configurationSet }) => configurationSet === set) ?? false,
  };
  const engine = await listen('mail', port, (req, res) => answer(context, req, res));
  return {
    endpoint: engine.endpoint,
    close: async () => {
      await engine.close();
      await teller.close();
    },
    list: async (filter = {}) => store.list(filter.to),
    eml: (id) => store.eml(id),
    clear: async () => {
      const ids = store.ids();
      await teller.drain(ids);
      await store.remove(ids);
    },
    tellEvents: (put) => {
      teller.open(async (id) => {
        if (!events) return;
        for (const event of eventsOf(store.read(id), events, now())) await put(event);
      });
      return teller;
    },
  };
}

interface Context {
  store: MailStore;
  teller: EventTeller;
  now: Now;
  account: MailAccount | undefined;
  limits: SendingLimits;
  isTold(configurationSet: string | null): boolean;
}

async function answer(context: Context, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    const body = await readBody(req, MAX_REQUEST_BYTES);
    if (req.method !== 'POST') throw new SesError('InvalidAction', 'Actions are sent by POST.');
    if (!body) throw new SesError('RequestEntityTooLarge', 'Request body is too large.', 413);
    const params = new URLSearchParams(body.toString('utf8'));
    const action = params.get('Action') ?? '';
    sendXml(res, 200, wrapResult(action, await perform(context, action, params)));
  } catch (error) {
    if (!(error instanceof SesError)) throw error;
    sendXml(res, error.status, describeError(error));
  }
}

async function perform(context: Context, action: string, params: URLSearchParams): Promise<string> {
  switch (action) {
    case 'SendRawEmail': {
      const id = await sendRawEmail(params, { ...context, at: context.now() });
      context.teller.add(id);
      return `<MessageId>${id}</MessageId>`;
    }
    case 'GetSendQuota':
      return describeQuota(context);
    default:
      throw new SesError('InvalidAction', `Could not find operation ${action} for version 2010-12-01`);
  }
}

function describeQuota({ limits, now }: Context): string {
  const { perDay, perSecond } = limits.limits;
  const quota = {
    Max24HourSend: perDay,
    MaxSendRate: perSecond,
    SentLast24Hours: limits.sentInDay(now()),
  };
  return Object.entries(quota)
    .map(([name, value]) => `<${name}>${value}${Number.isInteger(value) ? '.0' : ''}</${name}>`)
    .join('');
}

function wrapResult(action: string, result: string): string {
  return `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;
}

function describeError({ code, message }: SesError): string {
  return `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
}

function sendXml(res: ServerResponse, status: number, body: string): void {
  res.writeHead(status, { 'content-type': 'text/xml' }).end(body);
}
