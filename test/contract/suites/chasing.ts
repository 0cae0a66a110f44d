import { describe, expect, test } from 'vitest';
import type { DigestLine, OpenDigest } from '#domain/chasing/digest.ts';
import type { Departure, Digests } from '#domain/chasing/ports.ts';
import { addDays } from '#domain/shared/days.ts';
import { aDigestLine, aDuty } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const gather = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

export const describeDuties = (open: OpenStores) =>
  describe('duties', () => {
    test('are kept as they are, each once', async () => {
      const { facts, duties } = await open();
      const duty = aDuty({
        area: 'E05099901',
        saidUntil: '2026-11-02',
        escalated: true,
        lost: ['a@b.example'],
      });
      expect(await duties.find(duty)).toBeNull();
      expect(await facts.commit([duties.toOwe(duty)])).toEqual({ refused: null });
      expect(await duties.find(duty)).toEqual(duty);
      expect(await facts.commit([duties.toOwe(duty)])).toEqual({ refused: 'already-there' });
    });

    test('of a subject come in the order of their days, answered ones too', async () => {
      const { facts, duties } = await open();
      const subject = 'subject-1';
      const days = ['2027-03-31', '2026-06-30', '2026-12-31'];
      const owed = days.map((due) => aDuty({ subject, due }));
      const review = aDuty({ subject, due: '2026-06-30', kind: 'review', nextOn: null });
      await facts.commit([...owed, review, aDuty()].map((duty) => duties.toOwe(duty)));
      expect(await duties.of(subject)).toEqual([owed[1], review, owed[2], owed[0]]);
      expect(await duties.of('nobody')).toEqual([]);
    });

    test('are due until something was said of them, or they were answered', async () => {
      const { facts, duties } = await open();
      const owed = Array.from({ length: 40 }, (_, number) =>
        aDuty({ nextOn: addDays('2026-11-01', number % 20) }),
      );
      for (const duty of owed) await facts.commit([duties.toOwe(duty)]);
      await facts.commit([duties.toOwe(aDuty({ nextOn: null }))]);
      const due = await gather(duties.due('2026-11-05'));
      expect(due.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
        owed
          .filter(({ nextOn }) => (nextOn ?? '') <= '2026-11-05')
          .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      );
      for (const [at, duty] of due.entries())
        await facts.commit([duties.toChange({ ...duty, nextOn: at % 2 === 0 ? null : '2026-11-06' })]);
      expect(await gather(duties.due('2026-11-05'))).toEqual([]);
      expect(await gather(duties.due('2026-10-31'))).toEqual([]);
      expect(await gather(duties.due('2026-11-06'))).toHaveLength(due.length / 2 + 2);
    });

    test('change once for each version', async () => {
      const { facts, duties } = await open();
      const duty = aDuty();
      await facts.commit([duties.toOwe(duty)]);
      const change = () => facts.commit([duties.toChange({ ...duty, saidUntil: '2026-11-16' })]);
      expect((await Promise.all([change(), change()])).map(({ refused }) => refused).sort()).toEqual([
        'changed-meanwhile',
        null,
      ]);
      expect(await duties.find(duty)).toEqual({ ...duty, saidUntil: '2026-11-16', version: 2 });
      expect(await facts.commit([duties.toRemove(duty)])).toEqual({ refused: 'changed-meanwhile' });
      expect(await facts.commit([duties.toRemove({ ...duty, version: 2 })])).toEqual({ refused: null });
      expect(await facts.commit([duties.toChange({ ...duty, version: 2 })])).toEqual({
        refused: 'changed-meanwhile',
      });
      expect(await duties.find(duty)).toBeNull();
    });

    test('are settled whatever was said of them, and also when they are gone', async () => {
      const { facts, duties } = await open();
      const duty = aDuty();
      await facts.commit([duties.toOwe(duty)]);
      await facts.commit([duties.toChange(duty)]);
      expect(await facts.commit([duties.toSettle(duty)])).toEqual({ refused: null });
      expect(await duties.find(duty)).toBeNull();
      expect(await gather(duties.due('2027-12-31'))).toEqual([]);
      expect(await facts.commit([duties.toSettle(duty)])).toEqual({ refused: null });
    });
  });

const anna = 'anna@folkmoot.example';
const bela = 'bela@folkmoot.example';

