import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mail } from '#domain/mailings/message.ts';
import type { RenderedMail } from '#domain/mailings/ports.ts';
import type { Instant } from '#domain/shared/clock.ts';
import { oneLine } from '#domain/shared/text.ts';

/** Who sends: what people see in front of the address, and the address. */
export interface Sender {
  readonly name: string;
  readonly address: string;
}

/**
 * A mail as MIME (RFC 5322, 2045): text and HTML as alternatives. It says that a machine has sent it, so
 * that no other machine answers it (RFC 3834). Nothing in a header can begin another one.
 */
export const composeMail = (
  mail: Mail,
  words: RenderedMail,
  { sender, at }: { sender: Sender; at: Instant },
): Promise<Buffer> => {
  const domain = sender.address.slice(sender.address.lastIndexOf('@') + 1);
  return new MailComposer({
    from: { name: oneLine(sender.name), address: sender.address },
    to: { name: '', address: mail.to },
    ...(mail.replyTo === null ? {} : { replyTo: { name: '', address: mail.replyTo } }),
    subject: oneLine(words.subject),
    date: new Date(at),
    messageId: `<${mail.id}@${domain}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Folkmoot-Correlation-Id': oneLine(mail.correlationId),
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
