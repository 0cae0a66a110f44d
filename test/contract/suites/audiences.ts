import { describe, expect, test } from 'vitest';
import type { Audience } from '#domain/mailings/audience.ts';
import type { Recipient } from '#domain/mailings/recipient.ts';
import { CONTACT_HOURS } from '#domain/priorities/ports.ts';
import type { Subscription } from '#domain/subscriptions/subscription.ts';
import { aContact, anArea, aSubscription, BOROUGH, WARD } from '#test/support/stores/records.ts';
import type { OpenStores, Stores } from '#test/support/stores/stores.ts';

const SECOND = 'E05099902';
const REDRAWN = 'E05099903';
const FAR = { borough: 'E09000998', ward: 'E05099801' };
const EVERYBODY: Audience = { kind: 'subscribed', areas: [], topics: ['news'] };

const openTown = async (open: OpenStores): Promise<Stores> => {
  const stores = await open();
  await stores.areas.save([
    anArea({ code: BOROUGH, name: 'Exampleham', kind: 'borough', borough: null }),
    anArea(),
    anArea({ code: SECOND, name: 'Northgate' }),
    anArea({ code: REDRAWN, name: 'Old Northgate', superseded: { on: '2022-05-05', by: [SECOND] } }),
    anArea({ code: FAR.borough, name: 'Otherham', kind: 'borough', borough: null }),
    anArea({ code: FAR.ward, name: 'Farside', borough: FAR.borough }),
  ]);
  return stores;
};

const subscribe = async (
  { facts, subscriptions }: Stores,
  name: string,
  changes: Partial<Subscription> = {},
): Promise<void> => {
  const subscription = aSubscription({ email: `${name}@example.org`, topics: ['news'], ...changes });
  await facts.commit([subscriptions.toAdd(subscription)]);
};

/** Everybody, page by page. */
const readAll = async ({ audiences }: Stores, audience: Audience, size = 100): Promise<Recipient[]> => {
  const read: Recipient[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof audiences.page>> = await audiences.page(audience, cursor, size);
    expect(page.recipients.length).toBeLessThanOrEqual(size);
    read.push(...page.recipients);
    cursor = page.next;
  } while (cursor !== null);
  return read;
};

const namesOf = (recipients: readonly Recipient[]): string[] =>
  recipients.map(({ email }) => email.split('@')[0] ?? '').toSorted();

const describeSubscribed = (open: OpenStores) =>
  describe('of those who asked', () => {
    test('knows of each person what a mailing needs', async () => {
      const stores = await openTown(open);
      await subscribe(stores, 'ward', { frequency: 'weekly', language: 'cy' });
      await subscribe(stores, 'everywhere', { areas: [] });
      const found = await readAll(stores, EVERYBODY);
      expect(found).toHaveLength(2);
      expect(found).toEqual(
        expect.arrayContaining([
          {
            key: stores.keyOfRecipient('ward@example.org'),
            email: 'ward@example.org',
            language: 'cy',
            area: { code: WARD, name: 'Millbrook' },
            weekly: true,
          },
          {
            key: stores.keyOfRecipient('everywhere@example.org'),
            email: 'everywhere@example.org',
            language: 'en-GB',
            area: null,
            weekly: false,
          },
        ]),
      );
    });

    test.each<[string, readonly string[], readonly string[]]>([
      ['the whole force', [], ['borough', 'everywhere', 'far', 'redrawn', 'second', 'ward']],
      ['a ward', [WARD], ['borough', 'everywhere', 'ward']],
      ['a ward and those that it replaced', [SECOND], ['borough', 'everywhere', 'redrawn', 'second']],
      ['a borough', [BOROUGH], ['borough', 'everywhere', 'redrawn', 'second', 'ward']],
      ['another borough', [FAR.borough], ['everywhere', 'far']],
      ['wards of two boroughs', [WARD, FAR.ward], ['borough', 'everywhere', 'far', 'ward']],
      ['a borough and its ward', [BOROUGH, WARD], ['borough', 'everywhere', 'redrawn', 'second', 'ward']],
      ['an area that never was', ['E05000000'], ['everywhere']],
    ])('reaches %s', async (_, areas, names) => {
      const stores = await openTown(open);
      await subscribe(stores, 'ward');
      await subscribe(stores, 'second', { areas: [SECOND] });
      await subscribe(stores, 'redrawn', { areas: [REDRAWN] });
      await subscribe(stores, 'borough', { areas: [BOROUGH] });
      await subscribe(stores, 'far', { areas: [FAR.ward] });
      await subscribe(stores, 'everywhere', { areas: [] });
      await subscribe(stores, 'other-topic', { areas: [], topics: ['meetings'] });
      expect(namesOf(await readAll(stores, { ...EVERYBODY, areas: [...areas] }))).toEqual(names);
    });

    test('may name the same person several times, with each area and topic', async () => {
      const stores = await openTown(open);
      await subscribe(stores, 'busy', { areas: [WARD, SECOND], topics: ['news', 'meetings'] });
      const found = await readAll(stores, {
        kind: 'subscribed',
        areas: [WARD, WARD, BOROUGH],
        topics: ['news', 'meetings', 'news'],
      });
      expect(found.map(({ area }) => area?.code).sort()).toEqual([WARD, WARD, SECOND, SECOND]);
      expect(new Set(found.map(({ key }) => key)).size).toBe(1);
    });

    test('goes with what people want now', async () => {
      const stores = await openTown(open);
      const { facts, subscriptions } = stores;
      const before = aSubscription({ topics: ['news', 'meetings'], areas: [WARD, SECOND] });
      const after = { ...before, topics: ['news' as const], areas: [SECOND, FAR.ward] };
      await facts.commit([subscriptions.toAdd(before)]);
      await facts.commit([subscriptions.toChange(before, { ...after, frequency: 'weekly' })]);
      const codesFor = async (topic: 'news' | 'meetings') =>
        (await readAll(stores, { kind: 'subscribed', areas: [], topics: [topic] }))
          .map(({ area, weekly }) => `${area?.code} ${weekly}`)
          .sort();
      expect(await codesFor('news')).toEqual([`${FAR.ward} true`, `${SECOND} true`]);
      expect(await codesFor('meetings')).toEqual([]);
      const now = await subscriptions.find(before.key);
      if (now) await facts.commit([subscriptions.toRemove(now)]);
      expect(await codesFor('news')).toEqual([]);
    });
  });

