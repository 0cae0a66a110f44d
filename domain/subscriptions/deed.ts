import type { AreaCode } from '../areas/area.ts';
import type { AreaDirectory } from '../areas/area-directory.ts';
import type { Areas } from '../areas/ports.ts';
import type { AuditEntry, AuditTrail } from '../audit/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import type { KeyOfRecipient, MailTokens, Outbox, Suppressions } from '../mailings/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { Facts, Write } from '../shared/facts.ts';
import type { CorrelationId, IdempotencyKey, Ids } from '../shared/ids.ts';
import type { Receipts } from '../shared/once.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import { AreasUnknown, TooManyAreas, TopicMissing } from './failures.ts';
import type { SignUps, Subscriptions } from './ports.ts';
import { MAX_AREAS, type Subscription, subscriptionSchema, type Wish } from './subscription.ts';

export interface SubscriptionPorts {
  readonly areas: Areas;
  readonly subscriptions: Subscriptions;
  readonly signUps: SignUps;
  readonly suppressions: Suppressions;
  readonly mailTokens: MailTokens;
  readonly outbox: Outbox;
  readonly audit: AuditTrail;
  readonly receipts: Receipts;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hash: (secret: string) => string;
  readonly keyOfRecipient: KeyOfRecipient;
}

/** What comes with a deed of somebody who has no account. */
export interface PublicDeed {
  readonly correlationId: CorrelationId;
}

/** A deed that a browser may repeat. */
export interface KeyedDeed extends PublicDeed {
  readonly key: IdempotencyKey;
}

/** How often a deed is tried again when somebody else was faster. */
export const ATTEMPTS = 5;

export type WishFailure = TopicMissing | AreasUnknown | TooManyAreas;

/** A wish that can be kept: each topic and area once. Areas that somebody has already may be ones of yesterday. */
export const checkWish = (
  directory: AreaDirectory,
  { topics, areas, frequency }: Wish,
  known: readonly AreaCode[] = [],
): Result<Wish, WishFailure> => {
  const wish = { topics: [...new Set(topics)], areas: [...new Set(areas)], frequency };
  const isThere = (code: AreaCode) => known.includes(code) || directory.find(code)?.superseded === null;
  if (wish.topics.length === 0) return failed(new TopicMissing());
  if (!wish.areas.every(isThere)) return failed(new AreasUnknown());
  if (wish.areas.length > MAX_AREAS) return failed(new TooManyAreas());
  return ok(wish);
};

type Entry = Pick<AuditEntry, 'deed' | 'record'> & Partial<Pick<AuditEntry, 'before' | 'after' | 'change'>>;

/** The entry of something that somebody of the public did. */
export const recordDeed = (
  { audit, ids, clock }: Pick<SubscriptionPorts, 'audit' | 'ids' | 'clock'>,
  { correlationId }: PublicDeed,
  entry: Entry,
): Write =>
  audit.toRecord({
    before: null,
    after: null,
    change: {},
    ...entry,
    id: ids.next(),
    at: clock.now(),
    actor: { kind: 'public' },
    correlationId,
  });

/** What a deed did to a subscription, for the audit trail. */
export const describeSubscription = (
  before: Subscription | null,
  after: Subscription | null,
): Pick<AuditEntry, 'record' | 'before' | 'after'> => ({
  record: { kind: 'subscription', id: (after ?? before)?.key ?? '' },
  ...describeChange(subscriptionSchema, before, after),
});
