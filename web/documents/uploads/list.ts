import { documentsUploadsList } from '#build/templates/documents/uploads/list.njk.js';
import { stateOf, type Upload, type UploadState } from '#domain/documents/upload.ts';
import type { Instant } from '#domain/shared/clock.ts';
import { type Reply, showPage } from '../../http/reply.ts';
import { actorOf, page, type Route, type Visit } from '../../http/route.ts';
import { patterns } from '../../paths.ts';
import { view } from '../../render/render.ts';
import type { ArchivePagePorts } from '../ports.ts';

interface UploadShown {
  readonly upload: Upload;
  readonly state: UploadState;
}

const listView = view<{
  /** Those that wait for their uploader to say what they are. */
  waiting: readonly UploadShown[];
  others: readonly UploadShown[];
  next: string | null;
  isFirst: boolean;
}>(documentsUploadsList);

const PAGE_SIZE = 25;

const waitsForDetails = ({ upload, state }: UploadShown): boolean =>
  state === 'checked' || (state === 'checking' && upload.details === null && upload.replaces === null);

const showState = (upload: Upload, now: Instant): UploadShown => ({ upload, state: stateOf(upload, now) });

const list =
  ({ uploads }: ArchivePagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const after = visit.query.get('after');
    const { items, next } = await uploads.ownedBy(actorOf(visit).email, { after, size: PAGE_SIZE });
    const shown = items.map((upload) => showState(upload, visit.now));
    return showPage(listView, {
      waiting: shown.filter(waitsForDetails),
      others: shown.filter((each) => !waitsForDetails(each)),
      next,
      isFirst: after === null,
    });
  };

/** What somebody has uploaded. */
export const uploadListRoutes = (ports: ArchivePagePorts): readonly Route[] => [
  page(patterns.uploads, { may: 'keep documents', answer: list(ports) }),
];