const describeWrote = (open: OpenStores) =>
  describe('of those who wrote', () => {
    test('knows each person once for each area, by what was left last, for two years', async () => {
      const stores = await openTown(open);
      const { facts, contacts, clock } = stores;
      const keep = (name: string, area: string) =>
        facts.commit([
          contacts.toKeep(aContact({ email: `${name}@example.org`, area, leftAt: clock.now() })),
        ]);
      const wrote = (areas: string[] = []) => readAll(stores, { kind: 'wrote', areas });
      expect(await wrote()).toEqual([]);
      await keep('first', WARD);
      await keep('both', WARD);
      await keep('both', FAR.ward);
      clock.advance(1);
      await keep('first', WARD);
      await keep('redrawn', REDRAWN);
      expect(namesOf(await wrote())).toEqual(['both', 'both', 'first', 'redrawn']);
      expect(namesOf(await wrote([WARD]))).toEqual(['both', 'first']);
      expect(namesOf(await wrote([BOROUGH]))).toEqual(['both', 'first', 'redrawn']);
      expect(namesOf(await wrote([SECOND]))).toEqual(['redrawn']);
      expect((await wrote([FAR.borough]))[0]).toEqual({
        key: stores.keyOfRecipient('both@example.org'),
        email: 'both@example.org',
        language: 'en-GB',
        area: { code: FAR.ward, name: 'Farside' },
        weekly: false,
      });
      clock.advance(CONTACT_HOURS - 1);
      expect(namesOf(await wrote())).toEqual(['first', 'redrawn']);
      clock.advance(1);
      expect(await wrote()).toEqual([]);
    });
  });

export const describeAudiences = (open: OpenStores) =>
  describe('an audience', () => {
    describeSubscribed(open);
    describeWrote(open);

    test.each([1, 2, 3, 4, 5, 7, 100])('is the same in pages of %d', async (size) => {
      const stores = await openTown(open);
      const areas = [[WARD], [SECOND], [FAR.ward], []];
      for (let number = 0; number < 12; number += 1)
        await subscribe(stores, `person-${number}`, { areas: areas[number % 4] });
      const found = await readAll(stores, EVERYBODY, size);
      expect(found).toEqual(await readAll(stores, EVERYBODY, 1000));
      expect(new Set(found.map(({ key }) => key)).size).toBe(12);
      expect(found).toHaveLength(12);
    });

    test('goes on where it was when people come and go, and areas with them', async () => {
      const stores = await openTown(open);
      const { facts, subscriptions, areas, audiences } = stores;
      for (let number = 0; number < 9; number += 1)
        await subscribe(stores, `person-${number}`, { areas: number % 2 ? [WARD] : [] });
      const first = await audiences.page(EVERYBODY, null, 4);
      const seen = first.recipients.at(-1);
      const gone = seen && (await subscriptions.find(seen.key));
      if (gone) await facts.commit([subscriptions.toRemove(gone)]);
      await areas.save([anArea({ code: 'E05000001', name: 'Newest' })]);
      const rest: Recipient[] = [];
      for (let cursor = first.next; cursor !== null; ) {
        const page = await audiences.page(EVERYBODY, cursor, 4);
        rest.push(...page.recipients);
        cursor = page.next;
      }
      const all = [...first.recipients, ...rest].map(({ key }) => key);
      expect(all).toHaveLength(9);
      expect(new Set(all).size).toBe(9);
    });

    test('of 3,000 people in a force of 300 wards is read to the end, in pages that are never too large', async () => {
      const stores = await openTown(open);
      const { facts, subscriptions, contacts, areas } = stores;
      const wards = Array.from({ length: 300 }, (_, number) => `E05${String(number).padStart(6, '0')}`);
      await areas.save(wards.map((code) => anArea({ code, name: `Ward ${code}`, borough: FAR.borough })));
      for (let number = 0; number < 3_000; number += 25)
        await facts.commit(
          Array.from({ length: 25 }, (_, at) => {
            const email = `person-${number + at}@example.org`;
            const area = wards[(number + at) % 7] ?? WARD;
            return number % 50 === 0
              ? subscriptions.toAdd(aSubscription({ email, topics: ['news'], areas: [area] }))
              : contacts.toKeep(aContact({ email, area }));
          }),
        );
      const asked = await readAll(stores, EVERYBODY, 400);
      const wrote = await readAll(stores, { kind: 'wrote', areas: [] }, 400);
      expect(new Set(asked.map(({ key }) => key)).size).toBe(1_500);
      expect(new Set(wrote.map(({ key }) => key)).size).toBe(1_500);
      expect([asked.length, wrote.length]).toEqual([1_500, 1_500]);
    }, 120_000);
  });
