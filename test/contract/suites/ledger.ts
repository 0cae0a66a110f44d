import { describe, expect, test } from 'vitest';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import {
  type Delivery,
  type DeliveryState,
  deliveryStates,
  NO_DELIVERIES,
} from '#domain/mailings/delivery.ts';
import { type ClaimTerms, type HeldMailing, SHARDS_OF_MAILING } from '#domain/mailings/mailing-ports.ts';
import { suppressionReasons } from '#domain/mailings/ports.ts';
import { addSeconds, type Instant } from '#domain/shared/clock.ts';
import type { Paged } from '#domain/shared/paged.ts';
import { aMail, aMailing, aRecipient } from '#test/support/stores/records.ts';
import type { OpenStores, Stores } from '#test/support/stores/stores.ts';

const AT = '2026-11-23T09:31:00.000Z';
const WEEK = '2026-11-23';
const CAP = 3;

const later = (seconds: number): Instant => addSeconds(AT, seconds);

const terms = (at: Instant = AT, changes: Partial<ClaimTerms> = {}): ClaimTerms => ({
  at,
  week: WEEK,
  weeklyCap: CAP,
  staleBefore: addSeconds(at, -120),
  ...changes,
});

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => aRecipient({ email: `resident-${index}@example.org` }));

const rowOf = async ({ ledger }: Pick<Stores, 'ledger'>, mailing: string, key: string): Promise<Delivery> => {
  const row = await ledger.find(`${mailing}.${key}`);
  if (!row) throw new Error('There is no such row');
  return row;
};

/** A mailing with one row of the ledger. */
const enterOne = async (stores: Stores, changes: Parameters<typeof aRecipient>[0] = {}) => {
  const [mailing, recipient] = [aMailing().id, aRecipient(changes)];
  await stores.ledger.enter(mailing, [recipient], AT);
  return rowOf(stores, mailing, recipient.key);
};

const openWithRow = async (openStores: OpenStores, changes: Parameters<typeof aRecipient>[0] = {}) => {
  const stores = await openStores();
  const row = await enterOne(stores, changes);
  const state = async () => (await stores.ledger.find(row.id))?.state;
  return { ...stores, row, id: row.id, state, counts: () => stores.ledger.counts(row.mailing) };
};

const allOpen = async ({ ledger }: Stores, mailing: string): Promise<string[]> => {
  const found: string[] = [];
  for (let shard = 0; shard < SHARDS_OF_MAILING; shard += 1) {
    const { items } = await ledger.open(mailing, shard, { after: null, size: 1000 });
    found.push(...items.map(({ key }) => key));
  }
  return found;
};

const allHeld = async ({ held }: Stores): Promise<HeldMailing[]> => {
  const waiting: HeldMailing[] = [];
  for await (const one of held.waiting()) waiting.push(one);
  return waiting;
};

const describeEntering = (open: OpenStores) =>
  describe('entering', () => {
    test('keeps each person of a mailing once, as they came first', async () => {
      const stores = await open();
      const { ledger } = stores;
      const { id } = aMailing();
      const abroad = { code: 'E05099902', name: 'Northgate' };
      const first = aRecipient({ area: null, language: 'ar', weekly: true });
      await ledger.enter(id, [first, aRecipient({ email: 'other@example.org' })], AT);
      await ledger.enter(id, [{ ...first, area: abroad }], later(60));
      expect(await ledger.count(id)).toBe(2);
      expect(await ledger.find(`${id}.${first.key}`)).toEqual({
        ...first,
        ...{ id: `${id}.${first.key}`, mailing: id, state: 'waiting', since: AT },
      });
      expect(await ledger.counts(id)).toEqual(NO_DELIVERIES);
    });

    test('takes the same person twice in a page', async () => {
      const { ledger } = await open();
      const { id } = aMailing();
      await ledger.enter(id, [aRecipient(), aRecipient(), aRecipient({ email: 'other@example.org' })], AT);
      expect(await ledger.count(id)).toBe(2);
    });

    test('leaves rows as they have become', async () => {
      const { ledger, row, state } = await openWithRow(open);
      await ledger.claim(row, terms());
      await ledger.enter(row.mailing, [row], later(1));
      expect(await state()).toBe('claimed');
    });

    test('counts what belongs to one mailing, on all its parts', async () => {
      const { ledger } = await open();
      const [one, other] = [aMailing().id, aMailing().id];
      expect(await ledger.count(one)).toBe(0);
      await ledger.enter(one, people(40), AT);
      await ledger.enter(other, people(3), AT);
      expect(await ledger.count(one)).toBe(40);
      expect(await ledger.count(other)).toBe(3);
      expect(await ledger.find('unknown.00')).toBeNull();
      expect(await ledger.find('unknown')).toBeNull();
    });
  });

