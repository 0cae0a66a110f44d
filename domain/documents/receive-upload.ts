import { defaultLanguage, type UploadNotFiled, type UploadRefused } from '../mailings/message.ts';
import type { Outbox } from '../mailings/ports.ts';
import type { Instant } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { Id } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import type { DocumentPorts } from './document-deed.ts';
import { fileUpload } from './file-upload.ts';
import type { Inspection } from './inspection.ts';
import { judgeUpload } from './judge-upload.ts';
import type { ArchiveFiles, Inspections, Quarantine, Uploads } from './ports.ts';
import {
  lastDayToDescribe,
  type RefusalReason,
  type ScanVerdict,
  type Upload,
  uploadOfKey,
} from './upload.ts';
import { uploadWrites } from './upload-deed.ts';

/** What is told of a version of an object in quarantine: by S3, by the isolated reader, by the scan for malware. */
type NewsOfObject = { readonly key: string; readonly versionId: string } & (
  | { readonly kind: 'arrived'; readonly bytes: number }
  | { readonly kind: 'inspected' }
  | { readonly kind: 'scanned'; readonly verdict: ScanVerdict }
);

export type UploadNews =
  | NewsOfObject
  /** Nobody has told anything of it for a while. */
  | { readonly kind: 'overdue'; readonly upload: Id };

export interface ReceivePorts extends DocumentPorts {
  readonly uploads: Uploads;
  readonly inspections: Inspections;
  readonly quarantine: Quarantine;
  readonly archiveFiles: ArchiveFiles;
  readonly outbox: Outbox;
  /** This is a laptop without an engine that scans for malware: its files are marked, and taken. */
  readonly takesUnscanned: boolean;
  readonly log: Log;
}

/** How often it is tried again when somebody else has changed the upload in between. */
const ATTEMPTS = 5;

/** What the program believes of what the reader wrote: nothing about another file, and no other type than was promised. */
const believe = (upload: Upload, told: Inspection | null): Upload['inspection'] => {
  if (told?.outcome !== 'readable') return told && { outcome: 'refused', fault: told.fault };
  if (told.type !== upload.type) return { outcome: 'refused', fault: 'not-what-it-says' };
  const { type, sha256, pages, language, title } = told;
  return { outcome: 'readable', type, sha256, pages, language, title, characters: told.text.length };
};

/** The upload with what was told, whichever comes first; the same upload when it is about another object. */
const learn = async (ports: ReceivePorts, upload: Upload, news: NewsOfObject): Promise<Upload> => {
  const object = upload.object ?? { versionId: news.versionId, bytes: null, at: ports.clock.now() };
  if (object.versionId !== news.versionId) return upload;
  switch (news.kind) {
    case 'arrived':
      return { ...upload, object: { ...object, bytes: news.bytes } };
    case 'inspected':
      return { ...upload, object, inspection: await inspectionOf(ports, { ...upload, object }) };
    case 'scanned':
      return { ...upload, object, scan: upload.scan ?? news.verdict };
  }
};

/** What the reader said of it, also when nobody has told that it did. */
const inspectionOf = async ({ inspections }: ReceivePorts, upload: Upload): Promise<Upload['inspection']> => {
  const { key, object, inspection } = upload;
  if (inspection || !object) return inspection;
  return believe(upload, await inspections.find({ key, versionId: object.versionId }));
};

/** Takes an upload as far as it can be taken, and answers with what has to be stored; null when nothing has. */
const settle = async (ports: ReceivePorts, upload: Upload): Promise<readonly Write[] | null> => {
  const at = ports.clock.now();
  const judgement = judgeUpload(upload, { now: at, takesUnscanned: ports.takesUnscanned });
  if (judgement.kind === 'wait') return null;
  if (judgement.kind === 'refuse') return refuse(ports, upload, judgement.reason);
  await takeIn(ports, upload);
  const filed = await fileUpload(ports, upload);
  const outcome = filed
    ? ({ kind: 'filed', at, document: filed.document } as const)
    : ({ kind: 'checked', at } as const);
  ports.log('INFO', 'upload checked', {
    ...{ upload: upload.id, document: filed?.document ?? null, correlationId: upload.correlationId },
  });
  const after = { ...upload, outcome };
  return [
    ...(await uploadWrites(ports, { deed: 'check upload', by: null, before: upload, after })),
    ...(filed?.writes ?? []),
    ...(filed ? [] : await tellNotFiled(ports, upload, at)),
  ];
};

/** The bytes first, and then the record that says that they are there: a crash in between is made good by doing it again. */
const takeIn = async (
  { archiveFiles, inspections }: ReceivePorts,
  { id, key, object }: Upload,
): Promise<void> => {
  if (!object) return;
  const { versionId } = object;
  const told = await inspections.find({ key, versionId });
  await archiveFiles.takeIn({ key, versionId }, id);
  if (told?.outcome === 'readable') await archiveFiles.saveText(id, told.text);
};

