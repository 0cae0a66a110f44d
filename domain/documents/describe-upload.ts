import type { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import { commitRecord } from '../shared/commit-record.ts';
import type { Write } from '../shared/facts.ts';
import type { CorrelationId, Id } from '../shared/ids.ts';
import { failed, type Result } from '../shared/result.ts';
import type { Actor } from '../staff/actor.ts';
import { may } from '../staff/may.ts';
import type { ArchiveDocument, DocumentDetails } from './document.ts';
import type { DocumentPorts } from './document-deed.ts';
import { fileUpload } from './file-upload.ts';
import type { Uploads } from './ports.ts';
import { mayKeep } from './reach.ts';
import type { Upload } from './upload.ts';
import { UploadInOtherState, UploadUnknown, uploadWrites } from './upload-deed.ts';

export type DescribePorts = DocumentPorts & { readonly uploads: Uploads };

interface DescribeDeed {
  readonly by: Actor;
  readonly correlationId: CorrelationId;
}

/** What an uploader says of a file: what it is, or which document it is a new version of. */
export type Description =
  | { readonly details: DocumentDetails; readonly replaces: null }
  | { readonly details: null; readonly replaces: Id };

/** The upload of somebody who may still say something of it. */
export const findOwnUpload = async (
  { uploads }: { readonly uploads: Pick<Uploads, 'find'> },
  id: Id,
  by: Actor,
): Promise<Upload | null> => {
  const upload = await uploads.find(id);
  return upload?.owner === by.email ? upload : null;
};

const mayDescribe = async ({ documents }: DescribePorts, by: Actor, { replaces }: Description) => {
  if (replaces === null) return may(by, 'keep documents', { unit: by.unit.id });
  const replaced = await documents.find(replaces);
  return replaced !== null && mayKeep(by, replaced) && !replaced.withdrawn;
};

/**
 * Says what an uploaded file is. Before its check this is kept until then; after it, the file becomes a document, or a
 * version of one, at once.
 */
export const describeUpload =
  (ports: DescribePorts) =>
  async (
    id: Id,
    description: Description,
    { by, correlationId }: DescribeDeed,
  ): Promise<Result<Upload, UploadUnknown | UploadInOtherState | ChangedMeanwhile>> => {
    const upload = await findOwnUpload(ports, id, by);
    if (!upload || !(await mayDescribe(ports, by, description))) return failed(new UploadUnknown());
    if (upload.outcome && upload.outcome.kind !== 'checked') return failed(new UploadInOtherState());
    const described = { ...upload, ...description, correlationId };
    if (!upload.outcome) return commit(ports, by, { before: upload, after: described, writes: [] });
    const filed = await fileUpload(ports, described);
    if (!filed) return failed(new UploadInOtherState());
    const outcome = { kind: 'filed', at: ports.clock.now(), document: filed.document } as const;
    return commit(ports, by, { before: upload, after: { ...described, outcome }, writes: filed.writes });
  };

const commit = async (
  ports: DescribePorts,
  by: Actor,
  {
    before,
    after,
    writes,
  }: { readonly before: Upload; readonly after: Upload; readonly writes: readonly Write[] },
): Promise<Result<Upload, ChangedMeanwhile>> =>
  commitRecord(ports.facts, { before, after }, [
    ...(await uploadWrites(ports, { deed: 'describe upload', by, before, after })),
    ...writes,
  ]);

/** Documents of which an upload may be a new version: they have the same content, or a file of the same name. */
export const findAlike =
  ({ documents }: Pick<DocumentPorts, 'documents'>) =>
  async (upload: Upload, by: Actor): Promise<readonly { document: ArchiveDocument; isSame: boolean }[]> => {
    if (upload.inspection?.outcome !== 'readable') return [];
    const { sha256 } = upload.inspection;
    const alike = await documents.withFile({ sha256, name: upload.name });
    return alike
      .filter((document) => mayKeep(by, document) && !document.withdrawn)
      .map((document) => ({ document, isSame: document.files.some((file) => file.sha256 === sha256) }));
  };