const describeOpen = (open: OpenStores) =>
  describe('open rows', () => {
    test('are found part by part, page by page, each once', async () => {
      const { ledger } = await open();
      const { id } = aMailing();
      await ledger.enter(id, people(60), AT);
      const found: string[] = [];
      for (let shard = 0; shard < SHARDS_OF_MAILING; shard += 1) {
        const ofPart: string[] = [];
        let at: string | null = null;
        do {
          const { items, next }: Paged<Delivery> = await ledger.open(id, shard, { after: at, size: 3 });
          ofPart.push(...items.map(({ key }) => key));
          at = next;
        } while (at !== null);
        expect(ofPart).toEqual(ofPart.toSorted());
        found.push(...ofPart);
      }
      expect(found.toSorted()).toEqual(
        people(60)
          .map(({ key }) => key)
          .toSorted(),
      );
    });

    test('are those that wait, are claimed, or were handed over, and no closed ones', async () => {
      const stores = await open();
      const { ledger } = stores;
      const [waiting, claimed, handed, accepted, refused, doubtful] = people(6);
      if (!(waiting && claimed && handed && accepted && refused && doubtful)) throw new Error('too few');
      const { id } = aMailing();
      await ledger.enter(id, people(6), AT);
      for (const { key } of [claimed, handed, accepted, refused, doubtful])
        expect(await ledger.claim(await rowOf(stores, id, key), terms())).toBe('taken');
      for (const { key } of [handed, accepted, refused, doubtful])
        expect(await ledger.hand(`${id}.${key}`, 1, AT)).toBe(true);
      await ledger.settle(`${id}.${accepted.key}`, 'accepted', AT, 'service-1');
      await ledger.settle(`${id}.${refused.key}`, 'refused', AT, null);
      await ledger.settle(`${id}.${doubtful.key}`, 'in-doubt', AT, null);
      const expected = [waiting, claimed, handed].map(({ key }) => key);
      expect((await allOpen(stores, id)).toSorted()).toEqual(expected.toSorted());
      expect(await ledger.count(id)).toBe(6);
    });
  });

