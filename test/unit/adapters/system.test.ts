import { expect, test } from 'vitest';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { randomBelow } from '#adapters/system/random.ts';
import { systemReferences } from '#adapters/system/references.ts';
import { referenceSchema } from '#domain/priorities/reference.ts';

const MANY = 1_000;

test('the clock tells this moment in UTC with milliseconds', () => {
  const before = Date.now();
  const now = systemClock.now();
  expect(now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(Date.parse(now) - before).toBeLessThan(1_000);
});

test('identities are different and sort as they were made', () => {
  const ids = Array.from({ length: MANY }, () => systemIds.next());
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(MANY);
  expect(ids.toSorted()).toEqual(ids);
});

test('a secret is 256 bits in characters that an address line can hold', () => {
  expect(systemIds.secret()).toMatch(/^[\w-]{43}$/);
  expect(systemIds.secret()).not.toBe(systemIds.secret());
});

test('references are as they should be, and none comes twice', () => {
  const references = Array.from({ length: MANY }, () => systemReferences.next());
  for (const reference of references) expect(reference).toMatch(/^[A-Z]{2}\d[A-Z]{2}\d[A-Z]{2}$/);
  expect(references.every((reference) => referenceSchema.safeParse(reference).success)).toBe(true);
  expect(new Set(references).size).toBe(MANY);
});

test('chance is even', () => {
  const counts = [0, 0, 0, 0];
  for (let time = 0; time < MANY * counts.length; time += 1) {
    const place = randomBelow(counts.length);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  // Ten standard deviations: it does not happen by chance.
  for (const count of counts) expect(Math.abs(count - MANY)).toBeLessThan(275);
});
