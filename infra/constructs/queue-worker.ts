import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Runbook } from './alarms.ts';
import { allow } from './allow.ts';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';
import type { WorkQueue } from './work-queue.ts';

export type QueueWorkerProps = BundledFunctionProps & {
  work: WorkQueue;
  batchSize: number;
  /** How many batches are worked on at once, 2 to 1,000. Left out: as many as Lambda likes. */
  maxConcurrency?: number | undefined;
  runbook: Runbook;
};

/**
 * What Lambda's poller does in the function's name, and no more:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
 */
const polling = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** A message that fails once is back within the queue's visibility timeout; this one waits for something else. */
const tooLongToWait = Duration.minutes(15);

/**
 * A function that works through a queue. It answers which messages of a batch failed, and only those come
 * again; what fails every time ends among the dead letters. One alarm says so, and another that messages wait.
 */
export class QueueWorker extends BundledFunction {
  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id, props);
    const { queue, deadLetters } = props.work;
    new EventSourceMapping(this, 'Work', {
      target: this,
      eventSourceArn: queue.queueArn,
      batchSize: props.batchSize,
      reportBatchItemFailures: true,
      ...(props.maxConcurrency !== undefined && { maxConcurrency: props.maxConcurrency }),
    });
    allow(this, polling, [queue.queueArn]);
    props.alarms.add(this, 'Waiting', {
      metric: queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: tooLongToWait.toSeconds(),
      impact: props.impact,
      runbook: props.runbook,
    });
    props.alarms.add(this, 'DeadLetters', {
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
      impact: props.impact,
      runbook: props.runbook,
    });
  }
}
