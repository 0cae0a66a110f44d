import { describeSpread, type Spread } from './statistics.ts';

/** The two sides of a comparison, ready to be measured. Each call takes one sample, in the comparison's unit. */
export interface Sides {
  readonly baseline: () => Promise<number>;
  readonly subject: () => Promise<number>;
  readonly close?: () => Promise<void>;
}

/** What we do against what it costs without us, measured in turn in the same run on the same machine. */
export interface Comparison {
  /** Short and lasting: results of different runs are matched by it. */
  readonly name: string;
  /** What the two sides do, in a sentence each. */
  readonly baseline: string;
  readonly subject: string;
  /** Of a sample: `ms`, `requests/s`, ... */
  readonly unit: string;
  /** Whether a smaller or a larger ratio of subject to baseline is the better one, and what we aim for. */
  readonly aim: { readonly atMost: number } | { readonly atLeast: number };
  readonly rounds: { readonly full: number; readonly short: number };
  /** Samples of each side that are thrown away first. One when left out. */
  readonly warmUps?: number;
  readonly prepare: () => Promise<Sides>;
}

export interface ComparisonResult {
  readonly name: string;
  readonly baseline: Spread & { readonly what: string };
  readonly subject: Spread & { readonly what: string };
  readonly unit: string;
  /** Median of the subject by median of the baseline. */
  readonly ratio: number;
  /** Of the ratios of the single rounds: how far to trust the ratio. */
  readonly ratioSpread: Spread;
  readonly aim: Comparison['aim'];
  readonly aimMet: boolean;
}

/**
 * Measures both sides in turn, and changes who goes first every round, so that a machine which slows down or warms up
 * does so for both.
 */
export async function compare(
  comparison: Comparison,
  { short = false }: { readonly short?: boolean } = {},
): Promise<ComparisonResult> {
  const { name, unit, aim, warmUps = 1, rounds } = comparison;
  const sides = await comparison.prepare();
  try {
    for (let round = 0; round < warmUps; round += 1) await measureRound(sides, round);
    const measured: Round[] = [];
    for (let round = 0; round < (short ? rounds.short : rounds.full); round += 1) {
      measured.push(await measureRound(sides, round));
    }
    const baseline = describeSpread(measured.map((round) => round.baseline));
    const subject = describeSpread(measured.map((round) => round.subject));
    const ratio = subject.median / baseline.median;
    return {
      name,
      baseline: { what: comparison.baseline, ...baseline },
      subject: { what: comparison.subject, ...subject },
      unit,
      ratio,
      ratioSpread: describeSpread(measured.map((round) => round.subject / round.baseline)),
      aim,
      aimMet: 'atMost' in aim ? ratio <= aim.atMost : ratio >= aim.atLeast,
    };
  } finally {
    await sides.close?.();
  }
}

interface Round {
  readonly baseline: number;
  readonly subject: number;
}

async function measureRound({ baseline, subject }: Sides, round: number): Promise<Round> {
  if (round % 2 === 0) return { baseline: await baseline(), subject: await subject() };
  const first = await subject();
  return { baseline: await baseline(), subject: first };
}

/** Milliseconds that the work takes. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/**
 * How many pieces of work a second get done when `atOnce` of them are always under way; `work` is told its number,
 * from 0.
 */
export async function throughputOf(
  work: (index: number) => Promise<unknown>,
  { count, atOnce }: { readonly count: number; readonly atOnce: number },
): Promise<number> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  const elapsed = await timeOf(() => Promise.all(Array.from({ length: atOnce }, lane)));
  return (count / elapsed) * 1000;
}

/**
 * By how much of its former ratio a comparison got worse: 0.1 is a tenth. Negative when it got better, undefined when
 * there is nothing to compare with.
 */
export function regressionOf(now: ComparisonResult, before: readonly ComparisonResult[]): number | undefined {
  const former = before.find(({ name }) => name === now.name);
  if (former === undefined) return undefined;
  const growth = now.ratio / former.ratio - 1;
  return 'atMost' in now.aim ? growth : -growth;
}
