import type { MailAnnounced, MailQueue } from '#domain/mailings/ports.ts';
import type { Id } from '#domain/shared/ids.ts';

export class MemoryMailQueue implements MailQueue {
  readonly announced: MailAnnounced[] = [];
  /** Mails that the queue will not take. */
  readonly refuses = new Set<Id>();

  async announce(mails: readonly MailAnnounced[]): Promise<{ failed: readonly Id[] }> {
    const failed = mails.map(({ id }) => id).filter((id) => this.refuses.has(id));
    this.announced.push(...mails.filter(({ id }) => !this.refuses.has(id)));
    return { failed };
  }
}
