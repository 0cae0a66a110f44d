import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { escapeXml } from './engine/escape-xml.ts';
import { listen } from './engine/listen.ts';
import { readBody } from './engine/read-body.ts';
import type { Engine, Now } from './engine.ts';
import { MailStore } from './mail/mail-store.ts';
import type { MailSummary } from './mail/mail-summary.ts';
import { sendRawEmail } from './mail/send-raw-email.ts';
import { SesError } from './mail/ses-error.ts';

export type { MailSummary } from './mail/mail-summary.ts';

/** The mailbox that every mail of the laptop ends in. */
export interface Mailbox {
  /** Newest first; with `to`, only what went to that address. */
  list(filter?: { to?: string }): Promise<MailSummary[]>;
  /** The message byte for byte as it was handed over; undefined for an unknown id. */
  eml(id: string): Promise<Buffer | undefined>;
  clear(): Promise<void>;
}

export interface MailOptions {
  /** The laptop's data folder; mails go to `mail/` in it */
  dataDir: string;
  now: Now;
  port?: number;
}

/** A 10 MB message in base64, percent-encoded, with room for the other parameters. */
const MAX_REQUEST_BYTES = 24 * 1024 * 1024;
const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';

/**
 * SES (v1 Query protocol) that delivers nothing: it stores each mail as a file. Knows `SendRawEmail` and
 * `GetSendQuota`; every other action is `InvalidAction`. A mail is on the disk before it is acknowledged.
 */
export async function startMail({ dataDir, now, port = 0 }: MailOptions): Promise<Engine & Mailbox> {
  const store = new MailStore(join(dataDir, 'mail'));
  const engine = await listen('mail', port, (req, res) => answer(store, now, req, res));
  return {
    ...engine,
    list: async (filter = {}) => store.list(filter.to),
    eml: (id) => store.eml(id),
    clear: () => store.clear(),
  };
}

async function answer(store: MailStore, now: Now, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    const body = await readBody(req, MAX_REQUEST_BYTES);
    if (req.method !== 'POST') throw new SesError('InvalidAction', 'Actions are sent by POST.');
    if (!body) throw new SesError('RequestEntityTooLarge', 'Request body is too large.', 413);
    const params = new URLSearchParams(body.toString('utf8'));
    const action = params.get('Action') ?? '';
    sendXml(res, 200, wrapResult(action, await perform(store, now, action, params)));
  } catch (error) {
    if (!(error instanceof SesError)) throw error;
    sendXml(res, error.status, describeError(error));
  }
}

async function perform(store: MailStore, now: Now, action: string, params: URLSearchParams): Promise<string> {
  switch (action) {
    case 'SendRawEmail':
      return `<MessageId>${await sendRawEmail(store, params, now())}</MessageId>`;
    case 'GetSendQuota':
      return describeQuota(store, now());
    default:
      throw new SesError('InvalidAction', `Could not find operation ${action} for version 2010-12-01`);
  }
}

/** 50,000 a day and 14 a second: what AWS used to grant on leaving the sandbox. Not enforced. */
function describeQuota(store: MailStore, at: Date): string {
  const sent = store.countSince(new Date(at.getTime() - 24 * 3_600_000));
  return `<Max24HourSend>50000.0</Max24HourSend><MaxSendRate>14.0</MaxSendRate><SentLast24Hours>${sent}.0</SentLast24Hours>`;
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
