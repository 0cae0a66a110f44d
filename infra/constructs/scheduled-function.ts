import { Duration, Stack, type TimeZone } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';
import { findLogicalId } from './pin-logical-id.ts';
import { addDeadLetterQueue } from './work-queue.ts';

export type Cron = { minute: string; hour: string; weekDay?: string; day?: string; month?: string };

export type ScheduledFunctionProps = BundledFunctionProps & {
  /** When it runs, by the clock on the wall of the time zone: summer time is EventBridge's concern. */
  cron: Cron;
  timeZone: TimeZone;
};

const worthRunningFor = Duration.hours(1);

/**
 * A function that runs by the clock. A run that could not be started or that failed is tried again for an
 * hour; after that its event lies in a queue, and an alarm says so.
 */
export class ScheduledFunction extends BundledFunction {
  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id, { ...props, runbook: 'schedule-failed' });
    const scheduleName = `folkmoot-${props.stage.name}-${props.name}`;
    const missed = addDeadLetterQueue(this, 'Missed', `${scheduleName}-missed`);
    this.configureAsyncInvoke({
      onFailure: new SqsDestination(missed),
      retryAttempts: 2,
      maxEventAge: worthRunningFor,
    });
    const starter = new Role(this, 'Starter', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    acknowledge(starter, {
      [`AwsSolutions-IAM5[Resource::<${findLogicalId(this)}.Arn>:*]`]:
        'The asterisk stands for the versions of this one function.',
    });
    new Schedule(this, 'Schedule', {
      scheduleName,
      description: `Runs ${props.name}`,
      schedule: ScheduleExpression.cron({ ...props.cron, timeZone: props.timeZone }),
      target: new LambdaInvoke(this, {
        role: starter,
        deadLetterQueue: missed,
        retryAttempts: 5,
        maxEventAge: worthRunningFor,
      }),
    });
    props.alarms.add(this, 'MissedAlarm', {
      metric: missed.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
      impact: props.impact,
      runbook: 'schedule-failed',
    });
  }
}
