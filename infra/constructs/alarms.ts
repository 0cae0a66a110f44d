import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** Every runbook that an alarm may name; each is a page docs/runbooks/NAME.md. */
export type Runbook = 'mail-dead-letters' | 'web-errors' | 'schedule-failed' | 'stream-behind';

export type AlarmProps = {
  metric: IMetric;
  /** The alarm goes off when the metric reaches this value. */
  threshold: number;
  /** For how many periods of the metric it must do so. */
  periods?: number;
  /** What people notice, as a sentence: whoever is woken up must know whether it can wait. */
  impact: string;
  runbook: Runbook;
};

/** The alarms of a stage, and the topic through which they reach somebody. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: { email: string }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: 'Folkmoot alarms', enforceSSL: true });
    this.topic.addSubscription(new EmailSubscription(props.email));
  }

  /** Adds an alarm beside the thing that it watches. */
  add(scope: Construct, id: string, props: AlarmProps): Alarm {
    const alarm = new Alarm(scope, id, {
      metric: props.metric,
      threshold: props.threshold,
      evaluationPeriods: props.periods ?? 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `Impact: ${props.impact} Runbook: docs/runbooks/${props.runbook}.md`,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }
}
