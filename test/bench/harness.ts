import { describeSpread, type Spread } from './statistics.ts';

/** The two sides of a comparison, ready to be measured. Each call takes one sample, in the comparison's unit. */
export interface Sides {
  readonly baseline: () => Promise<number>;
  readonly subject: () => Promise<number>;
  readonly close?: () => Promise<void>;
}

/** Whether a smaller or a larger ratio of subject to baseline is the better one, and what we aim for. */
export type Aim = ({ readonly atMost: number } | { readonly atLeast: number }) & {
  /** What is aimed at is the subject itself, in its unit, instead of the ratio. */
  readonly ofSubject?: true;
  /** Missing it is a failure by itself, whatever it was before. */
  readonly binding?: true;
};

/**
 * What we do against what it costs without us, measured in turn in the same run on the same machine. To add
 * one, put it into `comparisons` of any test/bench/NAME.bench.ts, and commit bench/results.json after
 * `npm run bench -- 'its name'` on a quiet machine: from then on, a regression by a tenth fails the gate.
 */
export interface Comparison {
  /** Short and lasting: results of different runs are matched by it. */
  readonly name: string;
  /** What the two sides do, in a sentence each. */
  readonly baseline: string;
  readonly subject: string;
  /** Of a sample: `ms`, `requests/s`, ... */
  readonly unit: string;
  readonly aim: Aim;
  /** How many rounds are measured; more when they disagree (see `compare`). 1 for what is always the same. */
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
  /** Median of the ratios of the single rounds: what disturbs the machine for a while disturbs both sides of a round. */
  readonly ratio: number;
  readonly ratioSpread: Spread;
  /** How far the ratio may be off (see `uncertaintyOf`): 0.1 is a tenth of it. */
  readonly uncertainty: number;
  readonly aim: Aim;
  readonly aimMet: boolean;
}

/** Above this, the rounds disagree too much to tell a change of a tenth. */
const TOO_UNCERTAIN = 0.1;
/** How many times the planned number of rounds are measured at most. */
const MOST_WIDENING = 4;

/**
 * Measures both sides in turn, and changes who goes first every round, so that a machine which slows down or warms up
 * does so for both. Where the rounds disagree by so much that a change of a tenth could not be seen, it measures as
 * many again, up to four times.
 */
export async function compare(
  comparison: Comparison,
  { short = false }: { readonly short?: boolean } = {},
): Promise<ComparisonResult> {
  const { warmUps = 1, rounds } = comparison;
  const planned = short ? rounds.short : rounds.full;
  const sides = await comparison.prepare();
  try {
    for (let round = 0; round < warmUps; round += 1) await measureRound(sides, round);
    const measured: Round[] = [];
    do {
      for (let round = 0; round < planned; round += 1) {
        measured.push(await measureRound(sides, measured.length));
      }
    } while (measured.length < planned * MOST_WIDENING && uncertaintyOf(ratiosOf(measured)) > TOO_UNCERTAIN);
    return describe(comparison, measured);
  } finally {
    await sides.close?.();
  }
}

function describe(comparison: Comparison, measured: readonly Round[]): ComparisonResult {
  const { name, unit, aim } = comparison;
  const baseline = describeSpread(measured.map((round) => round.baseline));
  const subject = describeSpread(measured.map((round) => round.subject));
  const ratioSpread = describeSpread(ratiosOf(measured));
  const ratio = ratioSpread.median;
  const reached = aim.ofSubject ? subject.median : ratio;
  return {
    name,
    baseline: { what: comparison.baseline, ...baseline },
    subject: { what: comparison.subject, ...subject },
    unit,
    ratio,
    ratioSpread,
    uncertainty: uncertaintyOf(ratiosOf(measured)),
    aim,
    aimMet: 'atMost' in aim ? reached <= aim.atMost : reached >= aim.atLeast,
  };
}

const ratiosOf = (measured: readonly Round[]) => measured.map(({ baseline, subject }) => subject / baseline);

/**
 * By how much of itself the median of such samples may be off, nineteen times out of twenty: 1.96 times the standard
 * error of a median, 1.25 × σ / √n, with σ from the quartiles (they are 1.35 σ apart), which a stray sample does not
 * move.
 */
export function uncertaintyOf(samples: readonly number[]): number {
  const { median, lowerQuartile, upperQuartile } = describeSpread(samples);
  const sigma = (upperQuartile - lowerQuartile) / 1.35;
  return (1.96 * 1.25 * sigma) / Math.sqrt(samples.length) / median;
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
