import { systemIds } from '#adapters/system/ids.ts';
import type { ArchiveDocument } from '#domain/documents/document.ts';
import { aDocument } from '../stores/records.ts';
import { openStores } from './keep-mailings.ts';
import { sampleton } from './places.ts';
import type { RunningLaptop } from './running-laptop.ts';

/**
 * Keeps a document as it is wanted, and lets the index follow; gives its id. Its files are not there: what is public
 * and holds has to be uploaded.
 */
export async function keepDocument(
  laptop: RunningLaptop,
  changes: Partial<ArchiveDocument>,
): Promise<string> {
  const { documents, documentChanges, facts } = await openStores(laptop);
  const now = new Date().toISOString();
  const document = aDocument({
    ...{ id: systemIds.next(), areas: [sampleton.code], createdAt: now, changedAt: now },
    ...changes,
  });
  const change = { id: systemIds.next(), document: document.id, postedAt: now, correlationId: 'walk' };
  await facts.commit([documents.toAdd(document), documentChanges.toPost(change)]);
  return document.id;
}
