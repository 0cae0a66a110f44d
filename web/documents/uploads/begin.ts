import { documentsUploadsNew } from '#build/templates/documents/uploads/new.njk.js';
import type { ArchiveDocument } from '#domain/documents/document.ts';
import { type FileType, fileTypeNames, fileTypes, MOST_FILE_BYTES } from '#domain/documents/file-type.ts';
import { tidyName } from '#domain/documents/permit-upload.ts';
import type { Id } from '#domain/shared/ids.ts';
import { type FormModel, untouched } from '../../forms/form.ts';
import { PageError, type Reply, redirectTo, sendingTo, showPage } from '../../http/reply.ts';
import { actorOf, page, post, type Route, type Visit } from '../../http/route.ts';
import { paths, patterns, withQuery } from '../../paths.ts';
import { view } from '../../render/render.ts';
import { findToKeep } from '../find.ts';
import type { ArchivePagePorts } from '../ports.ts';
import { readNew } from './read-new.ts';

const newView = view<
  FormModel & {
    /** From the page, so that pressing twice begins one upload. */
    id: Id;
    action: string;
    back: string;
    /** The document that it will be a new version of; null for a new one. */
    document: ArchiveDocument | null;
    types: readonly FileType[];
    /** For the script: the type of each extension. */
    extensions: string;
    accept: string;
    mostBytes: number;
  }
>(documentsUploadsNew);

const extensions = Object.fromEntries(
  fileTypeNames.flatMap((type) => fileTypes[type].extensions.map((extension) => [extension, type])),
);

const accept = Object.keys(extensions)
  .map((extension) => `.${extension}`)
  .join(',');

/** Where an upload begins: the addresses of its form and of what it came from. */
interface Beginning {
  readonly action: string;
  readonly back: string;
  readonly document: ArchiveDocument | null;
}

const showNew = (
  { uploadOrigin }: ArchivePagePorts,
  beginning: Beginning,
  { id, form }: { readonly id: Id; readonly form: FormModel },
  status?: number,
): Reply => {
  const files = { types: fileTypeNames, extensions: JSON.stringify(extensions), accept };
  return sendingTo(
    showPage(newView, { ...form, ...beginning, ...files, id, mostBytes: MOST_FILE_BYTES }, status),
    uploadOrigin,
  );
};

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whoever asks for a form with this in `by` is a script of ours. */
export const BY_SCRIPT = 'script';

/** Where the browser goes when S3 has the file. */
export const afterSending = ({ publicUrl }: Pick<ArchivePagePorts, 'publicUrl'>, id: Id): string =>
  `${publicUrl}${paths.upload(id)}?sent=1`;

const begin = async (ports: ArchivePagePorts, visit: Visit, beginning: Beginning): Promise<Reply> => {
  const id = visit.form.get('id') ?? '';
  const by = actorOf(visit);
  const read = readNew(visit.form);
  if (!read.ok) {
    const shown = { id: ID.test(id) ? id : ports.ids.next(), form: read };
    return showNew(ports, beginning, shown, 400);
  }
  if (!ID.test(id)) throw new PageError(400, 'bad-request');
  const wanted = { id, name: read.values.name, replaces: beginning.document?.id ?? null };
  const { correlationId } = visit;
  const permitted = await ports.documentDeeds.permit(wanted, afterSending(ports, id), { by, correlationId });
  const isScript = visit.form.get('by') === BY_SCRIPT;
  const there = redirectTo(withQuery(paths.upload(id), { by: isScript ? BY_SCRIPT : null }));
  if (permitted.ok) return there;
  const known = await ports.uploads.find(id);
  // Back in the browser leads to a form that was sent before: its file may be on its way.
  if (known?.owner === by.email && known.name === tidyName(wanted.name)) return there;
  if (known?.owner === by.email) throw new PageError(409, 'sent-before');
  throw new PageError(403, 'not-allowed');
};

const newOne: Beginning = { action: paths.newDocument, back: paths.archive, document: null };

const versionOf = async (ports: ArchivePagePorts, visit: Visit): Promise<Beginning> => {
  const document = await findToKeep(ports, visit);
  const { id } = document;
  return { action: paths.documentVersion(id), back: paths.document(id), document };
};

const ask = (ports: ArchivePagePorts) => (): Reply =>
  showNew(ports, newOne, { id: ports.ids.next(), form: untouched() });

const askVersion =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const beginning = await versionOf(ports, visit);
    if (beginning.document?.withdrawn) return redirectTo(beginning.back);
    return showNew(ports, beginning, { id: ports.ids.next(), form: untouched() });
  };

const beginVersion =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const beginning = await versionOf(ports, visit);
    if (beginning.document?.withdrawn) return redirectTo(beginning.back);
    return begin(ports, visit, beginning);
  };

/** Beginning to upload a file: a new document, or a new version of one. */
export const beginRoutes = (ports: ArchivePagePorts): readonly Route[] => [
  page(patterns.newDocument, { may: 'keep documents', answer: ask(ports) }),
  post(patterns.newDocument, {
    may: 'keep documents',
    answer: (visit) => begin(ports, visit, newOne),
  }),
  page(patterns.documentVersion, { may: 'keep documents', answer: askVersion(ports) }),
  post(patterns.documentVersion, { may: 'keep documents', answer: beginVersion(ports) }),
];
