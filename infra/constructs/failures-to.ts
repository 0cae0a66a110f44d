import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { allow } from './allow.ts';

/**
 * A queue as the place where a function's failures end: as the `onFailure` of asynchronous invocations as well
 * as of an event source mapping. Lambda puts them there in the function's name, which may send and nothing else.
 */
export function failuresTo(queue: IQueue, sender: LambdaFunction): { bind(): { destination: string } } {
  allow(sender, ['sqs:SendMessage'], [queue.queueArn]);
  return { bind: () => ({ destination: queue.queueArn }) };
}
