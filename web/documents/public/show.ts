import { documentsPublicDocument } from '#build/templates/documents/public/document.njk.js';
import { documentsPublicText } from '#build/templates/documents/public/text.njk.js';
import { type ArchiveDocument, currentFile } from '#domain/documents/document.ts';
import { publishedPath } from '#domain/documents/published-path.ts';
import { type LocalDate, londonDate } from '#domain/shared/clock.ts';
import { notFound, type Reply, redirectTo, showPublicPage } from '../../http/reply.ts';
import { param, type Visit } from '../../http/route.ts';
import { paths } from '../../paths.ts';
import { view } from '../../render/render.ts';
import type { DocumentPagePorts } from '../ports.ts';
import { type AreaShown, showAreas } from '../search/area-names.ts';
import { type FileShown, showFile } from '../search/show-file.ts';
import { showText, type TextShown } from '../search/text-pages.ts';
import { CACHE_SECONDS, isPublic } from './list.ts';

const documentView = view<{
  document: ArchiveDocument;
  areas: readonly AreaShown[];
  file: FileShown;
  /** Where the file is. */
  href: string;
  added: LocalDate;
  /** Null unless it was changed on another day. */
  changed: LocalDate | null;
}>(documentsPublicDocument);

const textView = view<{ document: ArchiveDocument; shown: TextShown | null }>(documentsPublicText);

const findPublic = async ({ documents }: DocumentPagePorts, visit: Visit): Promise<ArchiveDocument> => {
  const document = await documents.find(param(visit, 'id'));
  if (!document || !isPublic(document)) throw notFound();
  return document;
};

/** A document that the public may read; of a withdrawn one, that it was withdrawn. */
export const showPublic =
  (ports: DocumentPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const document = await findPublic(ports, visit);
    const [added, changed] = [londonDate(document.createdAt), londonDate(document.changedAt)];
    const file = currentFile(document);
    const model = {
      ...{ document, added, changed: changed === added ? null : changed },
      areas: showAreas(document.areas, await ports.areas.directory()),
      ...{ file: showFile(file), href: publishedPath(file) },
    };
    return showPublicPage(documentView, model, CACHE_SECONDS);
  };

/** What can be read in it, as a page. */
export const showPublicText =
  (ports: DocumentPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const document = await findPublic(ports, visit);
    if (document.withdrawn) return redirectTo(paths.publicDocument(document.id));
    const file = currentFile(document);
    const text = await ports.publishedFiles.text(file.id);
    const shown = showText(text, visit.query.get('page'), { language: document.language, file });
    return showPublicPage(textView, { document, shown }, CACHE_SECONDS);
  };
