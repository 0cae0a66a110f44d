import type { AreaCode } from '../areas/area.ts';
import type { RecipientKey } from '../mailings/recipient.ts';
import type { Instant } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { Id } from '../shared/ids.ts';
import type { Page, Paged } from '../shared/paged.ts';
import type { Priority } from './priority.ts';
import type { Reference } from './reference.ts';
import type { Submission } from './submission.ts';

/** The priorities that local teams have adopted. */
export interface Priorities {
  find(id: Id): Promise<Priority | null>;
  /** All priorities of an area, the latest adopted first. */
  ofArea(area: AreaCode): Promise<readonly Priority[]>;
  /** Stores a new priority; refused as `already-there`. */
  toAdd(priority: Priority): Write;
  /** Stores a changed priority under the next version; refused as `changed-meanwhile`. */
  toChange(priority: Priority): Write;
  /** Makes sure, together with other changes, that a priority is there and still takes support; refused as `not-there`. */
  toRequireOpen(id: Id): Write;
}

/** What people have said. */
export interface Submissions {
  find(id: Id): Promise<Submission | null>;
  findByReference(reference: Reference): Promise<Submission | null>;
  /** Those of some boroughs that still await an answer, the nearest deadline first. */
  inbox(boroughs: readonly AreaCode[], page: Page): Promise<Paged<Submission>>;
  /** Those that came to a priority or support it, the latest first. */
  behind(priority: Id, page: Page): Promise<Paged<Submission>>;
  /** Those of a borough to which an answer was written at this moment or later, in the order of answers. */
  answeredSince(borough: AreaCode, since: Instant): AsyncIterable<Submission>;
  /** Stores a new submission under a reference of its own; refused as `reference-taken`. */
  toAdd(submission: Submission): Write;
  /** Stores a changed submission under the next version; refused as `changed-meanwhile`. */
  toChange(submission: Submission): Write;
}

/** How many people are behind each priority. */
export interface Supporters {
  /** Adds one person (or takes one off, with -1) without making others wait for the same counter. */
  toCount(area: AreaCode, priority: Id, people: 1 | -1): Write;
  /** The number of people behind each priority of an area that has any. */
  countsOf(area: AreaCode): Promise<ReadonlyMap<Id, number>>;
}

/** What the local team of an area has not been told of yet. */
export interface Notice {
  readonly submission: Id;
  readonly reference: Reference;
  readonly area: AreaCode;
  readonly answerBy: Instant;
  readonly supports: boolean;
}

/** Notices that wait for the next morning's digest. */
export interface Notices {
  toAdd(notice: Notice): Write;
  /** Removes a notice that was told; refused as `not-there` when somebody else has told it. */
  toRemove(notice: Notice): Write;
  /** Every notice that waits, area by area, oldest first. */
  waiting(): AsyncIterable<Notice>;
}

/** Somebody who left an address with something that they said about an area. */
export interface Contact {
  readonly key: RecipientKey;
  readonly email: string;
  readonly area: AreaCode;
  /** A tag of BCP 47. */
  readonly language: string;
  readonly leftAt: Instant;
}

/** Hours for which a contact is kept after it was last left: two years. */
export const CONTACT_HOURS = 2 * 365 * 24;

/** Who may be told later what came of what was said in an area. */
export interface Contacts {
  /** Keeps a contact for two years from now on; one of the same person in the same area takes the place of the earlier. */
  toKeep(contact: Contact): Write;
}
