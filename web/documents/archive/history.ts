import { documentsArchiveHistory } from '#build/templates/documents/archive/history.njk.js';
import type { ArchiveDocument, DocumentEvent } from '#domain/documents/document.ts';
import { findToRead as findReadable } from '#domain/documents/document-deed.ts';
import { mayKeep } from '#domain/documents/reach.ts';
import { type Reply, redirectTo, showPage } from '../../http/reply.ts';
import { actorOf, page, type Route, type Visit } from '../../http/route.ts';
import { paths, patterns } from '../../paths.ts';
import { view } from '../../render/render.ts';
import type { MessageKey } from '../../render/translate.ts';
import { findToRead } from '../find.ts';
import type { ArchivePagePorts } from '../ports.ts';
import { describeEvent, type FieldShown, type Names } from './describe-event.ts';
import { postsOf } from './people.ts';

interface EventShown {
  readonly event: DocumentEvent;
  /** Null for a deed that has no words here: it is told as it was recorded. */
  readonly deed: MessageKey | null;
  readonly fields: readonly FieldShown[];
}

const historyView = view<{
  document: ArchiveDocument;
  events: readonly EventShown[];
  posts: Readonly<Record<string, string>>;
  next: string | null;
  isFirst: boolean;
}>(documentsArchiveHistory);

const PAGE_SIZE = 25;

const deeds: Readonly<Record<string, MessageKey>> = {
  'file document': 'history.deed.file',
  'add version': 'history.deed.version',
  'edit document': 'history.deed.edit',
  'explain withdrawal': 'history.deed.explain',
  'review document': 'history.deed.review',
  'withdraw document': 'history.deed.withdraw',
  'restore document': 'history.deed.restore',
};

const valuesOf = (events: readonly DocumentEvent[], name: string): readonly string[] =>
  events.flatMap(({ before, after }) =>
    [before?.[name], after?.[name]]
      .flat()
      .filter((value) => value !== null && value !== undefined)
      .map(String),
  );

const namesFor = async (
  ports: ArchivePagePorts,
  events: readonly DocumentEvent[],
  visit: Visit,
): Promise<Names> => {
  const related = [...new Set(valuesOf(events, 'related'))];
  const [directory, units, seen, posts] = await Promise.all([
    ports.areas.directory(),
    ports.units.list(),
    Promise.all(related.map((id) => findReadable(ports, id, actorOf(visit)))),
    postsOf(ports.staff, [...events.map(({ by }) => by), ...valuesOf(events, 'owner')]),
  ]);
  return {
    ...{ directory, posts, units: new Map(units.map(({ id, name }) => [id, name])) },
    titles: new Map(seen.flatMap((document) => (document ? [[document.id, document.title]] : []))),
  };
};

const show =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const document = await findToRead(ports, visit);
    if (document.withdrawn && !mayKeep(actorOf(visit), document))
      return redirectTo(paths.document(document.id));
    const after = visit.query.get('after');
    const { items, next } = await ports.documentEvents.of(document.id, { after, size: PAGE_SIZE });
    const names = await namesFor(ports, items, visit);
    return showPage(historyView, {
      ...{ document, next, isFirst: after === null, posts: names.posts },
      events: items.map((event) => ({
        ...{ event, deed: deeds[event.deed] ?? null, fields: describeEvent(event, names) },
      })),
    });
  };

/** Who did what with a document, and when. */
export const historyRoutes = (ports: ArchivePagePorts): readonly Route[] => [
  page(patterns.documentHistory, { may: 'read documents', answer: show(ports) }),
];
