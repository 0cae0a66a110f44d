import type { Areas } from '../areas/ports.ts';
import type { KeyOfRecipient, MailTokens, Outbox, Suppressions } from '../mailings/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { Facts } from '../shared/facts.ts';
import type { Ids } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import type { StaffAccounts, Units } from '../staff/ports.ts';
import type { Departures, DescribeSubject, Digests, Duties, FindOwedBy } from './ports.ts';

export interface ChasePorts {
  readonly duties: Duties;
  readonly digests: Digests;
  readonly departures: Departures;
  readonly staff: Pick<StaffAccounts, 'find' | 'list'>;
  readonly units: Pick<Units, 'list'>;
  readonly areas: Pick<Areas, 'directory'>;
  readonly suppressions: Pick<Suppressions, 'find'>;
  readonly keyOfRecipient: KeyOfRecipient;
  readonly describeSubject: DescribeSubject;
  readonly findOwedBy: FindOwedBy;
  readonly mailTokens: Pick<MailTokens, 'sign'>;
  readonly outbox: Outbox;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Where things go that nobody can be told of: no lead can be reached, and there is no coordinator. */
  readonly fallbackMailbox: string;
}
