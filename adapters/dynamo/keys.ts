import { createHash } from 'node:crypto';
import type { AreaCode } from '#domain/areas/area.ts';
import type { Reference } from '#domain/priorities/reference.ts';
import type { Submission } from '#domain/priorities/submission.ts';
import type { Instant, LocalDate } from '#domain/shared/clock.ts';
import type { Id, IdempotencyKey } from '#domain/shared/ids.ts';

/** Where an item lies in the table. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Where an item lies in the first index: `gsi1`. */
export interface FirstIndexKey {
  readonly gsi1pk: string;
  readonly gsi1sk: string;
}

/** Where an item lies in the second index: `gsi2`. */
export interface SecondIndexKey {
  readonly gsi2pk: string;
  readonly gsi2sk: string;
}

/**
 * Over how many items a thing is spread that many people write at once. Two transactions that touch the
 * same item at the same moment make one of them wait, whether they write it or only check it.
 */
export const SHARDS = 4;

/** A key that is a secret, personal, or whatever a browser sent, made short, even and unreadable. */
export const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

const shardOf = (area: AreaCode): number => {
  let sum = 0;
  for (const character of area) sum += character.charCodeAt(0);
  return sum % SHARDS;
};

/** Every key shape of the one table, each with the question that it answers. */
export const keys = {
  /** Which areas are there (one partition), and what is this one called? */
  areas: 'AREAS',
  area: (code: AreaCode): Key => ({ pk: keys.areas, sk: code }),
  /** Have the areas changed since they were read? */
  areasVersion: { pk: 'AREAS-VERSION', sk: 'AREAS-VERSION' } satisfies Key,

  /** What is this priority? */
  priority: (id: Id): Key => ({ pk: `PRIORITY#${id}`, sk: 'PRIORITY' }),
  /** Does this priority take support? There, on every shard, as long as it does. */
  priorityGate: (id: Id, shard: number): Key => ({ pk: `PRIORITY#${id}`, sk: `OPEN#${shard}` }),
  /** Which priorities has this area, by the day of adoption? */
  prioritiesOf: (area: AreaCode): string => `AREA#${area}#PRIORITIES`,
  priorityInArea: (area: AreaCode, adoptedOn: LocalDate, id: Id): FirstIndexKey => ({
    gsi1pk: keys.prioritiesOf(area),
    gsi1sk: `${adoptedOn}#${id}`,
  }),

  /** What did this person say? */
  submission: (id: Id): Key => ({ pk: `SUBMISSION#${id}`, sk: 'SUBMISSION' }),
  /** Whose is this reference? Also keeps it from being given twice. */
  reference: (reference: Reference): Key => ({ pk: `REFERENCE#${reference}`, sk: 'REFERENCE' }),
  /** What awaits an answer in this borough, by deadline? Only as long as it does: the index is sparse. */
  inboxOf: (borough: AreaCode): string => `INBOX#${borough}`,
  inInbox: ({ borough, answerBy, id }: Submission): FirstIndexKey => ({
    gsi1pk: keys.inboxOf(borough),
    gsi1sk: `${answerBy}#${id}`,
  }),
  /** Who is behind this priority, by the time of receipt? */
  behind: (priority: Id): string => `PRIORITY#${priority}#SUBMISSIONS`,
  isBehind: (priority: Id, { receivedAt, id }: Submission): SecondIndexKey => ({
    gsi2pk: keys.behind(priority),
    gsi2sk: `${receivedAt}#${id}`,
  }),

  /** How many people are behind the priorities of this area? The sum over all shards. */
  countsOf: (area: AreaCode, shard: number): string => `COUNTS#${area}#${shard}`,
  count: (area: AreaCode, shard: number, priority: Id): Key => ({
    pk: keys.countsOf(area, shard),
    sk: priority,
  }),

  /** What has not been told yet, area by area, oldest first? All notices of an area are on one shard. */
  notices: (shard: number): string => `NOTICES#${shard}`,
  notice: (area: AreaCode, answerBy: Instant, submission: Id): Key => ({
    pk: keys.notices(shardOf(area)),
    sk: `${area}#${answerBy}#${submission}`,
  }),

  /** What is in this mail, and was it sent? */
  mail: (id: Id): Key => ({ pk: `MAIL#${id}`, sk: 'MAIL' }),

  /** What was done on this day in London, in order? */
  auditOf: (day: LocalDate): string => `AUDIT#${day}`,
  audit: (day: LocalDate, at: Instant, id: Id): Key => ({ pk: keys.auditOf(day), sk: `${at}#${id}` }),

  /** What was answered to this deed? The key comes from a form, so that it may be anything. */
  receipt: (key: IdempotencyKey): Key => ({ pk: `RECEIPT#${hash(key)}`, sk: 'RECEIPT' }),

  /** Whose visit is this? Who reads the table learns no cookie from it. */
  session: (id: string): Key => ({ pk: `SESSION#${hash(id)}`, sk: 'SESSION' }),

  /** What has this session typed into this form? */
  draft: (owner: string, id: string): Key => ({
    pk: `DRAFT#${hash(JSON.stringify([owner, id]))}`,
    sk: 'DRAFT',
  }),

  /** Who has this address? Hashed, because keys may be logged and addresses may not. */
  staffAccount: (email: string): Key => ({ pk: `STAFF#${hash(email)}`, sk: 'STAFF' }),
} as const;
