import { documentsArchiveSearch } from '#build/templates/documents/archive/search.njk.js';
import { audiencesOf, mayRead } from '#domain/documents/reach.ts';
import { type Reply, showPage } from '../../http/reply.ts';
import { actorOf, page, type Route, type Visit } from '../../http/route.ts';
import { paths, patterns } from '../../paths.ts';
import { view } from '../../render/render.ts';
import type { ArchivePagePorts } from '../ports.ts';
import { findDocuments } from '../search/find-documents.ts';
import { readSearch } from '../search/read-search.ts';
import { queryOf, type SearchShown, showSearch } from '../search/show-search.ts';

const searchView = view<{ search: SearchShown }>(documentsArchiveSearch);

const search =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const by = actorOf(visit);
    const asked = readSearch(visit.query, ['kind', 'area', 'year', 'unit']);
    const [directory, units, found] = await Promise.all([
      ports.areas.directory(),
      ports.units.list(),
      findDocuments(ports, queryOf(asked, audiencesOf(by)), (document) => mayRead(by, document)),
    ]);
    const names = { directory, units: new Map(units.map(({ id, name }) => [id, name])) };
    return showPage(searchView, { search: showSearch(paths.archive, asked, found, names) });
  };

/** Finding what is in the archive. */
export const searchRoutes = (ports: ArchivePagePorts): readonly Route[] => [
  page(patterns.archive, { may: 'read documents', answer: search(ports) }),
];
