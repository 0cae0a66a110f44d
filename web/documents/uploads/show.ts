import { documentsUploadsUpload } from '#build/templates/documents/uploads/upload.njk.js';
import type { ArchiveDocument } from '#domain/documents/document.ts';
import { findToRead } from '#domain/documents/document-deed.ts';
import { fileTypes, MOST_FILE_BYTES } from '#domain/documents/file-type.ts';
import type { UploadForm } from '#domain/documents/ports.ts';
import {
  lastDayToDescribe,
  permissionEndsAt,
  stateOf,
  type Upload,
  type UploadState,
} from '#domain/documents/upload.ts';
import { hoursBetween, type Instant, type LocalDate } from '#domain/shared/clock.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { type Reply, sendingTo, showAgain, showPage } from '../../http/reply.ts';
import { actorOf, page, type Route, type Visit } from '../../http/route.ts';
import { paths, patterns, withQuery } from '../../paths.ts';
import { view } from '../../render/render.ts';
import { deedOf, findUpload } from '../find.ts';
import type { ArchivePagePorts } from '../ports.ts';
import { type Alike, findAlike } from './alike.ts';
import { afterSending, BY_SCRIPT } from './begin.ts';

/** `sent`: the browser says that it has sent the file, and S3 has not told of it yet. */
type Shown = UploadState | 'sent';

const uploadView = view<{
  upload: Upload;
  state: Shown;
  /** With which the file is sent; null when it is not to be sent now. */
  form: UploadForm | null;
  until: Instant;
  /** On which it can be described, where it waits for that. */
  lastDay: LocalDate | null;
  accept: string;
  mostBytes: number;
  alike: readonly Alike[];
  /** The document that it is or is meant to be a version of; null for none, or for one that is not to be seen. */
  document: ArchiveDocument | null;
  /** Where it begins again. */
  anew: string;
  /** Where the page does not load itself again, and where it does; null when there is nothing to wait for. */
  still: string | null;
  again: string;
}>(documentsUploadsUpload);

/** Seconds between two looks: most checks take a few seconds, and some a few minutes. */
const SOON = 5;
const LATER = 30;
const MINUTES_SOON = 2;

const shownState = (upload: Upload, visit: Visit): Shown => {
  const state = stateOf(upload, visit.now);
  return state === 'expected' && visit.query.get('sent') === '1' ? 'sent' : state;
};

/**
 * A fresh form for the same upload, as long as nothing has arrived. A script is sent nowhere afterwards: it could not
 * follow from the bucket to here, since no page of ours answers scripts of other origins.
 */
const formFor = async (ports: ArchivePagePorts, upload: Upload, visit: Visit): Promise<UploadForm | null> => {
  const { id, name, replaces } = upload;
  const permitted = await ports.documentDeeds.permit(
    { id, name, replaces },
    visit.query.get('by') === BY_SCRIPT ? null : afterSending(ports, id),
    deedOf(visit),
  );
  return permitted.ok ? permitted.value.form : null;
};

const documentOf = async (ports: ArchivePagePorts, { outcome, replaces }: Upload, by: Actor) => {
  const id = outcome?.kind === 'filed' ? outcome.document : replaces;
  return id === null ? null : findToRead(ports, id, by);
};

/** Asked as long as nothing was said, and once more when what was said did not hold. */
const alikeOf = async (
  ports: ArchivePagePorts,
  upload: Upload,
  { state, by }: { state: Shown; by: Actor },
) => {
  const isDescribed = upload.details !== null || upload.replaces !== null;
  const asks = state === 'checked' || (state === 'checking' && !isDescribed);
  return asks ? findAlike(ports, upload, by) : [];
};

/** How a page goes on by itself that waits for news, unless that was stopped; and where it does and does not. */
const waiting = ({ id, at, object }: Upload, state: Shown, visit: Visit) => {
  const address = (query: Readonly<Record<string, string>>) =>
    withQuery(paths.upload(id), { sent: state === 'sent' ? '1' : null, ...query });
  const waits = (state === 'checking' || state === 'sent') && visit.query.get('refresh') !== 'off';
  const minutes = hoursBetween(object?.at ?? at, visit.now) * 60;
  return {
    again: address({}),
    still: waits ? address({ refresh: 'off' }) : null,
    seconds: minutes < MINUTES_SOON ? SOON : LATER,
  };
};

const show =
  (ports: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const upload = await findUpload(ports, visit);
    const by = actorOf(visit);
    const state = shownState(upload, visit);
    const form = state === 'expected' ? await formFor(ports, upload, visit) : null;
    const { again, still, seconds } = waiting(upload, state, visit);
    const shown = showPage(uploadView, {
      ...{ upload, state, form, again, still },
      ...{ until: permissionEndsAt(upload), mostBytes: MOST_FILE_BYTES },
      lastDay: upload.outcome?.kind === 'checked' ? lastDayToDescribe(upload.outcome.at) : null,
      accept: fileTypes[upload.type].extensions.map((extension) => `.${extension}`).join(','),
      alike: await alikeOf(ports, upload, { state, by }),
      document: await documentOf(ports, upload, by),
      anew: upload.replaces === null ? paths.newDocument : paths.documentVersion(upload.replaces),
    });
    if (form) return sendingTo(shown, new URL(form.url).origin);
    return still === null ? shown : showAgain(shown, seconds);
  };

/** One file on its way into the archive, as its uploader sees it. */
export const uploadRoutes = (ports: ArchivePagePorts): readonly Route[] => [
  page(patterns.upload, { may: 'keep documents', answer: show(ports) }),
];
