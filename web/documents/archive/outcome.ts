import type { ArchiveDocument } from '#domain/documents/document.ts';
import type { DocumentFailure } from '#domain/documents/document-deed.ts';
import type { Result } from '#domain/shared/result.ts';
import { PageError, type Reply, redirectTo } from '../../http/reply.ts';
import { paths, withQuery } from '../../paths.ts';

/** To the document, with a line that says what was done. */
const toDocument = (id: string, done: string): Reply => redirectTo(withQuery(paths.document(id), { done }));

/**
 * What follows a deed on a document. `isDone` tells of the document as it is now whether the same was done already: a
 * button that was pressed twice leads to the same page as one that was pressed once.
 */
export const answerDeed = (
  outcome: Result<ArchiveDocument, DocumentFailure>,
  now: ArchiveDocument | null,
  { id, done, isDone }: { id: string; done: string; isDone: (document: ArchiveDocument) => boolean },
): Reply => {
  if (outcome.ok || (now && isDone(now))) return toDocument(id, done);
  if (outcome.error.name === 'DocumentUnknown') throw new PageError(403, 'not-allowed');
  throw new PageError(409, 'changed');
};
