import { documentsArchiveEdit } from '#build/templates/documents/archive/edit.njk.js';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { ArchiveDocument } from '#domain/documents/document.ts';
import { londonDate } from '#domain/shared/clock.ts';
import { type FieldError, type TickedForm, versionField } from '../../forms/form.ts';
import { type Reply, showPage } from '../../http/reply.ts';
import { page, post, type Route, type Visit } from '../../http/route.ts';
import { patterns } from '../../paths.ts';
import { view } from '../../render/render.ts';
import { choicesOf, type DetailsChoices } from '../details/choices.ts';
import { readDetails, typedOfDetails } from '../details/read-details.ts';
import { deedOf, findToKeep } from '../find.ts';
import type { ArchivePagePorts } from '../ports.ts';
import { answerDeed } from './outcome.ts';
import { readOwner } from './read-owner.ts';
import { readRelated, writeRelated } from './read-related.ts';
import { relatedOf } from './show.ts';

const editView = view<TickedForm & { document: ArchiveDocument; choices: DetailsChoices }>(
  documentsArchiveEdit,
);

const showEdit = (
  document: ArchiveDocument,
  directory: AreaDirectory,
  form: TickedForm,
  status?: number,
): Reply => showPage(editView, { ...form, document, choices: choicesOf(directory, form.ticked) }, status);

const ask =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const document = await findToKeep(ports, visit);
    const directory = await ports.areas.directory();
    const { typed, ticked } = typedOfDetails(document, directory);
    const related = writeRelated(await relatedOf(ports, document, visit), ports.publicUrl);
    const { owner, version } = document;
    return showEdit(document, directory, {
      ...{ typed: { ...typed, related, owner, version: String(version) }, ticked, errors: [] },
    });
  };

/** Whether all of this is said of a document now. */
const says = (now: ArchiveDocument, details: Partial<ArchiveDocument>): boolean =>
  Object.entries(details).every(
    ([field, value]) => JSON.stringify(now[field as keyof ArchiveDocument]) === JSON.stringify(value),
  );

const edit =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const document = await findToKeep(ports, visit);
    const directory = await ports.areas.directory();
    const read = readDetails(visit.form, { before: document, directory, today: londonDate(visit.now) });
    const [related, owner] = await Promise.all([
      readRelated(ports, visit, document),
      readOwner(ports.staff, visit.form.get('owner') ?? '', document),
    ]);
    const errors: readonly FieldError[] = [
      ...(read.ok ? [] : read.errors),
      ...('error' in related ? [related.error] : []),
      ...('error' in owner ? [owner.error] : []),
    ];
    if (!read.ok || 'error' in related || 'error' in owner) {
      const ticked = visit.form.getAll('boroughs');
      return showEdit(document, directory, { typed: Object.fromEntries(visit.form), ticked, errors }, 400);
    }
    const version = versionField.parse(visit.form.get('version'));
    const details = { ...read.details, related: [...related.ids], owner: owner.email };
    const outcome = await ports.documentDeeds.edit(document.id, details, { ...deedOf(visit), version });
    return answerDeed(outcome, await ports.documents.find(document.id), {
      ...{ id: document.id, done: 'edited' },
      isDone: (now) => now.version === version + 1 && says(now, details),
    });
  };

/** Changing what is said of a document, and who looks after it. */
export const editRoutes = (ports: ArchivePagePorts): readonly Route[] => [
  page(patterns.documentEdit, { may: 'keep documents', answer: ask(ports) }),
  post(patterns.documentEdit, { may: 'keep documents', answer: edit(ports) }),
];
