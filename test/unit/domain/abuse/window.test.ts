import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryLimits } from '#adapters/memory/limits.ts';
import type { Limit, Taken } from '#domain/abuse/ports.ts';
import { placeIn, roomFor, waitFor } from '#domain/abuse/window.ts';

const START = Date.parse('2026-11-23T09:30:00.000Z');

const anyLimit = fc
  .record({ most: fc.integer({ min: 1, max: 40 }), perSeconds: fc.integer({ min: 1, max: 3600 }) })
  .map((numbers): Limit => ({ name: 'anything', ...numbers }));

/** Asks after each of some pauses (in milliseconds); answers with the moments at which it passed. */
const ask = async (limit: Limit, pauses: readonly number[]) => {
  let at = START;
  const limits = new MemoryLimits({ now: () => new Date(at).toISOString() });
  const passedAt: number[] = [];
  const answers: { at: number; taken: Taken }[] = [];
  for (const pause of pauses) {
    at += pause;
    const taken = await limits.take(limit, 'somebody');
    answers.push({ at, taken });
    if (taken.passes) passedAt.push(at);
  }
  return { passedAt, answers };
};

const most = (times: readonly number[], ms: number): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + ms).length));

describe('a sliding window', () => {
  const pauses = fc.array(
    fc.oneof(fc.constant(0), fc.integer({ max: 2_000, min: 0 }), fc.integer({ min: 0, max: 600_000 })),
    { maxLength: 150 },
  );

  test('lets no more than the limit pass in a fixed window, and never twice as many in any', async () => {
    await fc.assert(
      fc.asyncProperty(anyLimit, pauses, async (limit, list) => {
        const { passedAt } = await ask(limit, list);
        const length = limit.perSeconds * 1000;
        const fixed = Map.groupBy(passedAt, (at) => placeIn(limit, at).window);
        for (const times of fixed.values()) expect(times.length).toBeLessThanOrEqual(limit.most);
        expect(most(passedAt, length)).toBeLessThan(Math.max(2, 2 * limit.most));
      }),
    );
  });

  test('refuses nobody who comes evenly, one time fewer than the limit', async () => {
    await fc.assert(
      fc.asyncProperty(anyLimit, fc.integer({ min: 1, max: 120 }), async (limit, count) => {
        fc.pre(limit.most > 1);
        const pause = Math.ceil((limit.perSeconds * 1000) / (limit.most - 1));
        const { passedAt } = await ask(limit, Array<number>(count).fill(pause));
        expect(passedAt).toHaveLength(count);
      }),
    );
  });

  test('lets in whoever waits as long as was said, and not a second earlier', () => {
    const counts = fc.integer({ min: 0, max: 80 });
    fc.assert(
      fc.property(anyLimit, counts, counts, fc.nat(), (limit, before, now, any) => {
        const length = limit.perSeconds * 1000;
        const elapsedMs = any % length;
        const roomAfter = (ms: number): boolean => {
          const at = elapsedMs + ms;
          if (at < length) return now < roomFor(limit, { before, elapsedMs: at });
          if (at < 2 * length) return roomFor(limit, { before: now, elapsedMs: at - length }) > 0;
          return true;
        };
        const wait = waitFor(limit, { before, now, elapsedMs });
        expect(roomAfter(wait)).toBe(true);
        if (wait > 0) expect(roomAfter(wait - 1)).toBe(false);
        expect(wait).toBeLessThanOrEqual(2 * length);
      }),
    );
  });
});
