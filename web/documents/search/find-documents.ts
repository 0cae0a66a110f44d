import type { ArchiveDocument } from '#domain/documents/document.ts';
import type { SearchHit, SearchPage, SearchQuery } from '#domain/search/ports.ts';
import type { FindPorts } from '../ports.ts';

/** A document that was found, as it is now. */
export interface DocumentFound {
  readonly document: ArchiveDocument;
  readonly hit: SearchHit;
}

export interface DocumentsFound {
  readonly page: SearchPage;
  readonly found: readonly DocumentFound[];
  /** Of all pages. */
  readonly total: number;
}

/**
 * Asks the index, and then each document that it names: the index may be some seconds behind, and what was withdrawn or
 * is not for this reader any more is left out.
 */
export const findDocuments = async (
  { searchIndex, documents }: Pick<FindPorts, 'searchIndex' | 'documents'>,
  query: Omit<SearchQuery, 'source'>,
  mayShow: (document: ArchiveDocument) => boolean,
): Promise<DocumentsFound> => {
  const page = await searchIndex.search({ ...query, source: 'documents' });
  const fresh = await Promise.all(
    page.hits.map(async (hit) => ({
      hit,
      document: await documents.find(hit.id.slice('documents/'.length)),
    })),
  );
  const found = fresh.flatMap(({ hit, document }) =>
    document && !document.withdrawn && mayShow(document) ? [{ hit, document }] : [],
  );
  return { page, found, total: Math.max(0, page.total - (fresh.length - found.length)) };
};
