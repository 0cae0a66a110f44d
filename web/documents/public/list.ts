import { documentsPublicList } from '#build/templates/documents/public/list.njk.js';
import type { ArchiveDocument } from '#domain/documents/document.ts';
import { type Reply, showPublicPage } from '../../http/reply.ts';
import type { Visit } from '../../http/route.ts';
import { paths } from '../../paths.ts';
import { view } from '../../render/render.ts';
import type { DocumentPagePorts } from '../ports.ts';
import { findDocuments } from '../search/find-documents.ts';
import { readSearch } from '../search/read-search.ts';
import { queryOf, type SearchShown, showSearch } from '../search/show-search.ts';

const listView = view<{ search: SearchShown }>(documentsPublicList);

/** Shared caches keep these pages so long, as those of areas. */
export const CACHE_SECONDS = 60;

/** Whether the public may see a document, or the stub of one that was withdrawn. */
export const isPublic = ({ audience }: Pick<ArchiveDocument, 'audience'>): boolean => audience === 'public';

/** What the public can find. */
export const listPublic =
  (ports: DocumentPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const asked = readSearch(visit.query, ['kind', 'area', 'year']);
    const [directory, found] = await Promise.all([
      ports.areas.directory(),
      findDocuments(ports, queryOf(asked, ['public']), isPublic),
    ]);
    const search = showSearch(paths.documents, asked, found, { directory, units: null });
    return showPublicPage(listView, { search }, CACHE_SECONDS);
  };
