import { describeChange } from '../audit/describe-change.ts';
import type { Write } from '../shared/facts.ts';
import type { Author } from '../staff/doer.ts';
import { auditActorOf } from '../staff/doer.ts';
import type { DocumentPorts } from './document-deed.ts';
import type { Uploads } from './ports.ts';
import { type Upload, uploadSchema } from './upload.ts';

/** There is no such upload, or it is somebody else's. */
export class UploadUnknown {
  readonly name = 'UploadUnknown';
}

/** It has come to its end, one way or the other. */
export class UploadInOtherState {
  readonly name = 'UploadInOtherState';
}

export interface UploadChanged {
  readonly deed: string;
  /** Null: the program itself. */
  readonly by: Author | null;
  readonly before: Upload | null;
  readonly after: Upload;
}

/** The changes with which an upload is stored: itself, and its entry in the trail. */
export const uploadWrites = (
  {
    uploads,
    audit,
    clock,
    ids,
  }: Pick<DocumentPorts, 'audit' | 'clock' | 'ids'> & { readonly uploads: Uploads },
  { deed, by, before, after }: UploadChanged,
): readonly Write[] => [
  before ? uploads.toChange(after) : uploads.toAdd(after),
  audit.toRecord({
    id: ids.next(),
    at: clock.now(),
    actor: by ? auditActorOf(by) : { kind: 'program' },
    deed,
    record: { kind: 'upload', id: after.id },
    ...describeChange(uploadSchema, before, after),
    change: {},
    correlationId: after.correlationId,
  }),
];
