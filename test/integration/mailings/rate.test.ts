import { afterAll, beforeAll, expect, test } from 'vitest';
import { SHARDS_OF_MAILING } from '#domain/mailings/mailing-ports.ts';
import { type MailStores, openMailStores } from '#test/soak/mail-stores.ts';
import { enterPeople, sendMailing } from '#test/soak/mailing.ts';
import { startLaptop, type TestLaptop } from '#test/support/laptop.ts';

const RATE = 8;
const PEOPLE = 90;
/** Until every worker has started. */
const FIRST = 10;
/** A busy machine can keep workers from their places; a wrong pace is wrong each time. */
const RETRIES = 2;

/** Each mailing has a ward of its own. */
let ward = 990_000;
let laptop: TestLaptop;
let stores: MailStores;

beforeAll(async () => {
  laptop = await startLaptop({ env: { FOLKMOOT_MAIL_RATE: String(RATE) } });
  const at = await laptop.clock();
  stores = await openMailStores(laptop, { now: () => at });
});

afterAll(() => laptop?.stop());

const shardOf = (email: string): number =>
  Number.parseInt(stores.keyOfRecipient(email).slice(0, 2), 16) % SHARDS_OF_MAILING;

/** Addresses that all lie in the first so many parts of a mailing: each part has a worker. */
const addressesFor = (workers: number): readonly string[] => {
  const found: string[] = [];
  for (let index = 0; found.length < PEOPLE; index += 1) {
    // Others each time: nobody gets more than so many mailings in a week.
    const email = `neighbour-${index}.of-${ward}@example.org`;
    if (shardOf(email) < workers) found.push(email);
  }
  return found;
};

const send = async (workers: number) => {
  ward += 1;
  const people = addressesFor(workers);
  const code = `E05${ward}`;
  await enterPeople(stores, { ward: code, people, at: await laptop.clock() });
  await laptop.clearMail();
  const id = await sendMailing(stores, code);
  await expect
    .poll(async () => (await laptop.mail()).length, { timeout: 60_000, interval: 500 })
    .toBe(PEOPLE);
  const times = (await laptop.mail()).map(({ at }) => Date.parse(at)).toSorted((a, b) => a - b);
  return { times: times.slice(FIRST), attempts: await stores.attemptsOf(id) };
};

/** Mails a second, by the line that fits best (least squares): one mail that came late does not bend it. */
const rateOf = (times: readonly number[]): number => {
  const mean = times.reduce((sum, at) => sum + at, 0) / times.length;
  const middle = (times.length - 1) / 2;
  const together = times.reduce((sum, at, index) => sum + (at - mean) * (index - middle), 0);
  const spread = times.reduce((sum, at) => sum + (at - mean) ** 2, 0);
  return (together / spread) * 1000;
};

test.each([1, SHARDS_OF_MAILING])(
  '%i workers together keep to the rate of the account',
  { retry: RETRIES },
  async (workers) => {
    const { times, attempts } = await send(workers);
    const rate = rateOf(times);
    expect(rate).toBeGreaterThan(RATE * 0.98);
    expect(rate).toBeLessThanOrEqual(RATE);
    // Nobody was ever too fast for SES, which gives a second's worth of room: each mail was handed over once.
    expect(attempts).toEqual(Array.from({ length: PEOPLE }, () => 1));
  },
);