const describeClaiming = (open: OpenStores) =>
  describe('claiming', () => {
    test('gives a row to one of many who claim it at once, of whatever process', async () => {
      const { ledger, elsewhere, row, state } = await openWithRow(open);
      const claims = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 === 0 ? ledger : elsewhere.ledger).claim(row, terms()),
        ),
      );
      expect(claims.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'elsewhere'), 'taken']);
      expect(await state()).toBe('claimed');
    });

    test.each(suppressionReasons)('closes the row of somebody who has %s', async (reason) => {
      const { facts, suppressions, ledger, row, state, counts } = await openWithRow(open);
      await facts.commit([suppressions.toSuppress(row.key, reason, AT)]);
      expect(await ledger.claim(row, terms())).toBe('suppressed');
      expect(await state()).toBe('suppressed');
      expect(await ledger.claim(row, terms())).toBe('elsewhere');
      expect(await counts()).toEqual({ ...NO_DELIVERIES, suppressed: 1 });
    });

    test('counts soft bounces against nobody', async () => {
      const { facts, suppressions, ledger, row } = await openWithRow(open);
      await facts.commit([suppressions.toCountSoftBounces(row.key, 4)]);
      expect(await ledger.claim(row, terms())).toBe('taken');
    });

    test('does not count somebody’s week when the row is closed instead', async () => {
      const stores = await open();
      const { facts, suppressions, ledger } = stores;
      const row = await enterOne(stores);
      await facts.commit([suppressions.toSuppress(row.key, 'unsubscribed', AT)]);
      await ledger.claim(row, terms());
      await facts.commit([suppressions.toLift(row.key, 'unsubscribed')]);
      for (let mail = 0; mail < CAP; mail += 1)
        expect(await ledger.claim(await enterOne(stores), terms())).toBe('taken');
      expect(await ledger.claim(await enterOne(stores), terms())).toBe('held');
    });

    test('holds over what is too much for one person in a week, and starts anew with the next', async () => {
      const stores = await open();
      const { ledger } = stores;
      const rows: Delivery[] = [];
      for (let mail = 0; mail < CAP + 2; mail += 1) rows.push(await enterOne(stores));
      const claims: string[] = [];
      for (const row of rows) claims.push(await ledger.claim(row, terms()));
      expect(claims).toEqual(['taken', 'taken', 'taken', 'held', 'held']);
      const other = await enterOne(stores, { email: 'other@example.org' });
      expect(await ledger.claim(other, terms())).toBe('taken');
      const next = await enterOne(stores);
      expect(await ledger.claim(next, terms(AT, { week: '2026-11-30' }))).toBe('taken');
      const [, , , held] = rows;
      if (!held) throw new Error('nothing was held');
      expect((await ledger.find(held.id))?.state).toBe('held');
      expect(await ledger.counts(held.mailing)).toEqual({ ...NO_DELIVERIES, held: 1 });
      expect(await ledger.claim(held, terms())).toBe('elsewhere');
      expect(await allHeld(stores)).toHaveLength(2);
    });

    test('keeps to the cap when many mailings claim the same person at once', async () => {
      const stores = await open();
      const { ledger, elsewhere } = stores;
      const rows: Delivery[] = [];
      for (let mail = 0; mail < 8; mail += 1) rows.push(await enterOne(stores));
      const claims = await Promise.all(
        rows.map((row, index) => (index % 2 === 0 ? ledger : elsewhere.ledger).claim(row, terms())),
      );
      expect(claims.filter((claim) => claim === 'taken')).toHaveLength(CAP);
      expect(claims.filter((claim) => claim === 'held')).toHaveLength(8 - CAP);
    });

    test('holds over everything for whoever wants it weekly, once, unless it must not be written at all', async () => {
      const stores = await openWithRow(open, { weekly: true });
      const { facts, suppressions, ledger, elsewhere, row, counts } = stores;
      const claims = await Promise.all([ledger.claim(row, terms()), elsewhere.ledger.claim(row, terms())]);
      expect(claims.toSorted()).toEqual(['elsewhere', 'held']);
      expect(await counts()).toEqual({ ...NO_DELIVERIES, held: 1 });
      expect(await allHeld(stores)).toEqual([
        {
          ...{ recipient: row.key, email: row.email, language: row.language },
          ...{ mailing: row.mailing, area: row.area },
        },
      ]);
      const other = await enterOne(stores, { email: 'other@example.org', weekly: true });
      await facts.commit([suppressions.toSuppress(other.key, 'unsubscribed', AT)]);
      expect(await ledger.claim(other, terms())).toBe('suppressed');
      expect(await allHeld(stores)).toHaveLength(1);
    });

    test('takes over the claim of a dead worker, after a while', async () => {
      const { ledger, elsewhere, row, state } = await openWithRow(open);
      await ledger.claim(row, terms());
      const claimed = { ...row, state: 'claimed' as const, since: AT };
      expect(await elsewhere.ledger.claim(claimed, terms(later(120)))).toBe('elsewhere');
      expect(await elsewhere.ledger.claim(claimed, terms(later(121)))).toBe('taken');
      expect(await ledger.hand(row.id, 1, later(122))).toBe(false);
      expect(await state()).toBe('claimed');
      expect(await elsewhere.ledger.hand(row.id, 1, later(122))).toBe(true);
    });

    test('counts a mail once in its week, however often its claim is taken over', async () => {
      const stores = await openWithRow(open);
      const { ledger, elsewhere, row } = stores;
      await ledger.claim(row, terms());
      for (const [index, one] of [elsewhere.ledger, ledger, elsewhere.ledger].entries()) {
        const claimed = { ...row, state: 'claimed' as const };
        expect(await one.claim(claimed, terms(later((index + 1) * 200)))).toBe('taken');
      }
      for (let mail = 1; mail < CAP; mail += 1)
        expect(await ledger.claim(await enterOne(stores), terms())).toBe('taken');
      expect(await ledger.claim(await enterOne(stores), terms())).toBe('held');
      // It is counted already: the cap does not hold it over now.
      expect(await ledger.claim({ ...row, state: 'claimed' }, terms(later(1000)))).toBe('taken');
    });

    test('counts a mail once in its week, also for whoever has read its row before it was claimed', async () => {
      const stores = await openWithRow(open);
      const { ledger, elsewhere, row } = stores;
      await ledger.claim(row, terms());
      await elsewhere.ledger.claim(row, terms(later(200)));
      for (let mail = 1; mail < CAP; mail += 1)
        expect(await ledger.claim(await enterOne(stores), terms())).toBe('taken');
      expect(await ledger.claim(await enterOne(stores), terms())).toBe('held');
    });

    test('closes a row that was claimed before, when the address must not be written to by now', async () => {
      const { facts, suppressions, ledger, elsewhere, row, counts } = await openWithRow(open);
      await ledger.claim(row, terms());
      await facts.commit([suppressions.toSuppress(row.key, 'complained', AT)]);
      const claimed = { ...row, state: 'claimed' as const };
      expect(await elsewhere.ledger.claim(claimed, terms(later(10)))).toBe('elsewhere');
      expect(await elsewhere.ledger.claim(claimed, terms(later(200)))).toBe('suppressed');
      expect(await counts()).toEqual({ ...NO_DELIVERIES, suppressed: 1 });
    });

    test('finds elsewhere what was handed over or closed, however long ago', async () => {
      const { ledger, elsewhere, row } = await openWithRow(open);
      await ledger.claim(row, terms());
      await ledger.hand(row.id, 1, AT);
      for (const state of ['waiting', 'claimed'] as const)
        expect(await elsewhere.ledger.claim({ ...row, state }, terms(later(9_000)))).toBe('elsewhere');
      await ledger.settle(row.id, 'accepted', AT, 'service-1');
      expect(await elsewhere.ledger.claim(row, terms(later(9_000)))).toBe('elsewhere');
      expect(await elsewhere.ledger.claim({ ...row, id: `${row.mailing}.00` }, terms())).toBe('elsewhere');
    });
  });

