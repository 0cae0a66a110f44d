import { documentsArchiveDocument } from '#build/templates/documents/archive/document.njk.js';
import { documentsArchiveText } from '#build/templates/documents/archive/text.njk.js';
import { type ArchiveDocument, currentFile } from '#domain/documents/document.ts';
import { findToRead as findReadable } from '#domain/documents/document-deed.ts';
import { mayKeep } from '#domain/documents/reach.ts';
import { londonDate } from '#domain/shared/clock.ts';
import { notFound, type Reply, redirectTo, showPage } from '../../http/reply.ts';
import { actorOf, page, param, type Route, type Visit } from '../../http/route.ts';
import { paths, patterns } from '../../paths.ts';
import { view } from '../../render/render.ts';
import { deedOf, findToRead } from '../find.ts';
import type { ArchivePagePorts } from '../ports.ts';
import { type AreaShown, showAreas } from '../search/area-names.ts';
import { type FileShown, showFile } from '../search/show-file.ts';
import { showText, type TextShown } from '../search/text-pages.ts';
import { postsOf } from './people.ts';

const dones = ['filed', 'edited', 'reviewed', 'withdrawn', 'explained', 'restored'] as const;

const documentView = view<{
  document: ArchiveDocument;
  areas: readonly AreaShown[];
  unit: string;
  /** The newest first, with the numbers that people know them by. */
  versions: readonly (FileShown & { readonly number: number })[];
  related: readonly ArchiveDocument[];
  posts: Readonly<Record<string, string>>;
  isOverdue: boolean;
  /** Whether whoever reads this looks after it. */
  keeps: boolean;
  done: (typeof dones)[number] | null;
}>(documentsArchiveDocument);

const textView = view<{ document: ArchiveDocument; shown: TextShown | null }>(documentsArchiveText);

/** Those of the related documents that somebody may see. */
export const relatedOf = async (
  ports: Pick<ArchivePagePorts, 'documents'>,
  { related }: Pick<ArchiveDocument, 'related'>,
  visit: Visit,
): Promise<readonly ArchiveDocument[]> => {
  const found = await Promise.all(related.map((id) => findReadable(ports, id, actorOf(visit))));
  return found.filter((document) => document !== null);
};

const show =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const document = await findToRead(ports, visit);
    const { files, owner, withdrawn, reviewOn } = document;
    const emails = [owner, ...files.map(({ by }) => by), ...(withdrawn ? [withdrawn.by] : [])];
    const [directory, unit, related, posts] = await Promise.all([
      ports.areas.directory(),
      ports.units.find(document.unit),
      relatedOf(ports, document, visit),
      postsOf(ports.staff, emails),
    ]);
    return showPage(documentView, {
      ...{ document, related, posts, unit: unit?.name ?? document.unit },
      areas: showAreas(document.areas, directory),
      versions: files.map((file, at) => ({ ...showFile(file), number: at + 1 })).toReversed(),
      isOverdue: reviewOn !== null && withdrawn === null && reviewOn < londonDate(visit.now),
      keeps: mayKeep(actorOf(visit), document),
      done: dones.find((done) => done === visit.query.get('done')) ?? null,
    });
  };

/** Of a withdrawn document those only read on who look after it. */
const isClosed = (document: ArchiveDocument, visit: Visit): boolean =>
  document.withdrawn !== null && !mayKeep(actorOf(visit), document);

const showDocumentText =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const document = await findToRead(ports, visit);
    if (isClosed(document, visit)) return redirectTo(paths.document(document.id));
    const file = currentFile(document);
    const text = await ports.archiveFiles.text(file.id);
    const shown = showText(text, visit.query.get('page'), { language: document.language, file });
    return showPage(textView, { document, shown });
  };

const download =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const id = param(visit, 'id');
    const link = await ports.documentDeeds.download(id, param(visit, 'file'), deedOf(visit));
    if (link.ok) return redirectTo(link.value);
    if (link.error.name === 'DocumentInOtherState') return redirectTo(paths.document(id));
    throw notFound();
  };

/** A document of the archive: what is said of it, its versions, and what can be read in it. */
export const documentPageRoutes = (ports: ArchivePagePorts): readonly Route[] => [
  page(patterns.document, { may: 'read documents', answer: show(ports) }),
  page(patterns.documentText, { may: 'read documents', answer: showDocumentText(ports) }),
  page(patterns.documentFile, { may: 'read documents', answer: download(ports) }),
];
