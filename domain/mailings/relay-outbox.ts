import type { DocumentChange, DocumentQueue } from '../documents/ports.ts';
import { relayChanges } from '../documents/relay-changes.ts';
import type { Log } from '../shared/log.ts';
import type { MailingQueue, MailingStep } from './mailing-ports.ts';
import type { MailAnnounced, MailQueue } from './ports.ts';
import { relayMails } from './relay-mails.ts';
import { relaySteps } from './relay-steps.ts';

/** What follows from facts, as the stream of the table brings it. */
export type Posted =
  | ({ readonly kind: 'mail' } & MailAnnounced)
  | ({ readonly kind: 'mailing-step' } & Pick<MailingStep, 'id' | 'mailing' | 'work' | 'correlationId'>)
  | ({ readonly kind: 'document-change' } & Omit<DocumentChange, 'postedAt'>);

type Relay<Kind extends Posted['kind']> = (
  posted: readonly Extract<Posted, { kind: Kind }>[],
) => Promise<{ failed: readonly number[] }>;

/** Announces new mails, steps of mailings and changes of documents to their workers, and names those (by position) that it could not. */
export const relayOutbox = (ports: {
  readonly mailQueue: MailQueue;
  readonly mailingQueue: MailingQueue;
  readonly documentQueue: DocumentQueue;
  readonly log: Log;
}) => {
  const { mailQueue, mailingQueue, documentQueue, log } = ports;
  const mails: Relay<'mail'> = relayMails({ queue: mailQueue, log });
  const steps: Relay<'mailing-step'> = relaySteps({ queue: mailingQueue, log });
  const changes: Relay<'document-change'> = relayChanges({ queue: documentQueue, log });
  return async (posted: readonly Posted[]): Promise<{ failed: readonly number[] }> => {
    const failures = await Promise.all([
      relayKind(posted, 'mail', mails),
      relayKind(posted, 'mailing-step', steps),
      relayKind(posted, 'document-change', changes),
    ]);
    return { failed: failures.flat().sort((a, b) => a - b) };
  };
};

/** The positions, among all, of those of one kind that failed. */
const relayKind = async <Kind extends Posted['kind']>(
  posted: readonly Posted[],
  kind: Kind,
  relay: Relay<Kind>,
): Promise<readonly number[]> => {
  const positions = posted.flatMap((one, index) => (one.kind === kind ? [index] : []));
  if (positions.length === 0) return [];
  const those = positions.map((index) => posted[index] as Extract<Posted, { kind: Kind }>);
  const { failed } = await relay(those);
  return failed.flatMap((index) => positions[index] ?? []);
};
