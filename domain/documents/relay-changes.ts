import type { Log } from '../shared/log.ts';
import type { DocumentChange, DocumentQueue } from './ports.ts';

/** Announces changes of documents to whoever follows them, and names those (by position) that it could not. */
export const relayChanges =
  ({ queue, log }: { readonly queue: DocumentQueue; readonly log: Log }) =>
  async (changes: readonly Omit<DocumentChange, 'postedAt'>[]): Promise<{ failed: readonly number[] }> => {
    const { failed } = await queue.announce(changes);
    for (const { id, correlationId } of changes)
      if (failed.includes(id)) log('WARN', 'document change not announced', { change: id, correlationId });
    return { failed: changes.flatMap(({ id }, index) => (failed.includes(id) ? [index] : [])) };
  };
