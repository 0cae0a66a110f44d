import type { LocalDate } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';
import { failed, type Result } from '../shared/result.ts';
import type { ArchiveDocument, DocumentDetails } from './document.ts';
import {
  commitDocument,
  type DocumentDeed,
  type DocumentFailure,
  DocumentInOtherState,
  type DocumentPorts,
  findToKeep,
} from './document-deed.ts';

type Kept = Promise<Result<ArchiveDocument, DocumentFailure>>;

const saysTheSame = (one: ArchiveDocument, other: ArchiveDocument): boolean =>
  Object.entries(other).every(
    ([field, value]) => JSON.stringify(one[field as keyof ArchiveDocument]) === JSON.stringify(value),
  );

/** What changes nothing is no deed: nothing is recorded, and nobody else has to look at it again. */
const unlessSame =
  (change: (document: ArchiveDocument) => ArchiveDocument | null) =>
  (document: ArchiveDocument): ArchiveDocument | null => {
    const after = change(document);
    return after && saysTheSame(document, after) ? document : after;
  };

/** Changes one thing about a document that holds; what `change` answers null to cannot be done now. */
const keep =
  (ports: DocumentPorts, deedName: string, change: (document: ArchiveDocument) => ArchiveDocument | null) =>
  async (id: Id, deed: DocumentDeed): Kept => {
    const found = await findToKeep(ports, id, deed);
    if (!found.ok) return found;
    const after = change(found.value);
    if (after === null) return failed(new DocumentInOtherState());
    if (after === found.value) return found;
    const { by, correlationId } = deed;
    return commitDocument(ports, { deed: deedName, by, correlationId, before: found.value, after });
  };

const unlessWithdrawn =
  (change: (document: ArchiveDocument) => ArchiveDocument) =>
  (document: ArchiveDocument): ArchiveDocument | null =>
    document.withdrawn ? null : change(document);

/**
 * Changes what is said of a document, and who looks after it. Of a withdrawn one, too: its stub may have to say less, and
 * who may see it is decided before it comes back.
 */
export const editDocument =
  (ports: DocumentPorts) =>
  (id: Id, details: DocumentDetails & Pick<ArchiveDocument, 'owner'>, deed: DocumentDeed): Kept =>
    keep(
      ports,
      'edit document',
      unlessSame((document) => ({ ...document, ...details })),
    )(id, deed);

/** Somebody has looked at it, and it holds: the next look is due on another day, or never. */
export const reviewDocument =
  (ports: DocumentPorts) =>
  (id: Id, reviewOn: LocalDate | null, deed: DocumentDeed): Kept =>
    keep(
      ports,
      'review document',
      unlessWithdrawn((document) => ({ ...document, reviewOn })),
    )(id, deed);

/** Leaves a stub with the reason: nobody opens its files any more but those who look after it. */
export const withdrawDocument =
  (ports: DocumentPorts) =>
  (id: Id, reason: string, deed: DocumentDeed): Kept =>
    keep(
      ports,
      'withdraw document',
      unlessWithdrawn((document) => ({
        ...document,
        withdrawn: { reason, at: ports.clock.now(), by: deed.by.email },
      })),
    )(id, deed);

/** Says in other words why it was withdrawn. */
export const explainWithdrawal =
  (ports: DocumentPorts) =>
  (id: Id, reason: string, deed: DocumentDeed): Kept =>
    keep(
      ports,
      'explain withdrawal',
      unlessSame((document) =>
        document.withdrawn ? { ...document, withdrawn: { ...document.withdrawn, reason } } : null,
      ),
    )(id, deed);

/** Takes a withdrawal back. */
export const restoreDocument =
  (ports: DocumentPorts) =>
  (id: Id, deed: DocumentDeed): Kept =>
    keep(ports, 'restore document', (document) =>
      document.withdrawn ? { ...document, withdrawn: null } : null,
    )(id, deed);
