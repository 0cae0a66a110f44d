import { documentsUploadsDescribe } from '#build/templates/documents/uploads/describe.njk.js';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { Description } from '#domain/documents/describe-upload.ts';
import { documentLanguages } from '#domain/documents/document.ts';
import { usualReview } from '#domain/documents/file-upload.ts';
import { mayKeep } from '#domain/documents/reach.ts';
import type { Upload } from '#domain/documents/upload.ts';
import { type Instant, londonDate } from '#domain/shared/clock.ts';
import { oneLine } from '#domain/shared/text.ts';
import type { TickedForm } from '../../forms/form.ts';
import { PageError, type Reply, redirectTo, showPage } from '../../http/reply.ts';
import { actorOf, page, post, type Route, type Visit } from '../../http/route.ts';
import { paths, patterns, withQuery } from '../../paths.ts';
import { view } from '../../render/render.ts';
import { choicesOf, type DetailsChoices } from '../details/choices.ts';
import { readDetails, typedOfDetails } from '../details/read-details.ts';
import { deedOf, findUpload } from '../find.ts';
import type { ArchivePagePorts } from '../ports.ts';
import { type Alike, findAlike } from './alike.ts';

const describeView = view<
  TickedForm & { upload: Upload; choices: DetailsChoices; alike: readonly Alike[]; newValue: string }
>(documentsUploadsDescribe);

/** Stands for a new document among those of which it may be a version. */
const NEW = 'new';

/** How often it is tried again when the check of the file was told of in between. */
const ATTEMPTS = 3;

const titleOf = ({ inspection, name }: Upload): string => {
  const own = inspection?.outcome === 'readable' ? oneLine(inspection.title ?? '') : '';
  return own === '' ? name.replace(/\.[^.]*$/, '').replaceAll('_', ' ') : own;
};

/** The language that the file says it is in; English where it says none. */
const languageOf = ({ inspection }: Upload): (typeof documentLanguages)[number] => {
  const said = inspection?.outcome === 'readable' ? inspection.language : null;
  if (said === null) return 'en';
  const [primary] = said.toLowerCase().split('-');
  return documentLanguages.find((language) => language === primary) ?? 'other';
};

/** What was said before, or else what the file says of itself. */
const usual = (upload: Upload, directory: AreaDirectory, now: Instant): TickedForm => {
  const { typed, ticked } = typedOfDetails(
    upload.details ?? {
      ...{ title: titleOf(upload), summary: '', areas: [], consultation: null, from: null, to: null },
      ...{ language: languageOf(upload), tags: [], related: [], reviewOn: usualReview(londonDate(now)) },
    },
    directory,
  );
  const isSaid = upload.details !== null || upload.replaces !== null;
  return { typed: { ...typed, replaces: isSaid ? (upload.replaces ?? NEW) : '' }, ticked, errors: [] };
};

/** Documents of which it may be a new version, and the one that was named before. */
const alikeOf = async (ports: ArchivePagePorts, upload: Upload, visit: Visit): Promise<readonly Alike[]> => {
  const alike = await findAlike(ports, upload, actorOf(visit));
  const { replaces } = upload;
  if (replaces === null || alike.some(({ document }) => document.id === replaces)) return alike;
  const named = await ports.documents.find(replaces);
  return named && mayKeep(actorOf(visit), named) && !named.withdrawn
    ? [...alike, { document: named, isSame: false }]
    : alike;
};

/** Where an upload is seen that nothing can be said of any more; null while something can. */
const over = ({ id, outcome }: Upload): Reply | null => {
  if (outcome?.kind === 'filed') return redirectTo(paths.document(outcome.document));
  return outcome?.kind === 'refused' ? redirectTo(paths.upload(id)) : null;
};

const showForm = (
  upload: Upload,
  directory: AreaDirectory,
  { alike, form }: { readonly alike: readonly Alike[]; readonly form: TickedForm },
  status?: number,
): Reply => {
  const choices = choicesOf(directory, form.ticked);
  return showPage(describeView, { ...form, upload, choices, alike, newValue: NEW }, status);
};

const ask =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const upload = await findUpload(ports, visit);
    const elsewhere = over(upload);
    if (elsewhere) return elsewhere;
    const directory = await ports.areas.directory();
    const alike = await alikeOf(ports, upload, visit);
    return showForm(upload, directory, { alike, form: usual(upload, directory, visit.now) });
  };

type DescriptionRead =
  | { readonly ok: true; readonly description: Description }
  | ({ readonly ok: false } & TickedForm);

const readDescription = (
  visit: Visit,
  upload: Upload,
  { alike, directory }: { readonly alike: readonly Alike[]; readonly directory: AreaDirectory },
): DescriptionRead => {
  const replaces = visit.form.get('replaces') ?? '';
  const isVersion = alike.some(({ document }) => document.id === replaces);
  if (isVersion) return { ok: true, description: { details: null, replaces } };
  const read = readDetails(visit.form, { before: upload.details, directory, today: londonDate(visit.now) });
  const missing = alike.length > 0 && replaces !== NEW;
  const asked = missing ? [{ field: 'replaces', key: 'describe.replaces.missing' as const }] : [];
  if (!read.ok) return { ...read, errors: [...asked, ...read.errors] };
  if (missing)
    return {
      ...{ ok: false, typed: Object.fromEntries(visit.form), ticked: visit.form.getAll('boroughs') },
      errors: asked,
    };
  return { ok: true, description: { details: { ...read.details, related: [] }, replaces: null } };
};

const describe =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const upload = await findUpload(ports, visit);
    const elsewhere = over(upload);
    if (elsewhere) return elsewhere;
    const directory = await ports.areas.directory();
    const alike = await alikeOf(ports, upload, visit);
    const read = readDescription(visit, upload, { alike, directory });
    if (!read.ok) return showForm(upload, directory, { alike, form: read }, 400);
    return take(ports, visit, upload, read.description);
  };

const take = async (
  ports: ArchivePagePorts,
  visit: Visit,
  upload: Upload,
  description: Description,
): Promise<Reply> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const told = await ports.documentDeeds.describe(upload.id, description, deedOf(visit));
    if (told.ok)
      return told.value.outcome?.kind === 'filed'
        ? redirectTo(withQuery(paths.document(told.value.outcome.document), { done: 'filed' }))
        : redirectTo(withQuery(paths.upload(upload.id), { done: 'described' }));
    if (told.error.name === 'UploadUnknown') throw new PageError(403, 'not-allowed');
    const now = await ports.uploads.find(upload.id);
    const elsewhere = now && over(now);
    if (elsewhere) return elsewhere;
    // The document that it was to be a version of takes none any more.
    if (told.error.name === 'UploadInOtherState') break;
  }
  throw new PageError(409, 'changed');
};

/** Saying what an uploaded file is. */
export const describeRoutes = (ports: ArchivePagePorts): readonly Route[] => [
  page(patterns.describeUpload, { may: 'keep documents', answer: ask(ports) }),
  post(patterns.describeUpload, { may: 'keep documents', answer: describe(ports) }),
];
