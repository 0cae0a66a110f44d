import type { Notices } from '#domain/priorities/ports.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Store } from '../store.ts';

/** Notices of what was to be answered by then. */
const noticesUntil = (notices: Notices, answerBy: Instant): Notices => ({
  toAdd: (notice) => notices.toAdd(notice),
  toRemove: (notice) => notices.toRemove(notice),
  waiting: async function* () {
    for await (const notice of notices.waiting()) if (notice.answerBy <= answerBy) yield notice;
  },
});

/**
 * The store for digests of mornings gone by: it sees the notices of that time, and posts no mail, because
 * nobody wants to find a month of them in a new mailbox.
 */
export const quietly = (store: Store, answerBy: Instant): Store => {
  const unposted = new WeakSet<Write>();
  return {
    ...store,
    notices: noticesUntil(store.notices, answerBy),
    outbox: {
      find: (id) => store.outbox.find(id),
      toPost: (mail) => {
        const write = store.outbox.toPost(mail);
        unposted.add(write);
        return write;
      },
    },
    facts: { commit: (writes) => store.facts.commit(writes.filter((write) => !unposted.has(write))) },
  };
};
