import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';
import type { SingleTable } from './single-table.ts';
import { addDeadLetterQueue } from './work-queue.ts';

export type StreamWorkerProps = BundledFunctionProps & {
  source: SingleTable;
  /** Only records that were inserted with this value in the attribute `entity` wake the function. */
  entity: string;
  batchSize: number;
};

const minutesBehind = 10;

/**
 * A function that follows the table's stream, record by record in the order of each key. It answers which
 * record failed; a batch is halved to find it, and after the last attempt the position (not the content) goes
 * to a queue, so that one record cannot hold up the others for ever.
 */
export class StreamWorker extends BundledFunction {
  constructor(scope: Construct, id: string, props: StreamWorkerProps) {
    super(scope, id, { ...props, runbook: 'stream-behind' });
    const givenUp = addDeadLetterQueue(
      this,
      'GivenUp',
      `folkmoot-${props.stage.name}-${props.name}-given-up`,
    );
    this.addEventSource(
      new DynamoEventSource(props.source.table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: props.batchSize,
        maxBatchingWindow: Duration.seconds(0),
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        retryAttempts: 20,
        maxRecordAge: Duration.hours(12),
        onFailure: new SqsDlq(givenUp),
        filters: [
          FilterCriteria.filter({
            eventName: FilterRule.isEqual('INSERT'),
            dynamodb: { NewImage: { entity: { S: FilterRule.isEqual(props.entity) } } },
          }),
        ],
      }),
    );
    props.alarms.add(this, 'GivenUpAlarm', {
      metric: givenUp.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
      impact: props.impact,
      runbook: 'stream-behind',
    });
    props.alarms.add(this, 'Behind', {
      metric: this.metric('IteratorAge', { period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: Duration.minutes(minutesBehind).toMilliseconds(),
      impact: props.impact,
      runbook: 'stream-behind',
    });
  }
}
