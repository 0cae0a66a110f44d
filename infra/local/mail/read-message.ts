import PostalMime, { type Address, addressParser, type Email } from 'postal-mime';
import type { MailContent } from './mail-summary.ts';
import { invalidParameter } from './ses-error.ts';

export interface ReadMessage {
  content: MailContent;
  /** Bare addresses of From, and of To, Cc and Bcc together */
  from: string[];
  recipients: string[];
}

/** RFC 5322, 3.6: these may occur once; SES answers "Duplicate header" to a second one. */
const SINGLE = ['from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'subject', 'date', 'message-id'];

/** Parses a message, and refuses as SES does one without a From header or with two of a kind. */
export async function readMessage(raw: Buffer): Promise<ReadMessage> {
  const email = await parse(raw);
  for (const name of SINGLE) {
    const found = email.headers.filter(({ key }) => key === name);
    if (found.length > 1) throw invalidParameter(`Duplicate header '${found[0]?.originalKey}'.`);
  }
  // All of them: postal-mime itself keeps the first.
  const named = email.headers.find(({ key }) => key === 'from')?.value ?? '';
  const from = addresses(addressParser(named)).filter((address) => address !== '');
  if (!from[0]) throw invalidParameter("Missing required header 'From'.");
  return {
    from,
    recipients: addresses([...(email.to ?? []), ...(email.cc ?? []), ...(email.bcc ?? [])]),
    content: {
      from: from[0],
      subject: email.subject ?? '',
      text: email.text ?? '',
      html: email.html ?? '',
      headers: collectHeaders(email),
    },
  };
}

async function parse(raw: Buffer): Promise<Email> {
  try {
    return await PostalMime.parse(raw);
  } catch (error) {
    throw invalidParameter(`The message cannot be parsed: ${(error as Error).message}`);
  }
}

function addresses(list: Address[]): string[] {
  return list.flatMap((entry) => (entry.group ?? [entry]).map((mailbox) => mailbox.address ?? ''));
}

function collectHeaders(email: Email): Record<string, string> {
  const headers = new Map<string, string>();
  for (const { originalKey, value } of email.headers) {
    const before = headers.get(originalKey);
    headers.set(originalKey, before === undefined ? value : `${before}\n${value}`);
  }
  return Object.fromEntries(headers);
}