const describeHanding = (open: OpenStores) =>
  describe('handing over', () => {
    test('is for whoever has claimed the row, once for each attempt', async () => {
      const { ledger, elsewhere, row, id, state } = await openWithRow(open);
      expect(await ledger.hand(id, 1, AT)).toBe(false);
      expect(await ledger.hand('unknown.00', 1, AT)).toBe(false);
      await ledger.claim(row, terms());
      expect(await elsewhere.ledger.hand(id, 1, AT)).toBe(false);
      expect(await ledger.hand(id, 2, AT)).toBe(false);
      expect(await ledger.hand(id, 1, later(1))).toBe(true);
      expect(await ledger.find(id)).toMatchObject({ state: 'handed', since: later(1) });
      await ledger.takeBack(id, 1, later(2));
      expect(await state()).toBe('claimed');
      expect(await ledger.hand(id, 2, later(3))).toBe(true);
      expect(await state()).toBe('handed');
    });

    test('is not undone by a call of an earlier attempt that comes late', async () => {
      const { ledger, row, id, state } = await openWithRow(open);
      await ledger.claim(row, terms());
      await ledger.hand(id, 1, later(1));
      await ledger.takeBack(id, 1, later(2));
      await ledger.takeBack(id, 1, later(2));
      expect(await ledger.hand(id, 1, later(3))).toBe(false);
      await ledger.hand(id, 2, later(3));
      await ledger.takeBack(id, 1, later(4));
      expect(await ledger.find(id)).toMatchObject({ state: 'handed', since: later(3) });
      await ledger.takeBack(id, 2, later(5));
      expect(await state()).toBe('claimed');
      expect(await ledger.hand(id, 2, later(6))).toBe(false);
      expect(await ledger.hand(id, 3, later(6))).toBe(true);
    });

    test('is undone by its own process and by no other', async () => {
      const { ledger, elsewhere, row, id, state } = await openWithRow(open);
      await ledger.claim(row, terms());
      await ledger.hand(id, 1, AT);
      await elsewhere.ledger.takeBack(id, 1, AT);
      expect(await state()).toBe('handed');
    });

    test('starts anew for whoever takes the claim over', async () => {
      const { ledger, elsewhere, row, id, state } = await openWithRow(open);
      await ledger.claim(row, terms());
      await ledger.hand(id, 1, AT);
      await ledger.takeBack(id, 1, AT);
      const claimed = { ...row, state: 'claimed' as const };
      expect(await elsewhere.ledger.claim(claimed, terms(later(200)))).toBe('taken');
      expect(await ledger.hand(id, 2, later(201))).toBe(false);
      expect(await elsewhere.ledger.hand(id, 1, later(201))).toBe(true);
      await ledger.takeBack(id, 1, later(202));
      expect(await state()).toBe('handed');
    });

    test.each(['accepted', 'refused', 'in-doubt'] as const)('ends as %s, once, and counts it', async (to) => {
      const { ledger, elsewhere, row, id, counts } = await openWithRow(open);
      await ledger.settle(id, to, AT, null);
      await ledger.claim(row, terms());
      await ledger.settle(id, to, AT, null);
      expect(await counts()).toEqual(NO_DELIVERIES);
      await ledger.hand(id, 1, AT);
      await Promise.all([
        ledger.settle(id, to, later(1), 'service-1'),
        elsewhere.ledger.settle(id, to, later(1), 'service-1'),
      ]);
      await ledger.settle(id, 'in-doubt', later(2), null);
      await ledger.takeBack(id, 1, later(3));
      expect(await ledger.hand(id, 2, later(3))).toBe(false);
      expect(await ledger.find(id)).toMatchObject({ state: to, since: later(1) });
      expect(await counts()).toEqual({ ...NO_DELIVERIES, [to]: 1 });
    });

    test('of many at once is counted exactly', async () => {
      const stores = await open();
      const { ledger } = stores;
      const { id } = aMailing();
      await ledger.enter(id, people(40), AT);
      const ends = ['accepted', 'refused', 'in-doubt', 'accepted'] as const;
      await Promise.all(
        people(40).map(async ({ key }, index) => {
          const row = await rowOf(stores, id, key);
          await ledger.claim(row, terms());
          await ledger.hand(row.id, 1, AT);
          await ledger.settle(row.id, ends[index % 4] ?? 'accepted', AT, null);
        }),
      );
      expect(await ledger.counts(id)).toEqual({
        ...NO_DELIVERIES,
        accepted: 20,
        refused: 10,
        'in-doubt': 10,
      });
      expect(await allOpen(stores, id)).toEqual([]);
    });
  });

