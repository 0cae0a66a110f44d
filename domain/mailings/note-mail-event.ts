import type { Departures } from '../chasing/ports.ts';
import type { Facts, Write } from '../shared/facts.ts';
import type { CorrelationId, Id } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import { type DeliveryState, nextState } from './delivery.ts';
import type { MailEvent } from './mail-event.ts';
import type { DeliveryRows } from './mailing-ports.ts';
import { goesToStaff } from './message.ts';
import { type PauseTroubledPorts, pauseTroubled } from './pause-troubled.ts';
import type { KeyOfRecipient, Suppressions } from './ports.ts';

export interface NoteMailEventPorts extends PauseTroubledPorts {
  readonly rows: DeliveryRows;
  readonly suppressions: Suppressions;
  readonly departures: Pick<Departures, 'toNote'>;
  readonly keyOfRecipient: KeyOfRecipient;
  readonly facts: Facts;
  readonly log: Log;
}

/** So many bounces in a row that were not for ever are taken for one that is. */
const SOFT_BOUNCES = 5;

/** Events of one mail may be worked on at the same moment; each try reads anew what the other has made of it. */
const ATTEMPTS = 10;

/** The row changed while it was looked at, again and again: the event comes once more. */
export class DeliveryBusy extends Error {
  override readonly name = 'DeliveryBusy';
}

/** Nothing more goes there. When it was written to as to somebody who works here, what they owe has to find others. */
const close = async (
  { suppressions, keyOfRecipient, outbox, departures }: NoteMailEventPorts,
  { delivery, email, at }: MailEvent,
  reason: 'bounced' | 'complained',
): Promise<readonly Write[]> => {
  const mail = await outbox.find(delivery);
  return [
    suppressions.toSuppress(keyOfRecipient(email), reason, at),
    ...(mail && goesToStaff.has(mail.message.kind) ? [departures.toNote({ email: mail.to, at })] : []),
  ];
};

/** What an event says of the address. */
const suppress = async (ports: NoteMailEventPorts, event: MailEvent): Promise<readonly Write[]> => {
  const { suppressions, keyOfRecipient } = ports;
  const { kind, email } = event;
  const recipient = keyOfRecipient(email);
  if (kind === 'bounced-hard') return close(ports, event, 'bounced');
  if (kind === 'complained') return close(ports, event, 'complained');
  if (kind !== 'bounced-soft' && kind !== 'delivered') return [];
  const known = await suppressions.find(recipient);
  const before = known?.softBounces ?? 0;
  if (kind === 'delivered') return before === 0 ? [] : [suppressions.toCountSoftBounces(recipient, 0)];
  return before + 1 < SOFT_BOUNCES
    ? [suppressions.toCountSoftBounces(recipient, before + 1)]
    : close(ports, event, 'bounced');
};

/** What came of one look at the row: where it is now and whether that is news, or that it changed meanwhile. */
type Noted =
  | { readonly mailing: Id | null; readonly state: DeliveryState; readonly isNew: boolean }
  | 'unknown'
  | 'changed-meanwhile';

const note = async (ports: NoteMailEventPorts, event: MailEvent): Promise<Noted> => {
  const { rows, facts } = ports;
  const found = await rows.find(event.delivery);
  if (!found) return 'unknown';
  const { mailing } = found;
  const state = nextState(found.state, event.kind);
  if (state === null) {
    // Nothing new of this mail; but of an address from which it had come back for the moment only, this is the end.
    if (event.kind === 'bounced-hard') await facts.commit(await suppress(ports, event));
    return { mailing, state: found.state, isNew: false };
  }
  const move = rows.toMove(event.delivery, found, state, event.at);
  const { refused } = await facts.commit([move, ...(await suppress(ports, event))]);
  return refused === null ? { mailing, state, isNew: true } : 'changed-meanwhile';
};

/**
 * Notes what the mail service tells of a mail: closes its row in the ledger, counts it, and suppresses the address
 * where nothing more must go there, all at once and once however often it is told. A mailing of which too much bounces
 * or is complained about stops, also when an event comes again because nobody could see to that the first time.
 */
export const noteMailEvent =
  (ports: NoteMailEventPorts) =>
  async (event: MailEvent, correlationId: CorrelationId): Promise<void> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const noted = await note(ports, event);
      if (noted !== 'changed-meanwhile') return follow(ports, event, noted, correlationId);
    }
    throw new DeliveryBusy();
  };

const follow = async (
  ports: NoteMailEventPorts,
  { delivery, kind }: MailEvent,
  noted: Exclude<Noted, 'changed-meanwhile'>,
  correlationId: CorrelationId,
): Promise<void> => {
  const { log } = ports;
  if (noted === 'unknown')
    return log('WARN', 'mail event of no mail of ours', { event: kind, correlationId });
  const { mailing, state, isNew } = noted;
  if (isNew) log('INFO', 'mail event', { mail: mailing ?? delivery, event: kind, state, correlationId });
  if (mailing !== null && (state === 'bounced' || state === 'complained'))
    await pauseTroubled(ports)(mailing, correlationId);
};
