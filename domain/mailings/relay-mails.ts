import type { Log } from '../shared/log.ts';
import type { MailAnnounced, MailQueue } from './ports.ts';

/** Announces new mails of the outbox to the workers that send them, and names those (by position) that it could not. */
export const relayMails =
  ({ queue, log }: { queue: MailQueue; log: Log }) =>
  async (mails: readonly MailAnnounced[]): Promise<{ failed: readonly number[] }> => {
    const { failed } = await queue.announce(mails);
    const correlationId = mails[0]?.correlationId ?? 'none';
    log(failed.length > 0 ? 'WARN' : 'INFO', 'mails announced', {
      mails: mails.length,
      failed: failed.length,
      correlationId,
    });
    return { failed: mails.flatMap(({ id }, index) => (failed.includes(id) ? [index] : [])) };
  };
