import { documentsArchiveBorough } from '#build/templates/documents/archive/borough.njk.js';
import { documentsArchiveBoroughs } from '#build/templates/documents/archive/boroughs.njk.js';
import type { Area } from '#domain/areas/area.ts';
import { type DocumentKind, documentKinds } from '#domain/documents/document.ts';
import { audiencesOf, mayRead } from '#domain/documents/reach.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { notFound, type Reply, showPage } from '../../http/reply.ts';
import { actorOf, page, param, type Route, type Visit } from '../../http/route.ts';
import { paths, patterns } from '../../paths.ts';
import { view } from '../../render/render.ts';
import type { ArchivePagePorts } from '../ports.ts';
import { findDocuments } from '../search/find-documents.ts';
import { writeSearch } from '../search/read-search.ts';
import { type DocumentLine, lineOf } from './document-line.ts';

const boroughsView = view<{
  boroughs: readonly { readonly area: Area; readonly count: number }[];
}>(documentsArchiveBoroughs);

interface KindShown {
  readonly kind: DocumentKind;
  readonly count: number;
  readonly documents: readonly DocumentLine[];
  /** All of them; null when they are all here. */
  readonly all: string | null;
}

const boroughView = view<{ borough: Area; count: number; kinds: readonly KindShown[]; all: string }>(
  documentsArchiveBorough,
);

/** The newest of a kind that its folder shows at once. */
const NEWEST = 5;

const list =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const directory = await ports.areas.directory();
    const { counts } = await ports.searchIndex.search({
      ...{ words: '', audiences: audiencesOf(actorOf(visit)), source: 'documents', filters: {} },
      ...{ offset: 0, limit: 1 },
    });
    const boroughs = directory.boroughs().map((area) => ({ area, count: counts.areas[area.code] ?? 0 }));
    return showPage(boroughsView, { boroughs });
  };

const showKind = async (
  ports: ArchivePagePorts,
  by: Actor,
  { kind, borough, count }: { kind: DocumentKind; borough: Area; count: number },
): Promise<KindShown> => {
  const directory = await ports.areas.directory();
  const { found } = await findDocuments(
    ports,
    {
      ...{ words: '', audiences: audiencesOf(by), filters: { kind: [kind], areas: [borough.code] } },
      ...{ offset: 0, limit: NEWEST },
    },
    (document) => mayRead(by, document),
  );
  const chosen = { kind: [kind], area: [borough.code] };
  return {
    ...{ kind, count },
    documents: found.map(({ document, hit }) => lineOf(document, hit.date, directory)),
    all: count > NEWEST ? writeSearch(paths.archive, { words: '', chosen, page: 1 }) : null,
  };
};

const show =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const by = actorOf(visit);
    const borough = (await ports.areas.directory()).find(param(visit, 'code'));
    if (borough?.kind !== 'borough') throw notFound();
    const { counts, total } = await ports.searchIndex.search({
      ...{ words: '', audiences: audiencesOf(by), source: 'documents', filters: { areas: [borough.code] } },
      ...{ offset: 0, limit: 1 },
    });
    const kinds = documentKinds.flatMap((kind) => {
      const count = counts.kind[kind] ?? 0;
      return count > 0 ? [{ kind, borough, count }] : [];
    });
    return showPage(boroughView, {
      ...{ borough, count: total },
      kinds: await Promise.all(kinds.map((each) => showKind(ports, by, each))),
      all: writeSearch(paths.archive, { words: '', chosen: { area: [borough.code] }, page: 1 }),
    });
  };

/** A folder for each borough: everything about it and its wards. */
export const boroughRoutes = (ports: ArchivePagePorts): readonly Route[] => [
  page(patterns.boroughFolders, { may: 'read documents', answer: list(ports) }),
  page(patterns.boroughFolder, { may: 'read documents', answer: show(ports) }),
];