export const describeLedger = (open: OpenStores) =>
  describe('the ledger of a mailing', () => {
    describeEntering(open);
    describeOpen(open);
    describeClaiming(open);
    describeHanding(open);
  });

const TROUBLED: readonly DeliveryState[] = ['bounced', 'complained', 'refused', 'in-doubt'];

export const describeDeliveryRows = (open: OpenStores) =>
  describe('rows of deliveries', () => {
    test('of a mailing move from the state in which they were found, and are counted there', async () => {
      const { facts, ledger, rows, row, id, state, counts } = await openWithRow(open);
      expect(await rows.find(id)).toMatchObject({ state: 'waiting', mailing: row.mailing });
      await ledger.claim(row, terms());
      await ledger.hand(id, 1, AT);
      const path = ['accepted', 'delivered', 'bounced', 'complained'] as const;
      for (const [index, to] of path.entries()) {
        const found = await rows.find(id);
        if (!found) throw new Error('It is gone');
        const outcomes = [
          await facts.commit([rows.toMove(id, found, to, later(index))]),
          await facts.commit([rows.toMove(id, found, to, later(index))]),
        ];
        expect(outcomes).toEqual([{ refused: null }, { refused: 'changed-meanwhile' }]);
        expect(await state()).toBe(to);
        expect(await counts()).toEqual({ ...NO_DELIVERIES, [to]: 1 });
      }
    });

    test('move once, of many who have found them at once', async () => {
      const { facts, ledger, rows, row, id, counts } = await openWithRow(open);
      await ledger.claim(row, terms());
      await ledger.hand(id, 1, AT);
      const found = await rows.find(id);
      if (!found) throw new Error('It is gone');
      const outcomes = await Promise.all(
        Array.from({ length: 6 }, () => facts.commit([rows.toMove(id, found, 'delivered', AT)])),
      );
      expect(outcomes.filter(({ refused }) => refused === null)).toHaveLength(1);
      expect(await counts()).toEqual({ ...NO_DELIVERIES, delivered: 1 });
    });

    test('are in trouble by their state, page by page, and in no other list', async () => {
      const stores = await open();
      const { facts, ledger, rows } = stores;
      const { id } = aMailing();
      await ledger.enter(id, people(deliveryStates.length * 3), AT);
      for (const [index, { key }] of people(deliveryStates.length * 3).entries()) {
        const to = deliveryStates[index % deliveryStates.length];
        if (!to || to === 'waiting') continue;
        await facts.commit([rows.toMove(`${id}.${key}`, { state: 'waiting', mailing: id }, to, AT)]);
      }
      for (const state of deliveryStates) {
        const first = await ledger.troubled(id, state, { after: null, size: 2 });
        const rest = await ledger.troubled(id, state, { after: first.next, size: 2 });
        if (!TROUBLED.includes(state)) continue;
        expect(first.items.map((row) => row.state)).toEqual([state, state]);
        expect(first.next).not.toBeNull();
        expect(rest).toMatchObject({ items: [{ state }], next: null });
        const all = [...first.items, ...rest.items].map(({ key }) => key);
        expect(all).toEqual(all.toSorted());
      }
      expect((await ledger.troubled(id, 'bounced', { after: '', size: 2 })).items).toHaveLength(2);
      expect((await ledger.troubled(aMailing().id, 'bounced', { after: null, size: 2 })).items).toEqual([]);
    });

    test('of the outbox are mails, which no mailing counts', async () => {
      const { facts, outbox, deliveries, rows } = await open();
      const mail = aMail();
      expect(await rows.find(mail.id)).toBeNull();
      await facts.commit([outbox.toPost(mail)]);
      expect(await rows.find(mail.id)).toEqual({ state: 'waiting', mailing: null });
      const claim = { id: mail.id, recipient: keyOfRecipient(mail.to), essential: true };
      await deliveries.claim(claim, AT);
      const handed = await rows.find(mail.id);
      expect(handed).toEqual({ state: 'handed', mailing: null });
      if (!handed) return;
      expect(await facts.commit([rows.toMove(mail.id, handed, 'bounced', AT)])).toEqual({ refused: null });
      expect(await facts.commit([rows.toMove(mail.id, handed, 'delivered', AT)])).toEqual({
        refused: 'changed-meanwhile',
      });
      expect(await rows.find(mail.id)).toEqual({ state: 'bounced', mailing: null });
      expect(await deliveries.claim(claim, AT)).toBe('accepted');
    });

    test('of the outbox forget the secret of a link with the event that tells of the mail', async () => {
      const { facts, outbox, deliveries, rows } = await open();
      const message = { kind: 'preferences-link', secret: 'secret-1', endsAt: AT } as const;
      const mail = aMail({ message });
      await facts.commit([outbox.toPost(mail)]);
      await deliveries.claim({ id: mail.id, recipient: keyOfRecipient(mail.to), essential: true }, AT);
      await facts.commit([rows.toMove(mail.id, { state: 'handed', mailing: null }, 'in-doubt', AT)]);
      expect(await outbox.find(mail.id)).toEqual(mail);
      await facts.commit([rows.toMove(mail.id, { state: 'in-doubt', mailing: null }, 'accepted', AT)]);
      expect(await outbox.find(mail.id)).toEqual({ ...mail, message: { ...message, secret: null } });
    });
  });

