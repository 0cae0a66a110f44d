import { systemIds } from '#adapters/system/ids.ts';
import type { ArchiveDocument } from '#domain/documents/document.ts';
import type { Upload } from '#domain/documents/upload.ts';
import { aDocument, anUpload } from '../stores/records.ts';
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

/** An upload that was checked and waits to be described, as it is wanted; gives its id. Its file is not there. */
export async function keepUpload(laptop: RunningLaptop, changes: Partial<Upload>): Promise<string> {
  const { uploads, facts } = await openStores(laptop);
  const at = new Date().toISOString();
  const object = { versionId: 'v-1', bytes: 1_000, at };
  const outcome = { kind: 'checked', at } as const;
  const upload = anUpload({ id: systemIds.next(), at, object, scan: 'clean', outcome, ...changes });
  await facts.commit([uploads.toAdd(upload)]);
  return upload.id;
}
