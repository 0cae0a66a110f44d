import { describeChange } from '../audit/describe-change.ts';
import { keepDuties } from '../chasing/keep-duties.ts';
import { londonDate } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { Author } from '../staff/doer.ts';
import { auditActorOf } from '../staff/doer.ts';
import type { DocumentPorts } from './document-deed.ts';
import type { Uploads } from './ports.ts';
import { lastDayToDescribe, type Upload, uploadSchema } from './upload.ts';

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

type UploadWritePorts = Pick<DocumentPorts, 'audit' | 'clock' | 'ids' | 'duties'> & {
  readonly uploads: Uploads;
};

/** What was checked and is no document yet is owed a description, by whoever uploaded it. */
const describingWrites = async (
  { duties, clock }: UploadWritePorts,
  { before, after }: UploadChanged,
): Promise<readonly Write[]> => {
  const { id, owner, outcome } = after;
  const wasOwed = before?.outcome?.kind === 'checked';
  if (!wasOwed && outcome?.kind !== 'checked') return [];
  const there = wasOwed ? await duties.of(id) : [];
  const wanted =
    outcome?.kind === 'checked'
      ? [{ kind: 'upload', subject: id, due: lastDayToDescribe(outcome.at), owners: [owner] } as const]
      : [];
  return keepDuties(duties, there, wanted, londonDate(clock.now()));
};

/** The changes with which an upload is stored: itself, its clock, and its entry in the trail. */
export const uploadWrites = async (
  ports: UploadWritePorts,
  changed: UploadChanged,
): Promise<readonly Write[]> => {
  const { uploads, audit, clock, ids } = ports;
  const { deed, by, before, after } = changed;
  return [
    before ? uploads.toChange(after) : uploads.toAdd(after),
    ...(await describingWrites(ports, changed)),
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
};
