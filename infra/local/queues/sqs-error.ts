/**
 * A refusal in the words of SQS. `code` is the shape's name in the JSON protocol; `queryCode` is the code of
 * the older Query protocol, which the SDK prefers as the error's `Code` where it is sent.
 */
export class SqsError extends Error {
  override name = 'SqsError';
  readonly code: string;
  readonly queryCode: string;

  constructor(code: string, message: string, queryCode = code) {
    super(message);
    this.code = code;
    this.queryCode = queryCode;
  }
}

const LEGACY = 'AWS.SimpleQueueService';

export function invalidValue(message: string): SqsError {
  return new SqsError('InvalidParameterValue', message);
}

export function missingParameter(name: string): SqsError {
  return new SqsError('MissingParameter', `The request must contain the parameter ${name}.`);
}

export function unknownQueue(): SqsError {
  return new SqsError(
    'QueueDoesNotExist',
    'The specified queue does not exist.',
    `${LEGACY}.NonExistentQueue`,
  );
}

export function batchError(code: string, message: string): SqsError {
  return new SqsError(code, message, `${LEGACY}.${code}`);
}

export function unsupported(message: string): SqsError {
  return new SqsError('UnsupportedOperation', message, `${LEGACY}.UnsupportedOperation`);
}
