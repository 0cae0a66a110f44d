import type { Log } from '../shared/log.ts';
import type { MailAnnounced, MailQueue } from './ports.ts';

/** Announces new mails of the outbox to the workers that send them, and names those (by position) that it could not. */
export const relayMails =
  ({ queue, log }: { queue: MailQueue; log: Log }) =>
  async (mails: readonly MailAnnounced[]): Promise<{ failed: readonly number[] }> => {
    const { failed } = await queue.announce(mails);
    for (const { id, correlationId } of mails) {
      if (failed.includes(id)) log('WARN', 'mail not announced', { mail: id, correlationId });
      else log('INFO', 'mail announced', { mail: id, correlationId });
    }
    return { failed: mails.flatMap(({ id }, index) => (failed.includes(id) ? [index] : [])) };
  };
