import MailComposer from 'nodemailer/lib/mail-composer';
import type { Envelope, RenderedMail } from '#domain/mailings/ports.ts';
import type { Instant } from '#domain/shared/clock.ts';
import { oneLine } from '#domain/shared/text.ts';

/** Who sends: what people see in front of the address, and the address. */
export interface Sender {
  readonly name: string;
  readonly address: string;
}

// An encoded word has at most 75 characters (RFC 2047, 2): 45 octets are 60 of base64.
const OCTETS_OF_A_WORD = 45;

/**
 * Text as a header holds it. What looks like an encoded word is encoded itself: readers would decode it, to line ends
 * and whatever else somebody put into it, and the composer leaves it as it is.
 */
const asHeader = (text: string): string => {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=?')) return text;
  const words = [''];
  for (const character of text) {
    const last = words.at(-1) ?? '';
    if (Buffer.byteLength(last + character) > OCTETS_OF_A_WORD) words.push(character);
    else words.splice(-1, 1, last + character);
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
};

/**
 * One address and no other, which a mail program posts to as it is (RFC 8058). It is not folded: some cannot put it
 * together again. Mail services look at both headers only where the signature (DKIM) covers them.
 */
const oneClick = (url: string) => ({
  'List-Unsubscribe': { prepared: true, value: `<${new URL(url).href}>` },
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

/**
 * A mail as MIME (RFC 5322, 2045): text and HTML as alternatives. It says that a machine has sent it, so
 * that no other machine answers it (RFC 3834). Nothing in a header can begin another one.
 */
export const composeMail = (
  mail: Envelope,
  words: RenderedMail,
  { sender, at }: { sender: Sender; at: Instant },
): Promise<Buffer> => {
  const domain = sender.address.slice(sender.address.lastIndexOf('@') + 1);
  return new MailComposer({
    from: { name: oneLine(sender.name), address: sender.address },
    to: { name: '', address: mail.to },
    ...(mail.replyTo === null ? {} : { replyTo: { name: '', address: mail.replyTo } }),
    date: new Date(at),
    messageId: `<${mail.id}@${domain}>`,
    headers: {
      Subject: { prepared: true, foldLines: true, value: asHeader(oneLine(words.subject)) },
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Folkmoot-Correlation-Id': oneLine(mail.correlationId),
      ...(words.oneClickUrl === null ? {} : oneClick(words.oneClickUrl)),
    },
    text: words.text,
    html: words.html,
    newline: 'windows',
    // What people write never names a file or an address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
};
