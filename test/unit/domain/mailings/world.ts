import { MemoryPace } from '#adapters/memory/pace.ts';
import { MemoryPostman } from '#adapters/memory/postman.ts';
import type { Audiences } from '#domain/mailings/audience.ts';
import type { Delivery, DeliveryState } from '#domain/mailings/delivery.ts';
import type { Mailing } from '#domain/mailings/mailing.ts';
import { type ClaimTerms, type HeldMailing, SHARDS_OF_MAILING } from '#domain/mailings/mailing-ports.ts';
import type { RenderedMail, RenderMail } from '#domain/mailings/ports.ts';
import type { Recipient } from '#domain/mailings/recipient.ts';
import { workOnMailing } from '#domain/mailings/work-on-mailing.ts';
import { addSeconds, type Instant } from '#domain/shared/clock.ts';
import { CountingIds } from '#test/support/counting-ids.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { aMailing, aMailingStep, aRecipient } from '#test/support/stores/records.ts';

const WORDS: RenderedMail = { subject: 'subject', text: 'text', html: 'html', oneClickUrl: null };

export const START = '2026-11-23T09:30:00.000Z';

const enoughTime = () => 60_000;

export const people = (count: number, changes: Partial<Recipient> = {}): readonly Recipient[] =>
  Array.from({ length: count }, (_, index) =>
    aRecipient({ email: `resident-${index}@example.org`, ...changes }),
  );

/** An audience that is these people; shows from where it was asked, and fails when a test wants it to. */
class ListedAudience implements Audiences {
  people: readonly Recipient[] = [];
  readonly asked: (string | null)[] = [];
  beforePage: (after: string | null) => Promise<void> = async () => {};

  async page(_: unknown, after: string | null, size: number) {
    await this.beforePage(after);
    this.asked.push(after);
    const from = Number(after ?? 0);
    const next = from + size < this.people.length ? String(from + size) : null;
    return { recipients: this.people.slice(from, from + size), next };
  }
}

/** Mailings over stores in memory, with a clock that goes on while somebody waits. */
export const openWorld = (
  settings: { readonly approvalAbove?: number; readonly weeklyCap?: number } = {},
) => {
  const stores = openMemoryStores();
  const { clock, facts, mailings, ledger, steps, audit, held } = stores;
  const audience = new ListedAudience();
  const lines: { level: string; name: string; details: Readonly<Record<string, unknown>> }[] = [];
  const pass = (seconds: number) => clock.set(addSeconds(clock.now(), seconds));
  const ports = {
    ...stores,
    ids: new CountingIds(),
    audiences: audience,
    postman: new MemoryPostman(),
    pace: new MemoryPace(clock),
    render: ((): RenderedMail => ({ ...WORDS })) as RenderMail,
    wait: async (ms: number) => pass(ms / 1000),
    log: (level: string, name: string, details: object) => {
      lines.push({ level, name, details: { ...details } });
    },
    approvalAbove: 1_000,
    weeklyCap: 3,
    ...settings,
  };
  const found = async (id: string): Promise<Mailing> => {
    const mailing = await mailings.find(id);
    if (!mailing) throw new Error('There is no such mailing');
    return mailing;
  };
  const add = async (changes: Partial<Mailing> = {}): Promise<Mailing> => {
    const mailing = aMailing(changes);
    await facts.commit([mailings.toAdd(mailing)]);
    return mailing;
  };
  const rowsOf = async (mailing: string, recipients: readonly Recipient[]): Promise<readonly Delivery[]> => {
    const rows = await Promise.all(recipients.map(({ key }) => ledger.find(`${mailing}.${key}`)));
    return rows.filter((row) => row !== null);
  };
  const work = (step: Parameters<ReturnType<typeof workOnMailing>>[0], remaining = enoughTime) =>
    workOnMailing(ports)(step, remaining);
  return {
    ...ports,
    ports,
    audience,
    lines,
    pass,
    found,
    add,
    rowsOf,
    work,

    /** Changes a mailing as somebody else would. */
    change: async (id: string, changes: Partial<Mailing>): Promise<void> => {
      const { refused } = await facts.commit([mailings.toChange({ ...(await found(id)), ...changes })]);
      if (refused !== null) throw new Error(refused);
    },

    /** A mailing that is being sent to these people. */
    sending: async (recipients: readonly Recipient[], changes: Partial<Mailing> = {}): Promise<Mailing> => {
      const mailing = await add({ status: 'sending', total: recipients.length, ...changes });
      await ledger.enter(mailing.id, recipients, clock.now());
      return mailing;
    },

    /** Works on every part of a mailing, one after the other. */
    sendAll: async (mailing: string, remaining = enoughTime): Promise<void> => {
      for (let shard = 0; shard < SHARDS_OF_MAILING; shard += 1)
        await work(aMailingStep({ mailing, work: { kind: 'send', shard } }), remaining);
    },

    states: async (mailing: string, recipients: readonly Recipient[]): Promise<readonly DeliveryState[]> =>
      (await rowsOf(mailing, recipients)).map(({ state }) => state),

    terms: (at: Instant = clock.now()): ClaimTerms => ({
      at,
      week: '2026-11-23',
      weeklyCap: 3,
      staleBefore: addSeconds(at, -120),
    }),

    deeds: async () => (await audit.ofDay(clock.now().slice(0, 10))).map(({ deed }) => deed),

    waiting: async () => {
      const all: HeldMailing[] = [];
      for await (const one of held.waiting()) all.push(one);
      return all;
    },

    works: () => steps.posted.map(({ work: { kind, ...rest } }) => [kind, ...Object.values(rest)].join(' ')),
  };
};

export type World = ReturnType<typeof openWorld>;
