import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';
import type { WorkQueue } from './work-queue.ts';

export type QueueWorkerProps = BundledFunctionProps & {
  work: WorkQueue;
  batchSize: number;
};

/**
 * A function that works through a queue. It answers which messages of a batch failed, and only those come
 * again; what fails every time ends among the dead letters, and an alarm says so.
 */
export class QueueWorker extends BundledFunction {
  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id, { ...props, runbook: 'mail-dead-letters' });
    this.addEventSource(
      new SqsEventSource(props.work.queue, { batchSize: props.batchSize, reportBatchItemFailures: true }),
    );
    props.alarms.add(this, 'DeadLetters', {
      metric: props.work.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
      impact: props.impact,
      runbook: 'mail-dead-letters',
    });
  }
}
