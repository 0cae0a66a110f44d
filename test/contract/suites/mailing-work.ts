import { describe, expect, test } from 'vitest';
import { type Mailing, mailingStatuses } from '#domain/mailings/mailing.ts';
import { addHours, addSeconds } from '#domain/shared/clock.ts';
import { aMailing, aMailingStep, WARD } from '#test/support/stores/records.ts';
import type { OpenStores, Stores } from '#test/support/stores/stores.ts';

const AT = '2026-11-23T09:31:00.000Z';

const add = ({ facts, mailings }: Stores, mailing: Mailing) => facts.commit([mailings.toAdd(mailing)]);

export const describeMailings = (open: OpenStores) =>
  describe('mailings', () => {
    test.each([
      aMailing(),
      aMailing({
        subject: '😀 مرحبا',
        audience: { kind: 'subscribed', areas: [], topics: ['news'] },
        ...{ replyTo: null, submittedBy: null, approvedBy: 'second@folkmoot.example' },
        ...{ status: 'paused', pausedFrom: 'sending', pausedFor: 'bounces' },
        tolerated: { bounced: 3, complained: 1 },
        ...{ sendAt: AT, startedAt: AT, finishedAt: AT, total: 10_000 },
      }),
    ])('are kept as they are', async (mailing) => {
      const stores = await open();
      expect(await stores.mailings.find(mailing.id)).toBeNull();
      expect(await add(stores, mailing)).toEqual({ refused: null });
      expect(await stores.mailings.find(mailing.id)).toEqual(mailing);
      expect(await add(stores, { ...mailing, subject: 'Another' })).toEqual({ refused: 'already-there' });
      expect(await stores.mailings.find(mailing.id)).toEqual(mailing);
    });

    test('are changed by one of many who have read the same version', async () => {
      const stores = await open();
      const { facts, mailings } = stores;
      const mailing = aMailing();
      await add(stores, mailing);
      const subjects = ['first', 'second', 'third', 'fourth', 'fifth'];
      const outcomes = await Promise.all(
        subjects.map((subject) => facts.commit([mailings.toChange({ ...mailing, subject })])),
      );
      expect(outcomes.map(({ refused }) => refused).sort()).toEqual([
        ...Array.from({ length: 4 }, () => 'changed-meanwhile'),
        null,
      ]);
      const subject = subjects[outcomes.findIndex(({ refused }) => refused === null)];
      expect(await mailings.find(mailing.id)).toEqual({ ...mailing, subject, version: 2 });
    });

    test('that nobody has added are not changed', async () => {
      const { facts, mailings } = await open();
      const mailing = aMailing();
      expect(await facts.commit([mailings.toChange(mailing)])).toEqual({ refused: 'changed-meanwhile' });
      expect(await mailings.find(mailing.id)).toBeNull();
    });

    test('are listed page by page, the newest first, those of one moment too', async () => {
      const stores = await open();
      const { mailings } = stores;
      const hours = [3, 0, 1, 4, 1, 2, 5];
      const all = hours.map((hour) => aMailing({ createdAt: addHours(AT, hour) }));
      for (const mailing of all) await add(stores, mailing);
      const expected = all
        .toSorted((a, b) => (`${a.createdAt}${a.id}` < `${b.createdAt}${b.id}` ? 1 : -1))
        .map(({ id }) => id);
      const found: string[] = [];
      const sizes: number[] = [];
      let after: string | null = null;
      do {
        const { items, next } = await mailings.list({ after, size: 3 });
        found.push(...items.map(({ id }) => id));
        sizes.push(items.length);
        after = next;
      } while (after !== null);
      expect(found).toEqual(expected);
      expect(sizes).toEqual([3, 3, 1]);
      expect((await mailings.list({ after: null, size: 7 })).next).toBeNull();
    });

    test('are listed from the start when there are none, and after a cursor that is none', async () => {
      const stores = await open();
      const { mailings } = stores;
      expect(await mailings.list({ after: null, size: 3 })).toEqual({ items: [], next: null });
      const mailing = aMailing();
      await add(stores, mailing);
      expect(await mailings.list({ after: '', size: 3 })).toEqual({ items: [mailing], next: null });
    });

    test('are under way as long as the program has something to do with them', async () => {
      const stores = await open();
      const { facts, mailings } = stores;
      for (const status of mailingStatuses) await add(stores, aMailing({ status, subject: status }));
      const found = await mailings.underWay();
      expect(found.map(({ subject }) => subject).sort()).toEqual(['freezing', 'scheduled', 'sending']);
      for (const mailing of found)
        await facts.commit([mailings.toChange({ ...mailing, status: 'paused', pausedFrom: 'sending' })]);
      expect(await mailings.underWay()).toEqual([]);
      const [paused] = (await mailings.list({ after: null, size: 20 })).items.filter(
        ({ version }) => version === 2,
      );
      if (!paused) throw new Error('Nothing was changed');
      await facts.commit([mailings.toChange({ ...paused, status: 'sending' })]);
      expect((await mailings.underWay()).map(({ id }) => id)).toEqual([paused.id]);
    });
  });

