import { Duration, Stack, type TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, type ScheduleTargetConfig } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';
import { failuresTo } from './failures-to.ts';
import { addFailureQueue } from './work-queue.ts';

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
    const missed = addFailureQueue(this, props.stage, props.name, 'missed');
    this.configureAsyncInvoke({
      onFailure: failuresTo(missed, this),
      retryAttempts: 2,
      maxEventAge: worthRunningFor,
    });
    new Schedule(this, 'Schedule', {
      scheduleName,
      description: `Runs ${props.name}`,
      schedule: ScheduleExpression.cron({ ...props.cron, timeZone: props.timeZone }),
      target: { bind: () => this.#describeTarget(missed) },
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
  /** The scheduler's own role may start this function, put what did not start in the queue, and nothing else. */
  #describeTarget(missed: IQueue): ScheduleTargetConfig {
    const role = new Role(this, 'Starter', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.functionArn] }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [missed.queueArn] }));
    return {
      arn: this.functionArn,
      role,
      deadLetterConfig: { arn: missed.queueArn },
      retryPolicy: {
        maximumRetryAttempts: 5,
        maximumEventAgeInSeconds: worthRunningFor.toSeconds(),
      },
    };
  }
}