type Told =
  | Pick<UploadRefused, 'kind' | 'reason'>
  | Pick<UploadNotFiled, 'kind' | 'document' | 'why' | 'until'>;

/** Tells whoever uploaded a file what became of it. */
const tell = ({ outbox, ids, clock }: ReceivePorts, upload: Upload, told: Told): Write => {
  const { id, name, owner, at, correlationId } = upload;
  return outbox.toPost({
    id: ids.next(),
    to: owner,
    replyTo: null,
    language: defaultLanguage,
    message: { ...told, upload: id, name, uploadedAt: at },
    correlationId,
    postedAt: clock.now(),
  });
};

/** Whoever had said what it is does not come back to see that it did not hold. */
const tellNotFiled = async (
  ports: ReceivePorts,
  upload: Upload,
  checkedAt: Instant,
): Promise<readonly Write[]> => {
  const replaced = upload.replaces === null ? null : await ports.documents.find(upload.replaces);
  if (!replaced) return [];
  const why = replaced.withdrawn ? 'withdrawn' : 'full';
  const until = lastDayToDescribe(checkedAt);
  return [tell(ports, upload, { kind: 'upload-not-filed', document: replaced.title, why, until })];
};

/** The changes that end an upload, and tell its uploader why. */
const refuse = async (
  ports: ReceivePorts,
  upload: Upload,
  reason: RefusalReason,
): Promise<readonly Write[]> => {
  const { id, correlationId } = upload;
  ports.log('WARN', 'upload refused', { upload: id, reason, correlationId });
  const after = { ...upload, outcome: { kind: 'refused', at: ports.clock.now(), reason } as const };
  return [
    ...(await uploadWrites(ports, { deed: 'refuse upload', by: null, before: upload, after })),
    tell(ports, upload, { kind: 'upload-refused', reason }),
  ];
};

/** Stores what was learnt and what follows from it. False when somebody else was faster. */
const advance = async (ports: ReceivePorts, known: Upload, learnt: Upload): Promise<boolean> => {
  const settled = await settle(ports, learnt);
  const isSame = JSON.stringify(known) === JSON.stringify(learnt);
  const writes = settled ?? (isSame ? [] : [ports.uploads.toChange(learnt)]);
  if (writes.length > 0) {
    const { refused } = await ports.facts.commit(writes);
    if (refused !== null) return false;
  }
  if (settled) await tidyUp(ports, learnt);
  return true;
};

/** What has ended has nothing in quarantine any more, and what came to nothing has nothing in the archive. */
const tidyUp = async (
  { quarantine, archiveFiles }: ReceivePorts,
  { id, key, outcome }: Upload,
): Promise<void> => {
  await quarantine.remove(key);
  if (outcome?.kind === 'checked') await archiveFiles.remove(id);
};

const findNamed = async ({ uploads }: ReceivePorts, news: UploadNews): Promise<Upload | null> => {
  if (news.kind === 'overdue') return uploads.find(news.upload);
  const id = uploadOfKey(news.key);
  const upload = id && (await uploads.find(id));
  return upload && upload.key === news.key ? upload : null;
};

/** Of what had ended before: whoever died on the way to here had not tidied up yet. */
const tidyAgain = async ({ quarantine, archiveFiles }: ReceivePorts, upload: Upload): Promise<void> => {
  await quarantine.remove(upload.key);
  const { outcome, id } = upload;
  if (outcome?.kind === 'refused' && outcome.reason === 'not-described') await archiveFiles.remove(id);
};

/** False when it has to be tried again, because somebody else was faster. */
const receive = async (ports: ReceivePorts, upload: Upload, news: UploadNews): Promise<boolean> => {
  const mayGoOn = !upload.outcome || (upload.outcome.kind === 'checked' && news.kind === 'overdue');
  if (!mayGoOn) {
    await tidyAgain(ports, upload);
    return true;
  }
  if (news.kind !== 'overdue') return advance(ports, upload, await learn(ports, upload, news));
  return advance(ports, upload, { ...upload, inspection: await inspectionOf(ports, upload) });
};

/**
 * Takes note of what is told of an upload, in whatever order it is told and however often, and ends the upload as soon
 * as all verdicts are there: its file is in the archive then, or was refused, and quarantine is empty.
 */
export const receiveUpload =
  (ports: ReceivePorts) =>
  async (news: UploadNews, correlationId: string): Promise<void> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const upload = await findNamed(ports, news);
      if (!upload) {
        ports.log('WARN', 'upload unknown', { news: news.kind, correlationId });
        return;
      }
      ports.log('INFO', 'upload told', { upload: upload.id, news: news.kind, correlationId });
      if (await receive(ports, upload, news)) return;
    }
    throw new Error('An upload changes faster than it can be dealt with');
  };