export const describeDigests = (open: OpenStores) =>
  describe('digests', () => {
    const linesOf = async (digests: Digests, receiver: string): Promise<DigestLine[]> =>
      gather(digests.linesOf(await digests.open(receiver)));
    const waiting = async (digests: Digests): Promise<OpenDigest[]> =>
      (await gather(digests.waiting())).toSorted((a, b) => (a.receiver < b.receiver ? -1 : 1));

    test('gather lines for each receiver, in the order of due days', async () => {
      const { facts, digests } = await open();
      const none = { receiver: anna, number: 1, lines: 0, lastMailedOn: null };
      expect(await digests.open(anna)).toEqual(none);
      expect(await waiting(digests)).toEqual([]);
      const lines = ['2026-12-01', '2026-11-02', '2026-12-24'].map((due) => aDigestLine({ due }));
      for (const line of lines) await facts.commit([digests.toAdd(none, [line])]);
      const both = [aDigestLine({ due: '2026-12-25' }), aDigestLine({ due: '2026-12-26' })];
      await facts.commit([digests.toAdd(none, both), digests.toAdd({ ...none, receiver: bela }, both)]);
      expect(await waiting(digests)).toEqual([
        { ...none, lines: 5 },
        { ...none, receiver: bela, lines: 2 },
      ]);
      expect(await linesOf(digests, anna)).toEqual([lines[1], lines[0], lines[2], ...both]);
      expect(await linesOf(digests, bela)).toEqual(both);
    });

    test('are closed once, and begin anew', async () => {
      const { facts, digests } = await open();
      const first = await digests.open(anna);
      await facts.commit([digests.toAdd(first, [aDigestLine()])]);
      const full = await digests.open(anna);
      const close = () => facts.commit([digests.toClose(full, '2026-11-16')]);
      expect((await Promise.all([close(), close()])).map(({ refused }) => refused).sort()).toEqual([
        'changed-meanwhile',
        null,
      ]);
      const second = { receiver: anna, number: 2, lines: 0, lastMailedOn: '2026-11-16' };
      expect(await digests.open(anna)).toEqual(second);
      expect(await waiting(digests)).toEqual([]);
      expect(await linesOf(digests, anna)).toEqual([]);
      expect(await facts.commit([digests.toAdd(first, [aDigestLine()])])).toEqual({
        refused: 'changed-meanwhile',
      });
      const line = aDigestLine();
      expect(await facts.commit([digests.toAdd(second, [line])])).toEqual({ refused: null });
      expect(await waiting(digests)).toEqual([{ ...second, lines: 1 }]);
      expect(await linesOf(digests, anna)).toEqual([line]);
    });

    test('are not closed over a line that nobody has read', async () => {
      const { facts, digests } = await open();
      await facts.commit([digests.toAdd(await digests.open(anna), [aDigestLine()])]);
      const seen = await digests.open(anna);
      await facts.commit([digests.toAdd(seen, [aDigestLine()])]);
      expect(await facts.commit([digests.toClose(seen, '2026-11-16')])).toEqual({
        refused: 'changed-meanwhile',
      });
      expect(await linesOf(digests, anna)).toHaveLength(2);
    });

    test('that go to nobody leave the day of the last mail as it was', async () => {
      const { facts, digests } = await open();
      for (const mailedOn of ['2026-11-16', null]) {
        await facts.commit([digests.toAdd(await digests.open(anna), [aDigestLine()])]);
        await facts.commit([digests.toClose(await digests.open(anna), mailedOn)]);
      }
      expect(await digests.open(anna)).toMatchObject({ number: 3, lastMailedOn: '2026-11-16' });
    });
  });

export const describeDepartures = (open: OpenStores) =>
  describe('departures', () => {
    test('wait until somebody has been told, each person once', async () => {
      const { facts, departures } = await open();
      const first: Departure = { email: anna, at: '2026-11-16T10:00:00.000Z' };
      const again: Departure = { email: anna, at: '2026-11-17T10:00:00.000Z' };
      const other: Departure = { email: bela, at: '2026-11-16T10:00:00.000Z' };
      for (const one of [first, again, other]) await facts.commit([departures.toNote(one)]);
      const waiting = await gather(departures.waiting());
      expect(waiting.toSorted((a, b) => (a.email < b.email ? -1 : 1))).toEqual([again, other]);
      await facts.commit([departures.toRemove(again)]);
      expect(await facts.commit([departures.toRemove(again)])).toEqual({ refused: null });
      expect(await gather(departures.waiting())).toEqual([other]);
    });
  });
