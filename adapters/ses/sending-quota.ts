import { GetSendQuotaCommand, type SESClient } from '@aws-sdk/client-ses';
import type { SendingQuota } from '#adapters/dynamo/pace.ts';
import type { Clock } from '#domain/shared/clock.ts';

const KNOWN_FOR_MS = 60_000;
/** What SES answers where there is no limit. */
const UNLIMITED = -1;

type Quota = Awaited<ReturnType<SendingQuota['find']>>;

interface Known {
  readonly at: number;
  readonly quota: Promise<Quota>;
}

/** The quota of the account, asked for once a minute. */
export class SesSendingQuota implements SendingQuota {
  readonly #client: SESClient;
  readonly #clock: Clock;
  #known: Known | null = null;

  constructor(client: SESClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /** What may have been sent since it was asked for is taken for sent. */
  async find(): Promise<Quota> {
    const { at, quota } = this.#read();
    const { sentToday, ...limits } = await quota;
    const since = Math.max(0, Date.parse(this.#clock.now()) - at) / 1000;
    return { ...limits, sentToday: sentToday + since * limits.perSecond };
  }

  #read(): Known {
    const now = Date.parse(this.#clock.now());
    if (this.#known !== null && Math.abs(now - this.#known.at) <= KNOWN_FOR_MS) return this.#known;
    const known: Known = { at: now, quota: this.#ask() };
    this.#known = known;
    known.quota.catch(() => {
      if (this.#known === known) this.#known = null;
    });
    return known;
  }

  async #ask(): Promise<Quota> {
    const {
      MaxSendRate,
      Max24HourSend,
      SentLast24Hours = 0,
    } = await this.#client.send(new GetSendQuotaCommand({}));
    if (!MaxSendRate || Max24HourSend === undefined) throw new Error('SES answered without a quota');
    const perDay = Max24HourSend === UNLIMITED ? null : Max24HourSend;
    return { perSecond: MaxSendRate, perDay, sentToday: SentLast24Hours };
  }
}
