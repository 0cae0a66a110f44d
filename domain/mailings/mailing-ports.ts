import type { Instant } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { CorrelationId, Id } from '../shared/ids.ts';
import type { Page, Paged } from '../shared/paged.ts';
import type { AudienceCursor } from './audience.ts';
import type { Delivery, DeliveryCounts, DeliveryId, DeliveryState } from './delivery.ts';
import type { Mailing } from './mailing.ts';
import type { MessageKind } from './message.ts';
import type { Recipient, RecipientKey } from './recipient.ts';

/** Mailings of staff. */
export interface Mailings {
  find(id: Id): Promise<Mailing | null>;
  /** The newest first. */
  list(page: Page): Promise<Paged<Mailing>>;
  /** Those with which the program itself has something to do: scheduled, freezing, sending. */
  underWay(): Promise<readonly Mailing[]>;
  /** Those with which people have something to do: to approve, paused. */
  waiting(): Promise<readonly Mailing[]>;
  /** Refused as `already-there`. */
  toAdd(mailing: Mailing): Write;
  /** Refused as `changed-meanwhile`. */
  toChange(mailing: Mailing): Write;
}

/** How many parts a mailing is sent in side by side. */
export const SHARDS_OF_MAILING = 8;

/** A piece of the work on a mailing that fits into one invocation. */
export type MailingWork =
  | { readonly kind: 'freeze' }
  /** Sends to one of `SHARDS_OF_MAILING` parts of the recipients. */
  | { readonly kind: 'send'; readonly shard: number };

export interface MailingStep {
  readonly id: Id;
  readonly mailing: Id;
  readonly work: MailingWork;
  readonly correlationId: CorrelationId;
  readonly postedAt: Instant;
}

/** Steps that follow from facts: stored with them, and carried on from there to the workers. */
export interface MailingSteps {
  toPost(step: MailingStep): Write;
}

/** Announces steps to the workers; a step may be announced more than once. */
export interface MailingQueue {
  announce(
    steps: readonly Pick<MailingStep, 'id' | 'mailing' | 'work' | 'correlationId'>[],
  ): Promise<{ failed: readonly Id[] }>;
}

/** How far an audience is frozen: survives the worker that freezes it. */
export interface FreezingProgress {
  /** Where to go on: null at the start. */
  find(mailing: Id): Promise<AudienceCursor | null>;
  save(mailing: Id, cursor: AudienceCursor | null): Promise<void>;
}

/** Keeps two workers from the same part of a mailing. Work that is done twice does no harm, but it is no use. */
export interface Leases {
  /** False while somebody else has it; a lease that its holder did not give back ends by itself. */
  take(
    mailing: Id,
    part: string,
    lease: { readonly holder: Id; readonly at: Instant; readonly until: Instant },
  ): Promise<boolean>;
  giveBack(mailing: Id, part: string, holder: Id): Promise<void>;
}

/**
 * What a claim came to. `taken`: it is yours to send, now or never. `suppressed` and `held`: it will not be sent, and
 * that is noted. `elsewhere`: somebody else has it or has dealt with it.
 */
export type Claim = 'taken' | 'suppressed' | 'held' | 'elsewhere';

export interface ClaimTerms {
  readonly at: Instant;
  /** The week that the cap counts, as the day of its Monday. */
  readonly week: string;
  /** How many mails that are not essential one person gets in a week. */
  readonly weeklyCap: number;
  /** A claim from before this moment belongs to a worker that died before it handed anything over. */
  readonly staleBefore: Instant;
}

