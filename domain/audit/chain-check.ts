import type { Instant } from '../shared/clock.ts';
import { instantOf } from './audit.ts';
import { minutesBetween, type Report } from './faults.ts';
import { beginningOf, type ChainHead, type DayBegun, type Digest, hashOf, type Seal } from './seals.ts';

/** The store takes entries in about the order of their times: clocks differ, and commits are tried for seconds. */
const MINUTES_OUT_OF_ORDER = 15;

type Link = Pick<Seal, 'number' | 'entry' | 'previous' | 'hash'>;

/**
 * Follows the chain of a day by its numbers, while seals come in the order of their entries. Those that come early
 * wait: as many as entries were in another order when they were written, which is few.
 */
export class ChainCheck {
  readonly #digest: Digest;
  readonly #head: ChainHead | null;
  readonly #seen: readonly ChainHead[];
  readonly #report: Report;
  readonly #waiting = new Map<number, Link>();
  #next = 1;
  #hash: string;
  #latest: Instant = '';

  /**
   * `head` is where the chain ended before the seals were read: what is added meanwhile is checked next time. `seen` is
   * where it ended when later days began.
   */
  constructor(
    digest: Digest,
    begun: DayBegun,
    { head, seen }: { readonly head: ChainHead | null; readonly seen: readonly ChainHead[] },
    report: Report,
  ) {
    this.#digest = digest;
    this.#head = head;
    this.#seen = seen;
    this.#report = report;
    this.#hash = beginningOf(digest, begun);
  }

  take(seal: Seal): void {
    if (hashOf(this.#digest, seal) !== seal.hash) this.#report('seal-broken', seal.entry, seal.number);
    if (seal.number < this.#next || this.#waiting.has(seal.number)) {
      this.#report('seal-broken', seal.entry, seal.number);
      return;
    }
    const { number, entry, previous, hash } = seal;
    this.#waiting.set(number, { number, entry, previous, hash });
    this.#follow();
  }

  finish(headNow: ChainHead | null): void {
    const count = this.#head?.count ?? 0;
    while (this.#next <= count) this.#bridgeGap(count);
    const beyond = [...this.#waiting.keys()].filter((number) => number > (headNow?.count ?? 0));
    const wasLonger = this.#head !== null && this.#seen.some((end) => end.count > count);
    if (beyond.length > 0 || wasLonger || (this.#head !== null && headNow === null))
      this.#report('head-broken', null);
  }

  #follow(): void {
    for (let link = this.#waiting.get(this.#next); link; link = this.#waiting.get(this.#next)) {
      if (link.number > (this.#head?.count ?? 0)) return;
      this.#waiting.delete(link.number);
      this.#checkLink(link);
    }
  }

  #checkLink(link: Link): void {
    if (link.previous !== this.#hash) this.#report('seal-broken', link.entry, link.number);
    this.#checkTime(link);
    this.#hash = link.hash;
    this.#next = link.number + 1;
    const ends = this.#head ? [this.#head, ...this.#seen] : this.#seen;
    if (ends.some(({ count, hash }) => count === link.number && hash !== link.hash))
      this.#report('head-broken', null, link.number);
  }

  #checkTime({ entry, number }: Link): void {
    const at = instantOf(entry);
    const isLate =
      at !== null && this.#latest !== '' && minutesBetween(at, this.#latest) > MINUTES_OUT_OF_ORDER;
    if (at === null || isLate) this.#report('out-of-order', entry, number);
    if (at !== null && at > this.#latest) this.#latest = at;
  }

  /** Goes on behind seals that are not there; what follows them cannot prove that it followed them. */
  #bridgeGap(count: number): void {
    const found = [...this.#waiting.keys()].filter((number) => number <= count);
    this.#report('seals-missing', null, this.#next);
    if (found.length === 0) {
      this.#next = count + 1;
      return;
    }
    this.#next = Math.min(...found);
    this.#hash = this.#waiting.get(this.#next)?.previous ?? '';
    this.#follow();
  }
}
