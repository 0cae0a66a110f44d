import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Runbook } from './alarms.ts';
import { allow } from './allow.ts';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';
import { failuresTo } from './failures-to.ts';
import type { SingleTable } from './single-table.ts';
import { addFailureQueue } from './work-queue.ts';

export type StreamWorkerProps = BundledFunctionProps & {
  source: SingleTable;
  /** Only records that were inserted with one of these values in the attribute `entity` wake the function. */
  entities: readonly string[];
  batchSize: number;
  runbook: Runbook;
};

const minutesBehind = 10;

/**
 * What Lambda's poller does in the function's name, and no more. ListStreams is never called as far as anybody can
 * see, but Lambda makes no event source mapping without it:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
 */
const polling = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

/**
 * A function that follows the table's stream (two may: more readers slow each other down), record by record in the order of each key. It answers which
 * record failed; a batch is halved to find it, and after the last attempt the position (not the content) goes
 * to a queue, so that one record cannot hold up the others for ever.
 */
export class StreamWorker extends BundledFunction {
  constructor(scope: Construct, id: string, props: StreamWorkerProps) {
    super(scope, id, props);
    const givenUp = addFailureQueue(this, props.stage, props.name, 'given-up');
    new EventSourceMapping(this, 'Changes', {
      target: this,
      eventSourceArn: props.source.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: props.batchSize,
      maxBatchingWindow: Duration.seconds(0),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 20,
      maxRecordAge: Duration.hours(12),
      onFailure: failuresTo(givenUp, this),
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { NewImage: { entity: { S: FilterRule.or(...props.entities) } } },
        }),
      ],
    });
    allow(this, polling, [props.source.streamArn]);
    props.alarms.add(this, 'GivenUpAlarm', {
      metric: givenUp.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
      impact: props.impact,
      runbook: props.runbook,
    });
    props.alarms.add(this, 'Behind', {
      metric: this.metric('IteratorAge', { period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: Duration.minutes(minutesBehind).toMilliseconds(),
      impact: props.impact,
      runbook: props.runbook,
    });
  }
}