export const describeMailingSteps = (open: OpenStores) =>
  describe('steps of mailings', () => {
    test('are posted with the facts that they follow from, each once', async () => {
      const { facts, mailings, steps } = await open();
      const mailing = aMailing();
      const [freeze, send] = [aMailingStep(), aMailingStep({ work: { kind: 'send', shard: 7 } })];
      const posted = [mailings.toAdd(mailing), steps.toPost(freeze), steps.toPost(send)];
      expect(await facts.commit(posted)).toEqual({ refused: null });
      expect(await facts.commit([steps.toPost(send)])).toEqual({ refused: 'already-there' });
    });

    test('are not posted when a fact is refused', async () => {
      const { facts, mailings, steps } = await open();
      const step = aMailingStep();
      const unknown = aMailing();
      expect(await facts.commit([steps.toPost(step), mailings.toChange(unknown)])).toEqual({
        refused: 'changed-meanwhile',
      });
      expect(await facts.commit([steps.toPost(step)])).toEqual({ refused: null });
    });
  });

export const describeFreezingProgress = (open: OpenStores) =>
  describe('progress of freezing', () => {
    test('is at the start until it is noted, and stays where it was noted last', async () => {
      const { progress } = await open();
      const [mailing, other] = [aMailing().id, aMailing().id];
      expect(await progress.find(mailing)).toBeNull();
      await progress.save(mailing, `wrote ${WARD}\u0000abc`);
      await progress.save(mailing, `wrote ${WARD}\u0000def`);
      expect(await progress.find(mailing)).toBe(`wrote ${WARD}\u0000def`);
      expect(await progress.find(other)).toBeNull();
      await progress.save(mailing, null);
      expect(await progress.find(mailing)).toBeNull();
    });
  });

export const describeLeases = (open: OpenStores) =>
  describe('leases', () => {
    const UNTIL = addSeconds(AT, 75);
    const lease = (holder: string, at = AT) => ({ holder, at, until: addSeconds(at, 75) });

    test('are given to one of many who ask at once', async () => {
      const { leases } = await open();
      const asked = Array.from({ length: 10 }, (_, index) =>
        leases.take('m-1', 'send-0', lease(`w-${index}`)),
      );
      expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
    });

    test('are for one part of one mailing', async () => {
      const { leases } = await open();
      expect(await leases.take('m-1', 'send-0', lease('w-1'))).toBe(true);
      expect(await leases.take('m-1', 'send-1', lease('w-2'))).toBe(true);
      expect(await leases.take('m-2', 'send-0', lease('w-3'))).toBe(true);
      expect(await leases.take('m-1', 'send-0', lease('w-4'))).toBe(false);
    });

    test('are taken again by whoever has them: the answer may have been lost', async () => {
      const { leases } = await open();
      expect(await leases.take('m-1', 'freeze', lease('w-1'))).toBe(true);
      expect(await leases.take('m-1', 'freeze', lease('w-1'))).toBe(true);
    });

    test('end by themselves', async () => {
      const { leases } = await open();
      await leases.take('m-1', 'freeze', lease('w-1'));
      expect(await leases.take('m-1', 'freeze', lease('w-2', UNTIL))).toBe(false);
      expect(await leases.take('m-1', 'freeze', lease('w-2', addSeconds(UNTIL, 1)))).toBe(true);
    });

    test('end when somebody has moved the clock back', async () => {
      const { leases } = await open();
      await leases.take('m-1', 'freeze', lease('w-1', addHours(AT, 24)));
      expect(await leases.take('m-1', 'freeze', lease('w-2'))).toBe(true);
    });

    test('are given back by their holder and by nobody else', async () => {
      const { leases } = await open();
      await leases.giveBack('m-1', 'freeze', 'w-1');
      await leases.take('m-1', 'freeze', lease('w-1'));
      await leases.giveBack('m-1', 'freeze', 'w-2');
      expect(await leases.take('m-1', 'freeze', lease('w-2'))).toBe(false);
      await leases.giveBack('m-1', 'freeze', 'w-1');
      await leases.giveBack('m-1', 'freeze', 'w-1');
      expect(await leases.take('m-1', 'freeze', lease('w-2'))).toBe(true);
      await leases.giveBack('m-1', 'freeze', 'w-1');
      expect(await leases.take('m-1', 'freeze', lease('w-1'))).toBe(false);
    });
  });
