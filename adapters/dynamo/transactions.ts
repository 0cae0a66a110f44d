import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** Which parts of a transaction did not hold, by their position; null when it failed for another reason. */
export const refusedParts = (fault: unknown): readonly boolean[] | null => {
  if (!(fault instanceof TransactionCanceledException)) return null;
  const reasons = (fault.CancellationReasons ?? []).map(({ Code }) => Code === 'ConditionalCheckFailed');
  return reasons.includes(true) ? reasons : null;
};