export const describeHeldMailings = (open: OpenStores) =>
  describe('held mailings', () => {
    test('wait person by person, the oldest mailing first', async () => {
      const stores = await open();
      const { ledger } = stores;
      const weekly = people(12).map((person) => ({ ...person, weekly: true }));
      const mailings = [aMailing().id, aMailing().id, aMailing().id];
      for (const mailing of mailings.toReversed()) {
        await ledger.enter(mailing, weekly, AT);
        for (const { key } of weekly) await ledger.claim(await rowOf(stores, mailing, key), terms());
      }
      const waiting = await allHeld(stores);
      expect(waiting).toHaveLength(36);
      const persons = waiting.map(({ recipient }) => recipient);
      const order = persons.filter((person, index) => person !== persons[index - 1]);
      expect(order.toSorted()).toEqual(weekly.map(({ key }) => key).toSorted());
      for (const person of order)
        expect(waiting.filter((one) => one.recipient === person).map(({ mailing }) => mailing)).toEqual(
          mailings.toSorted(),
        );
    });

    test('are removed once', async () => {
      const stores = await openWithRow(open, { weekly: true });
      const { facts, held, ledger, row } = stores;
      await ledger.claim(row, terms());
      const [one] = await allHeld(stores);
      if (!one) throw new Error('Nothing is held');
      const outcomes = await Promise.all([held, held].map((each) => facts.commit([each.toRemove(one)])));
      expect(outcomes.map(({ refused }) => refused).toSorted()).toEqual(['not-there', null]);
      expect(await allHeld(stores)).toEqual([]);
    });
  });