/** The ledger of who gets a mailing and what became of it. One row for each recipient of each mailing, ever. */
export interface Ledger {
  /** Enters those who are not entered yet as `waiting`; leaves every other row as it is. */
  enter(mailing: Id, recipients: readonly Recipient[], at: Instant): Promise<void>;
  /** How many rows a mailing has. Reads all of them. */
  count(mailing: Id): Promise<number>;
  find(id: DeliveryId): Promise<Delivery | null>;
  /** Rows of one part in which something has still to be done, in a steady order. */
  open(mailing: Id, shard: number, page: Page): Promise<Paged<Delivery>>;
  /**
   * Claims a row, unless the address is suppressed (the row becomes `suppressed`), the person has had enough this
   * week or wants everything weekly (`held`, entered for the digest): all in one transaction, so that none is claimed
   * after it was unsubscribed.
   */
  claim(delivery: Delivery, terms: ClaimTerms): Promise<Claim>;
  /**
   * Notes that the mail service is about to be called, for the so-manieth time since the claim (from 1); false when
   * the claim is not this worker's any more. The number keeps a call that comes late from undoing what came after it.
   */
  hand(id: DeliveryId, attempt: number, at: Instant): Promise<boolean>;
  /** The service has certainly not taken it at this attempt: it is claimed still, and may be handed over again. */
  takeBack(id: DeliveryId, attempt: number, at: Instant): Promise<void>;
  /** Closes a row that was handed over; does nothing when it is closed already. */
  settle(
    id: DeliveryId,
    to: 'accepted' | 'refused' | 'in-doubt',
    at: Instant,
    serviceId: string | null,
  ): Promise<void>;
  counts(mailing: Id): Promise<DeliveryCounts>;
  /** Rows that people should look at: bounced, complained, refused, in doubt; by state. */
  troubled(mailing: Id, state: DeliveryState, page: Page): Promise<Paged<Delivery>>;
}

/** Where a mail to one mailbox stands, be it of the outbox or of a mailing. */
export interface DeliveryFound {
  readonly state: DeliveryState;
  /** Null for a mail of the outbox. */
  readonly mailing: Id | null;
}

/** What is known of single deliveries, and changed by what the mail service tells. */
export interface DeliveryRows {
  find(id: DeliveryId): Promise<DeliveryFound | null>;
  /** Moves one from the state in which it was found, and counts it there; refused as `changed-meanwhile`. */
  toMove(id: DeliveryId, found: DeliveryFound, to: DeliveryState, at: Instant): Write;
}

/** Somebody's mailing that waits for the weekly digest. */
export interface HeldMailing {
  readonly recipient: RecipientKey;
  readonly email: string;
  readonly language: string;
  readonly mailing: Id;
  readonly area: Recipient['area'];
}

/** What was held over for people, person by person. */
export interface HeldMailings {
  waiting(): AsyncIterable<HeldMailing>;
  /** Refused as `not-there` when somebody else has told it. */
  toRemove(held: HeldMailing): Write;
}

/** How fast mail may leave the account, shared by all who send. */
export interface Pace {
  /**
   * Reserves so many places in the flow and answers when each may be taken, in milliseconds of the clock since 1970,
   * in order. Never more than the account's rate, whoever else reserves.
   */
  reserve(places: number): Promise<readonly number[]>;
  /** How many mails a second the account may send. */
  perSecond(): Promise<number>;
  /** The service says that it is too much: nobody gets a place before so many milliseconds have passed. */
  backOff(ms: number): Promise<void>;
  /** How many more mails may be sent within 24 hours, leaving a twentieth of the quota to what is essential. */
  left(): Promise<number>;
}

/** States of a mail of the outbox that somebody should know of: it did not arrive, or nobody knows whether it did. */
export const troubledStates = [
  'in-doubt',
  'bounced',
  'complained',
  'suppressed',
  'refused',
] as const satisfies readonly DeliveryState[];
export type TroubledState = (typeof troubledStates)[number];

/** An essential mail that did not arrive, as far as anybody knows. */
export interface MailTrouble {
  readonly id: Id;
  readonly kind: MessageKind;
  readonly to: string;
  readonly state: TroubledState;
  /** When it came into this state. */
  readonly since: Instant;
}

/** Essential mails of the outbox that are in trouble. */
export interface MailTroubles {
  /** The newest trouble first. */
  list(page: Page): Promise<Paged<MailTrouble>>;
}
