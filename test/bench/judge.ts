import { type ComparisonResult, regressionOf } from './harness.ts';

/** A change for the worse that has to be explained. */
export const TOLERATED_REGRESSION = 0.1;

/** A regression is believed when it was seen this often, each time measured anew. */
const ATTEMPTS = 4;

export interface Verdict {
  readonly name: string;
  readonly ok: boolean;
  /** The attempt that counts: the first that is no regression, or the last. */
  readonly result: ComparisonResult;
  readonly attempts: number;
  /** One line for people. */
  readonly reason: string;
}

/**
 * Says whether a comparison got worse by more than a tenth of the ratio that `before` holds, or misses an aim that
 * binds. What looks like it is measured again, three times, before it is believed: a machine with other work to do
 * has bad minutes, slow code is slow in all of them. Ratios only are compared, never times, so that it does not
 * matter on which machine `before` was measured.
 */
export async function judge(
  measure: () => Promise<ComparisonResult>,
  before: readonly ComparisonResult[],
  most = ATTEMPTS,
): Promise<Verdict> {
  for (let attempts = 1; ; attempts += 1) {
    const result = await measure();
    const fault = faultOf(result, before);
    if (fault === undefined || attempts === most)
      return {
        name: result.name,
        ok: fault === undefined,
        result,
        attempts,
        reason: fault ?? describeChange(result, before),
      };
  }
}

function faultOf(result: ComparisonResult, before: readonly ComparisonResult[]): string | undefined {
  if (result.aim.binding && !result.aimMet) return `misses its aim: ${describeAim(result)}`;
  const regression = regressionOf(result, before);
  if (regression === undefined || regression <= TOLERATED_REGRESSION) return undefined;
  return `worse by ${percent(regression)} than the committed ratio: ${result.ratio.toFixed(2)}`;
}

function describeChange(result: ComparisonResult, before: readonly ComparisonResult[]): string {
  const regression = regressionOf(result, before);
  if (regression === undefined) return 'new: there is no committed ratio to compare with';
  return `${percent(Math.abs(regression))} ${regression > 0 ? 'worse' : 'better'} than the committed ratio`;
}

const describeAim = ({ aim, ratio, subject, unit }: ComparisonResult): string => {
  const reached = aim.ofSubject ? `${subject.median.toFixed(1)} ${unit}` : ratio.toFixed(2);
  return 'atMost' in aim ? `${reached} instead of ≤ ${aim.atMost}` : `${reached} instead of ≥ ${aim.atLeast}`;
};

const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
