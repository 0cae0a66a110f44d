import type { AuditTrail } from '../audit/audit.ts';
import type { Clock } from '../shared/clock.ts';
import type { Facts } from '../shared/facts.ts';
import type { CorrelationId, Id, Ids } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import type { Actor } from '../staff/actor.ts';
import { DocumentInOtherState, DocumentUnknown, findToRead } from './document-deed.ts';
import type { Documents, Downloads } from './ports.ts';
import { mayKeep } from './reach.ts';

/** Seconds for which a link to a file holds: enough to follow it. */
const LINK_SECONDS = 60;

/**
 * Gives somebody a link to one version of a document, and notes in the trail that they got it (domain.md, Document).
 * Of a withdrawn one only those get it who look after it.
 */
export const downloadFile =
  (ports: {
    readonly documents: Documents;
    readonly downloads: Downloads;
    readonly audit: AuditTrail;
    readonly facts: Facts;
    readonly clock: Clock;
    readonly ids: Ids;
  }) =>
  async (
    id: Id,
    file: Id,
    { by, correlationId }: { readonly by: Actor; readonly correlationId: CorrelationId },
  ): Promise<Result<string, DocumentUnknown | DocumentInOtherState>> => {
    const document = await findToRead(ports, id, by);
    const wanted = document?.files.find((one) => one.id === file);
    if (!document || !wanted) return failed(new DocumentUnknown());
    if (document.withdrawn && !mayKeep(by, document)) return failed(new DocumentInOtherState());
    const link = await ports.downloads.link(wanted, LINK_SECONDS);
    await ports.facts.commit([
      ports.audit.toRecord({
        id: ports.ids.next(),
        at: ports.clock.now(),
        actor: { kind: 'staff', email: by.email },
        deed: 'download document',
        record: { kind: 'document', id },
        before: null,
        after: null,
        change: { file, version: document.files.indexOf(wanted) + 1 },
        correlationId,
      }),
    ]);
    return ok(link);
  };
