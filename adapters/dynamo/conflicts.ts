import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';

// What a transaction is cancelled for although nothing is wrong with it.
const PASSING = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Whether somebody else was at the same items at the same moment. Certainly nothing was written then. The
 * SDK repeats neither of these by itself.
 */
export const isConflict = (fault: unknown): boolean =>
  fault instanceof TransactionConflictException ||
  (fault instanceof TransactionCanceledException &&
    (fault.CancellationReasons ?? []).some(({ Code }) => Code !== undefined && PASSING.has(Code)));
