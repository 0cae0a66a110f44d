import { ChangedMeanwhile } from './changed-meanwhile.ts';
import type { Facts, Write } from './facts.ts';
import { failed, ok, type Result } from './result.ts';

/**
 * Makes these changes, one of which stores `after` in place of `before`. Answers with the record as it is stored then,
 * one version on; fails when somebody else was faster.
 */
export const commitRecord = async <Stored extends { readonly version: number }>(
  facts: Facts,
  { before, after }: { readonly before: Stored | null; readonly after: Stored },
  writes: readonly Write[],
): Promise<Result<Stored, ChangedMeanwhile>> => {
  const { refused } = await facts.commit(writes);
  if (refused !== null) return failed(new ChangedMeanwhile());
  return ok(before ? { ...after, version: before.version + 1 } : after);
};
