import { SesError } from './ses-error.ts';
import { isSimulated } from './simulator.ts';

export interface MailLimits {
  /** Recipients in a second. */
  perSecond: number;
  /** Recipients in 24 hours. */
  perDay: number;
}

export const defaultLimits: MailLimits = { perSecond: 100, perDay: 50_000 };

interface Sent {
  /** Milliseconds since 1970, by the laptop's clock. */
  at: number;
  recipients: number;
}

const DAY_MS = 24 * 3_600_000;

/**
 * How much mail SES takes. Recipients count, not mails. A second is one of the machine's own; a day is one of the
 * laptop's clock, which may leap. AWS lets somewhat more than the rate pass for a moment and does not say how much:
 * here nothing goes above what a second has room for.
 * https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html
 * https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html
 */
export class SendingLimits {
  readonly #limits: MailLimits;
  readonly #monotonic: () => number;
  /** In the order of their times. */
  #sent: Sent[];
  #sum: number;
  #room: number;
  #filledAt: number;

  constructor(
    limits: MailLimits,
    before: readonly { at: number; to: readonly string[] }[],
    monotonic: () => number = () => performance.now(),
  ) {
    this.#limits = limits;
    this.#monotonic = monotonic;
    this.#sent = before
      .map(({ at, to }) => ({ at, recipients: countable(to) }))
      .sort((one, other) => one.at - other.at);
    this.#sum = this.#sent.reduce((sum, { recipients }) => sum + recipients, 0);
    this.#room = limits.perSecond;
    this.#filledAt = monotonic();
  }

  /** Counts a mail to these addresses. Throws SES's `Throttling` when that is too much, and counts nothing. */
  take(to: readonly string[], at: Date): void {
    const recipients = countable(to);
    if (this.sentInDay(at) + recipients > this.#limits.perDay)
      throw throttled('Daily message quota exceeded.');
    this.#fill();
    // A mail to more people than a second has room for goes when there is all the room.
    if (this.#room < Math.min(to.length, this.#limits.perSecond)) {
      throw throttled('Maximum sending rate exceeded.');
    }
    this.#room -= to.length;
    this.#sent.push({ at: at.getTime(), recipients });
    this.#sum += recipients;
  }

  /** How many recipients there were in the 24 hours before. */
  sentInDay(now: Date): number {
    // The clock went back: what was sent later than now was not sent yet.
    while ((this.#sent.at(-1)?.at ?? 0) > now.getTime()) this.#sum -= this.#sent.pop()?.recipients ?? 0;
    const oldest = now.getTime() - DAY_MS;
    const first = this.#sent.findIndex(({ at }) => at > oldest);
    const past = this.#sent.splice(0, first < 0 ? this.#sent.length : first);
    for (const { recipients } of past) this.#sum -= recipients;
    return this.#sum;
  }

  get limits(): MailLimits {
    return this.#limits;
  }

  #fill(): void {
    const now = this.#monotonic();
    const more = ((now - this.#filledAt) / 1000) * this.#limits.perSecond;
    this.#room = Math.min(this.#limits.perSecond, this.#room + more);
    this.#filledAt = now;
  }
}

const countable = (to: readonly string[]): number => to.filter((address) => !isSimulated(address)).length;

const throttled = (message: string): SesError => new SesError('Throttling', message);
