import type { Delivery } from '#domain/mailings/delivery.ts';
import type { Mailing } from '#domain/mailings/mailing.ts';
import type { FaultsView } from '#infra/local/faults/open-faults.ts';
import { startLaptop, type TestLaptop } from '#test/support/laptop.ts';
import { type MailStores, openMailStores } from './mail-stores.ts';
import { enterPeople, sendMailing } from './mailing.ts';

export interface Soak {
  readonly seed: number;
  readonly recipients: number;
  /** How many workers die at a call of an engine. */
  readonly kills: number;
  /** Mails a second that the account may send. */
  readonly rate: number;
}

export interface SoakReport {
  readonly seed: number;
  readonly recipients: number;
  readonly fired: Readonly<Record<string, number>>;
  /** Addresses that got it more than once. */
  readonly duplicates: readonly string[];
  /** Addresses of which there is neither a mail nor a row that says why. */
  readonly lost: readonly string[];
  /** Addresses of which mailbox and ledger tell different stories. */
  readonly disagreements: readonly Disagreement[];
  readonly states: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly status: Mailing['status'];
}

interface Disagreement {
  readonly address: string;
  readonly state: Delivery['state'] | undefined;
  /** When each of its mails was taken. */
  readonly mails: readonly string[];
}

const WARD = 'E05999001';
const QUIET_MS = 2_000;
const LIMIT_MS = 60 * 60_000;
/** Longer than leases, claims that went stale, and the visibility of the queue. */
const STEP_MS = 400_000;

const addressOf = (index: number): string => `neighbour-${index}@example.org`;

/**
 * Faults as a bad day brings them; each from its own chances of the seed. Most workers die while they send: one that
 * dies while it freezes the audience stops everything until somebody else may go on.
 */
const faultsOf = ({ seed, recipients, kills }: Soak) => {
  const kill = (engine: string, operation: string, share: number, callsOfEach: number) => ({
    ...{ engine, operation, function: 'send-mailings', effect: 'kill' },
    probability: Math.min(1, ((kills * share) / (recipients * callsOfEach)) * 1.3),
    count: Math.ceil(kills * share),
  });
  return {
    seed,
    rules: [
      kill('dynamodb', 'TransactWriteItems', 0.5, 2),
      kill('dynamodb', 'UpdateItem', 0.22, 1),
      kill('dynamodb', 'PutItem', 0.03, 1),
      kill('ses', 'SendRawEmail', 0.25, 1),
      { engine: 'ses', function: 'send-mailings', effect: 'throttle', probability: 0.05 },
      { engine: 'ses', function: 'send-mailings', effect: 'timeout-after', probability: 0.01 },
      { engine: 'dynamodb', function: 'send-mailings', effect: 'throttle', probability: 0.01 },
      { engine: 'sqs', function: 'send-mailings', effect: 'duplicate', probability: 0.1 },
      { engine: 'sqs', function: 'mail-events', effect: 'duplicate', probability: 0.1 },
    ],
  };
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const progressOf = async ({ ledger, mailings }: MailStores, id: string) => {
  const [counts, mailing] = await Promise.all([ledger.counts(id), mailings.find(id)]);
  return { status: mailing?.status ?? 'draft', mark: JSON.stringify([counts, mailing?.status]) };
};

/** Waits until it is sent. When nothing moves, all workers are dead: lets time pass until somebody else may go on. */
const waitUntilSent = async (laptop: TestLaptop, stores: MailStores, id: string): Promise<void> => {
  const giveUpAt = performance.now() + LIMIT_MS;
  let before = '';
  let quietSince = performance.now();
  while (performance.now() < giveUpAt) {
    const { status, mark } = await progressOf(stores, id);
    if (status === 'sent') return;
    if (mark !== before) quietSince = performance.now();
    before = mark;
    if (performance.now() - quietSince > QUIET_MS) {
      await laptop.clock(new Date(Date.parse(await laptop.clock()) + STEP_MS).toISOString());
      await laptop.run('mind-mailings');
      quietSince = performance.now();
    }
    await pause(250);
  }
};

/** Until no event of a mail is on its way any more. */
const waitForEvents = async (laptop: TestLaptop, stores: MailStores, id: string): Promise<void> => {
  let before = '';
  for (let quiet = 0; quiet < 3; ) {
    await laptop.clock(new Date(Date.parse(await laptop.clock()) + STEP_MS).toISOString());
    const { mark } = await progressOf(stores, id);
    quiet = mark === before ? quiet + 1 : 0;
    before = mark;
  }
};

const readMails = async (laptop: TestLaptop): Promise<ReadonlyMap<string, readonly string[]>> => {
  const taken = new Map<string, string[]>();
  for (const { to, at, tags } of await laptop.mail()) {
    if (tags.kind !== 'mailing') continue;
    for (const address of to) taken.set(address, [...(taken.get(address) ?? []), `${at} ${tags.delivery}`]);
  }
  return taken;
};

const HAS_LEFT: ReadonlySet<Delivery['state']> = new Set(['accepted', 'delivered', 'bounced', 'complained']);

/** Whether what the ledger says of an address is what is in the mailbox. */
const agrees = (state: Delivery['state'] | undefined, mails: number): boolean =>
  state !== undefined && (HAS_LEFT.has(state) ? mails === 1 : mails === 0);

/** Sends one mailing through a bad day, and compares what arrived with what the ledger says, address by address. */
export async function soakMail(soak: Soak): Promise<SoakReport> {
  const began = performance.now();
  const laptop = await startLaptop({
    env: { FOLKMOOT_MAIL_RATE: String(soak.rate), FOLKMOOT_MAIL_QUOTA: '10000000' },
    now: '2027-03-09T10:00:00Z',
  });
  try {
    const at = await laptop.clock();
    const stores = await openMailStores(laptop, { now: () => at });
    const addresses = Array.from({ length: soak.recipients }, (_, index) => addressOf(index));
    await enterPeople(stores, { ward: WARD, people: addresses, at });
    await laptop.console('/faults', { method: 'PUT', body: JSON.stringify(faultsOf(soak)) });
    const id = await sendMailing(stores, WARD);
    await waitUntilSent(laptop, stores, id);
    const { rules } = await laptop.console<FaultsView>('/faults');
    await laptop.console('/faults', { method: 'DELETE' });
    await waitForEvents(laptop, stores, id);
    const [rows, mails, mailing] = await Promise.all([
      stores.rowsOf(id),
      readMails(laptop),
      stores.mailings.find(id),
    ]);
    const states: Record<string, number> = {};
    for (const state of rows.values()) states[state] = (states[state] ?? 0) + 1;
    return {
      ...{ seed: soak.seed, recipients: soak.recipients, states },
      fired: Object.fromEntries(
        rules.map(({ engine, operation, function: of, effect, fired }) => [
          `${of} ${engine} ${operation} ${effect}`,
          fired,
        ]),
      ),
      duplicates: addresses.filter((address) => (mails.get(address)?.length ?? 0) > 1),
      lost: addresses.filter((address) => !rows.has(address)),
      disagreements: addresses
        .map((address) => ({ address, state: rows.get(address), mails: mails.get(address) ?? [] }))
        .filter(({ state, mails: taken }) => !agrees(state, taken.length)),
      seconds: (performance.now() - began) / 1000,
      status: mailing?.status ?? 'draft',
    };
  } finally {
    await laptop.stop();
  }
}
