import { describe, expect, test } from 'vitest';
import { type Comparison, type ComparisonResult, compare, uncertaintyOf } from '#test/bench/harness.ts';
import { judge } from '#test/bench/judge.ts';
import { countVerdicts } from '#test/support/gate/bench-step.ts';

/** Chance that is the same in every run (mulberry32). */
const chance = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

/** A machine on which every sample is off by up to `noise`, and some take twice as long. */
const coldStart = (
  subjectMs: number,
  { seed, noise = 0.15, aim = { atMost: 2.5 } }: { seed: number; noise?: number; aim?: Comparison['aim'] },
): Comparison => {
  const random = chance(seed);
  const sample = (ms: number) => async () =>
    ms * (1 + noise * (2 * random() - 1)) * (random() < 0.05 ? 2 : 1);
  return {
    name: 'cold start',
    baseline: 'nothing',
    subject: 'something',
    unit: 'ms',
    aim,
    rounds: { full: 30, short: 12 },
    warmUps: 0,
    prepare: async () => ({ baseline: sample(100), subject: sample(subjectMs) }),
  };
};

const committed = [await compare(coldStart(250, { seed: 1 }))];
const judgeShort = (comparison: Comparison, before = committed) =>
  judge(() => compare(comparison, { short: true }), before);

describe('the judge of the benchmarks', () => {
  test('lets pass what is as fast as before, on a restless machine, in each of 300 runs', async () => {
    const verdicts = await Promise.all(
      Array.from({ length: 300 }, (_, seed) => judgeShort(coldStart(250, { seed: seed + 2, noise: 0.3 }))),
    );
    expect(verdicts.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('catches 100 ms more at import, in each of 300 runs', async () => {
    const verdicts = await Promise.all(
      Array.from({ length: 300 }, (_, seed) => judgeShort(coldStart(350, { seed: seed + 2, noise: 0.3 }))),
    );
    expect(verdicts.filter(({ ok }) => ok)).toEqual([]);
    expect(verdicts[0]).toMatchObject({ attempts: 4, reason: expect.stringContaining('worse by') });
  });

  test('believes a regression only after it was seen four times', async () => {
    const bad = await compare(coldStart(350, { seed: 5, noise: 0 }));
    const good = await compare(coldStart(255, { seed: 5, noise: 0 }));
    const inTurn = (results: ComparisonResult[]) => async () => results.shift() ?? good;
    expect(await judge(inTurn([bad, bad, bad, good]), committed)).toMatchObject({ ok: true, attempts: 4 });
    expect(await judge(inTurn([bad, bad, bad, bad, good]), committed)).toMatchObject({
      ok: false,
      attempts: 4,
    });
    expect(await judge(inTurn([good]), committed)).toMatchObject({ ok: true, attempts: 1 });
  });

  test('lets pass what nothing was committed for, and a missed aim that does not bind', async () => {
    expect(await judgeShort(coldStart(350, { seed: 7 }), [])).toMatchObject({ ok: true, attempts: 1 });
  });

  test('fails on a missed aim that binds, also when it was missed before', async () => {
    const binding = coldStart(250, { seed: 7, noise: 0, aim: { atMost: 1, binding: true } });
    const verdict = await judgeShort(binding, [await compare(binding)]);
    expect(verdict).toMatchObject({ ok: false, reason: expect.stringContaining('misses its aim') });
  });

  test('holds an aim against the subject itself where that is what is aimed at', async () => {
    const ofSubject = (atMost: number) =>
      compare(coldStart(250, { seed: 7, noise: 0, aim: { atMost, ofSubject: true } }), { short: true });
    expect((await ofSubject(260)).aimMet).toBe(true);
    expect((await ofSubject(60)).aimMet).toBe(false);
  });
});

describe('a comparison whose rounds disagree', () => {
  test('is measured for longer, up to four times as long', async () => {
    const samples = async (noise: number) =>
      (await compare(coldStart(250, { seed: 3, noise }), { short: true })).subject.samples;
    expect(await samples(0.02)).toBe(12);
    expect(await samples(0.35)).toBeGreaterThan(12);
    expect(await samples(0.9)).toBe(48);
  });

  test('says by how much its ratio may be off', () => {
    expect(uncertaintyOf([2, 2, 2, 2])).toBe(0);
    const random = chance(9);
    const medians = Array.from({ length: 400 }, () => {
      const samples = Array.from({ length: 20 }, () => 1 + (random() + random() + random() - 1.5) / 5);
      const sorted = samples.toSorted((a, b) => a - b);
      const median = ((sorted[9] ?? 0) + (sorted[10] ?? 0)) / 2;
      return Math.abs(median - 1) <= uncertaintyOf(samples) * median;
    });
    expect(medians.filter(Boolean).length / medians.length).toBeGreaterThan(0.9);
  });
});

test('the step of the gate counts a test for each comparison and names those that got worse', () => {
  const verdicts = [
    { name: 'a', ok: true, reason: '' },
    { name: 'b', ok: false, reason: 'worse by 20 %' },
  ];
  expect(countVerdicts(JSON.stringify({ verdicts }))).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
    note: 'b: worse by 20 %',
  });
});
