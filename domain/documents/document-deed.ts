import type { AuditTrail } from '../audit/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import type { DutyKey } from '../chasing/duty.ts';
import { keepDuties } from '../chasing/keep-duties.ts';
import type { Duties } from '../chasing/ports.ts';
import { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import { type Clock, londonDate } from '../shared/clock.ts';
import { commitRecord } from '../shared/commit-record.ts';
import type { Facts, Write } from '../shared/facts.ts';
import type { CorrelationId, Id, Ids } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import type { Actor } from '../staff/actor.ts';
import { type Author, auditActorOf, isOperator } from '../staff/doer.ts';
import { type ArchiveDocument, documentSchema } from './document.ts';
import type { DocumentChanges, DocumentEvents, Documents } from './ports.ts';
import { mayKeep, mayRead } from './reach.ts';

export interface DocumentPorts {
  readonly documents: Documents;
  readonly documentEvents: DocumentEvents;
  readonly documentChanges: DocumentChanges;
  readonly duties: Duties;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** There is no such document, or it is not for this person to do this with it. */
export class DocumentUnknown {
  readonly name = 'DocumentUnknown';
}

/** In its state now, this cannot be done with it. */
export class DocumentInOtherState {
  readonly name = 'DocumentInOtherState';
}

export type DocumentFailure = DocumentUnknown | DocumentInOtherState | ChangedMeanwhile;

/** A deed of staff on a document: by whom, and on which version of its record. */
export interface DocumentDeed {
  readonly by: Actor;
  readonly version: number;
  readonly correlationId: CorrelationId;
}

/** A document that somebody may see, withdrawn or not; null for everybody else. */
export const findToRead = async (
  { documents }: { readonly documents: Pick<Documents, 'find'> },
  id: Id,
  by: Actor,
): Promise<ArchiveDocument | null> => {
  const document = await documents.find(id);
  return document && (mayRead(by, document) || mayKeep(by, document)) ? document : null;
};

/** The document that somebody wants to change, when they may and nobody was faster. */
export const findToKeep = async (
  { documents }: Pick<DocumentPorts, 'documents'>,
  id: Id,
  { by, version }: DocumentDeed,
): Promise<Result<ArchiveDocument, DocumentUnknown | ChangedMeanwhile>> => {
  const document = await documents.find(id);
  if (!document || !mayKeep(by, document)) return failed(new DocumentUnknown());
  return document.version === version ? ok(document) : failed(new ChangedMeanwhile());
};

export interface DocumentChanged {
  readonly deed: string;
  readonly by: Author;
  readonly correlationId: CorrelationId;
  readonly before: ArchiveDocument | null;
  readonly after: ArchiveDocument;
}

/** Its owner looks at it by the day that was said, as long as it holds. */
const reviewOf = ({ id, owner, reviewOn, withdrawn }: ArchiveDocument): (DutyKey & { owners: string[] })[] =>
  reviewOn === null || withdrawn ? [] : [{ kind: 'document', subject: id, due: reviewOn, owners: [owner] }];

/** The changes with which a document is stored: itself, its history, its clock, who follows it, its entry in the trail. */
export const documentWrites = async (
  ports: Omit<DocumentPorts, 'facts' | 'documents'> & {
    readonly documents: Pick<Documents, 'toAdd' | 'toChange'>;
  },
  { deed, by, correlationId, before, after }: DocumentChanged,
): Promise<readonly Write[]> => {
  const at = ports.clock.now();
  const changed = { ...after, changedAt: at };
  const told = describeChange(documentSchema, before, changed);
  const there = before === null ? [] : await ports.duties.of(after.id);
  const named = { document: after.id, correlationId };
  return [
    before ? ports.documents.toChange(before, changed) : ports.documents.toAdd(changed),
    ports.documentEvents.toAdd({
      id: ports.ids.next(),
      ...named,
      ...{ at, by: isOperator(by) ? 'operator' : by.email, deed },
      ...(before ? told : { before: null, after: null }),
    }),
    ports.documentChanges.toPost({ id: ports.ids.next(), ...named, postedAt: at }),
    ...keepDuties(ports.duties, there, reviewOf(changed), londonDate(at)),
    ports.audit.toRecord({
      id: ports.ids.next(),
      at,
      actor: auditActorOf(by),
      deed,
      record: { kind: 'document', id: after.id },
      ...told,
      change: {},
      correlationId,
    }),
  ];
};

/** Stores a changed document. */
export const commitDocument = async (
  ports: DocumentPorts,
  change: DocumentChanged,
): Promise<Result<ArchiveDocument, ChangedMeanwhile>> =>
  commitRecord(ports.facts, change, await documentWrites(ports, change));
