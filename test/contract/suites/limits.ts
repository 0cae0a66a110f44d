import { describe, expect, test } from 'vitest';
import type { Limit, Taken } from '#domain/abuse/ports.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const SECOND = 1 / 3600;
const limit: Limit = { name: 'posts a minute', most: 5, perSeconds: 60 };
const passed = (all: readonly Taken[]): number => all.filter(({ passes }) => passes).length;

export const describeLimits = (open: OpenStores) =>
  describe('limits', () => {
    test('let so many pass and no more, and say how long to wait', async () => {
      const { limits, clock } = await open();
      clock.set('2026-11-23T09:30:00.000Z');
      for (let taken = 0; taken < 5; taken += 1)
        expect(await limits.take(limit, '192.0.2.1')).toEqual({ passes: true });
      // A fifth of the next minute has to pass before one of the five has lost its weight.
      expect(await limits.take(limit, '192.0.2.1')).toEqual({ passes: false, waitSeconds: 72 });
      expect(await limits.look(limit, '192.0.2.1')).toEqual({ passes: false, waitSeconds: 72 });
      clock.advance(71 * SECOND);
      expect(await limits.take(limit, '192.0.2.1')).toEqual({ passes: false, waitSeconds: 1 });
      clock.advance(SECOND);
      expect(await limits.look(limit, '192.0.2.1')).toEqual({ passes: true });
      expect(await limits.take(limit, '192.0.2.1')).toEqual({ passes: true });
      expect(await limits.take(limit, '192.0.2.1')).toMatchObject({ passes: false });
    });

    test('are whole again when nothing was counted for two windows', async () => {
      const { limits, clock } = await open();
      for (let taken = 0; taken < 6; taken += 1) await limits.take(limit, 'a');
      clock.advance(121 * SECOND);
      expect(passed(await Promise.all(Array.from({ length: 9 }, () => limits.take(limit, 'a'))))).toBe(5);
    });

    test('are counted apart for each visitor and each limit', async () => {
      const { limits } = await open();
      const other = { ...limit, name: 'something else' };
      for (let taken = 0; taken < 6; taken += 1) await limits.take(limit, 'a');
      expect(await limits.take(limit, 'a')).toMatchObject({ passes: false });
      expect(await limits.take(limit, 'b')).toEqual({ passes: true });
      expect(await limits.take(other, 'a')).toEqual({ passes: true });
    });

    test('are not taken from by looking, nor by what is refused', async () => {
      const { limits, clock } = await open();
      clock.set('2026-11-23T09:30:00.000Z');
      for (let looked = 0; looked < 20; looked += 1)
        expect(await limits.look(limit, 'a')).toEqual({ passes: true });
      for (let taken = 0; taken < 20; taken += 1) await limits.take(limit, 'a');
      clock.set('2026-11-23T09:31:12.000Z');
      expect(await limits.take(limit, 'a')).toEqual({ passes: true });
    });

    test('let never more pass than may, however many ask at once', async () => {
      const { limits, clock } = await open();
      clock.set('2026-11-23T09:30:00.000Z');
      const askAtOnce = () => Promise.all(Array.from({ length: 50 }, () => limits.take(limit, 'a')));
      expect(passed(await askAtOnce())).toBe(5);
      clock.set('2026-11-23T09:31:30.000Z');
      expect(passed(await askAtOnce())).toBe(2);
    });

    test('go on over midnight, when the secret changes', async () => {
      const { limits, clock } = await open();
      clock.set('2026-11-23T23:59:59.000Z');
      for (let taken = 0; taken < 5; taken += 1) await limits.take(limit, 'a');
      clock.set('2026-11-24T00:00:01.000Z');
      expect(await limits.take(limit, 'a')).toMatchObject({ passes: false });
    });

    test('know any visitor', async () => {
      const { limits } = await open();
      for (const visitor of ['', '\u0000', '\ud800', 'x'.repeat(10_000)])
        expect(await limits.take(limit, visitor)).toEqual({ passes: true });
    });
  });

export const describeDaySecrets = (open: OpenStores) =>
  describe('day secrets', () => {
    test('are one for each day, whoever asks first', async () => {
      const { daySecrets, clock } = await open();
      clock.set('2026-11-23T09:30:00.000Z');
      const asked = await Promise.all(Array.from({ length: 5 }, () => daySecrets.of('2026-11-23')));
      expect(asked[0]).toMatch(/^[\w-]{43}$/);
      expect(new Set(asked).size).toBe(1);
      clock.set('2026-11-24T00:00:00.000Z');
      expect(await daySecrets.of('2026-11-24')).not.toBe(asked[0]);
      expect(await daySecrets.of('2026-11-23')).toBe(asked[0]);
    });

    test('are made for no day but today, and forgotten after three', async () => {
      const { daySecrets, clock } = await open();
      clock.set('2026-11-23T09:30:00.000Z');
      expect(await daySecrets.of('2026-11-22')).toBeNull();
      expect(await daySecrets.of('2026-11-24')).toBeNull();
      expect(await daySecrets.of('2026-11-23')).not.toBeNull();
      clock.set('2026-11-25T23:59:59.000Z');
      expect(await daySecrets.of('2026-11-23')).not.toBeNull();
      clock.set('2026-11-26T00:00:00.000Z');
      expect(await daySecrets.of('2026-11-23')).toBeNull();
    });
  });
