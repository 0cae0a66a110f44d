import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeReference, referenceSchema } from '#domain/priorities/reference.ts';

const isReference = (text: string): boolean => referenceSchema.safeParse(text).success;

describe('references', () => {
  test('have 8 characters without O, I, Q, Z, 0 and 1, every third a digit', () => {
    const fractions = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
    fc.assert(
      fc.property(fractions, (stream) => {
        const reference = makeReference((limit) => Math.floor((stream.next().value ?? 0) * limit));
        expect(reference).toMatch(/^[A-Z]{2}\d[A-Z]{2}\d[A-Z]{2}$/);
        expect(reference).not.toMatch(/[OIQZ01]/);
        expect(isReference(reference)).toBe(true);
      }),
    );
  });

  test('take every letter and digit that may be taken, and ask for an even choice among them', () => {
    const limits: number[] = [];
    const seen = new Set<string>();
    for (let place = 0; place < 22; place += 1) {
      const reference = makeReference((limit) => {
        limits.push(limit);
        return place % limit;
      });
      for (const character of reference) seen.add(character);
    }
    expect([...seen].sort().join('')).toBe('23456789ABCDEFGHJKLMNPRSTUVWXY');
    expect(limits.slice(0, 8)).toEqual([22, 22, 8, 22, 22, 8, 22, 22]);
  });

  test('leave room enough that nobody hits one by guessing', () => {
    expect(22 ** 6 * 8 ** 2).toBeGreaterThan(7e9);
  });

  test.each([
    '',
    'AB2CD3E',
    'AB2CD3EFG',
    'AB1CD3EF',
    'AO2CD3EF',
    'ab2cd3ef',
    'AB2CD3EF ',
    'AB2CD3EF\n',
    'A22CD3EF',
  ])('%j is none', (text) => {
    expect(isReference(text)).toBe(false);
  });
});
