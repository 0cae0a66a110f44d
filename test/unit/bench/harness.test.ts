import { describe, expect, test } from 'vitest';
import { type Comparison, compare, regressionOf, throughputOf } from '#test/bench/harness.ts';
import { type BenchResults, printResults } from '#test/bench/report.ts';
import { describeSpread } from '#test/bench/statistics.ts';

function comparison(changes: Partial<Comparison> = {}): {
  readonly calls: string[];
  readonly it: Comparison;
} {
  const calls: string[] = [];
  const side = (name: string, samples: readonly number[]) => {
    let taken = 0;
    return async () => {
      calls.push(name);
      const sample = samples[taken % samples.length] ?? 0;
      taken += 1;
      return sample;
    };
  };
  const it: Comparison = {
    name: 'page',
    baseline: 'nothing',
    subject: 'something',
    unit: 'ms',
    aim: { atMost: 3 },
    rounds: { full: 4, short: 1 },
    warmUps: 0,
    prepare: async () => ({
      baseline: side('baseline', [10, 20]),
      subject: side('subject', [20, 40]),
      close: async () => void calls.push('close'),
    }),
    ...changes,
  };
  return { calls, it };
}

describe('a comparison', () => {
  test('measures both sides in turn, changes who goes first, and cleans up', async () => {
    const { calls, it } = comparison({ rounds: { full: 2, short: 1 } });
    await compare(it);
    expect(calls).toEqual(['baseline', 'subject', 'subject', 'baseline', 'close']);
  });

  test('answers with the median of the ratios of its rounds', async () => {
    const result = await compare(comparison().it);
    expect(result).toMatchObject({ ratio: 2, aimMet: true, ratioSpread: { min: 2, max: 2 } });
    expect(result.baseline).toMatchObject({ median: 15, samples: 4 });
  });

  test('throws its warm-ups away, and takes fewer samples in the short form', async () => {
    const { calls, it } = comparison({ warmUps: 2 });
    const result = await compare(it, { short: true });
    expect(result.subject.samples).toBe(1);
    expect(calls.filter((call) => call === 'subject')).toHaveLength(3);
  });

  test('says when the aim is missed, whichever way it points', async () => {
    expect((await compare(comparison({ aim: { atMost: 1.5 } }).it)).aimMet).toBe(false);
    expect((await compare(comparison({ aim: { atLeast: 2.5 } }).it)).aimMet).toBe(false);
  });
});

describe('a regression', () => {
  test('is a larger ratio where we aim low, and a smaller one where we aim high', async () => {
    const low = await compare(comparison().it);
    const high = await compare(comparison({ aim: { atLeast: 1 } }).it);
    expect(regressionOf({ ...low, ratio: 3 }, [low])).toBeCloseTo(0.5);
    expect(regressionOf({ ...high, ratio: 1 }, [high])).toBeCloseTo(0.5);
    expect(regressionOf(low, [])).toBeUndefined();
  });
});

describe('throughput', () => {
  test('does every piece once, never more at once than it may', async () => {
    const seen: number[] = [];
    let running = 0;
    let most = 0;
    const perSecond = await throughputOf(
      async (index) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        seen.push(index);
        running -= 1;
      },
      { count: 20, atOnce: 4 },
    );
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(most).toBe(4);
    expect(perSecond).toBeGreaterThan(0);
  });
});

test('quartiles lie between neighbours', () => {
  expect(describeSpread([4, 1, 3, 2])).toMatchObject({
    median: 2.5,
    lowerQuartile: 1.75,
    upperQuartile: 3.25,
  });
});

test('the table names the machine, the aim and a change for the worse', async () => {
  const former = await compare(comparison().it);
  const results: BenchResults = {
    at: '2027-01-01T00:00:00.000Z',
    short: false,
    machine: { cpu: 'A processor', cores: 2, memoryGiB: 8, node: 'v24.0.0', kernel: 'Linux 6' },
    comparisons: [{ ...former, ratio: 2.5 }],
  };
  const table = printResults(results, [former]);
  expect(table).toContain('A processor, 2 cores, 8 GiB');
  expect(table).toContain('≤ 3 met');
  expect(table).toContain('25 % WORSE');
});
