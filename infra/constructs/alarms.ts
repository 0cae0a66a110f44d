import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { pinLogicalId } from './pin-logical-id.ts';

/** Every runbook that an alarm may name; each is a page docs/runbooks/NAME.md. */
export type Runbook =
  | 'mail-dead-letters'
  | 'mail-events-dead-letters'
  | 'mailings-stuck'
  | 'uploads-stuck'
  | 'inspections-stuck'
  | 'documents-behind'
  | 'web-errors'
  | 'schedule-failed'
  | 'stream-behind'
  | 'audit-not-sealed'
  | 'firewall-blocks';

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
    this.topic = new Topic(this, 'Topic', {
      displayName: 'Folkmoot alarms',
      enforceSSL: true,
      masterKey: this.#makeKey(),
    });
    // A topic with a policy of its own loses the one that let everything in the account publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [this.#cloudWatch()],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
      }),
    );
    this.topic.addSubscription(new EmailSubscription(props.email));
    pinLogicalId(this.topic, 'AlarmsTopic');
  }

  /** A key of our own, because the policy of AWS's key for topics does not let CloudWatch use it. */
  #makeKey(): Key {
    const key = new Key(this, 'Key', {
      description: 'Folkmoot: alarms on their way to people',
      enableKeyRotation: true,
      // Nothing stays behind that could be read with it only.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [this.#cloudWatch()],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
      }),
    );
    pinLogicalId(key, 'AlarmsKey');
    return key;
  }

  /** The alarms of this account, and of no other that guesses the name of the topic. */
  #cloudWatch(): ServicePrincipal {
    return new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
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
