import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { configurationSetName } from './mail-identity.ts';
import { addFailureQueue } from './work-queue.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ses.html */
const detailTypes = [
  'Email Sent',
  'Email Delivered',
  'Email Bounced',
  'Email Complaint Received',
  'Email Rejected',
  'Email Rendering Failed',
];

/**
 * Carries what SES tells of our mail from the account's default bus to a queue. EventBridge tries for a day; what it
 * could not put there lies in `undelivered`.
 */
export class MailEventRule extends Construct {
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string, { stage, queue }: { stage: Stage; queue: Queue }) {
    super(scope, id);
    this.undelivered = addFailureQueue(this, stage, 'mail-events', 'undelivered');
    const rule = new Rule(this, 'Rule', {
      ruleName: `folkmoot-${stage.name}-mail-events`,
      description: 'What SES tells of our mail',
      eventPattern: ofOurMail(stage),
      targets: [
        {
          bind: () => ({ arn: queue.queueArn, deadLetterConfig: { arn: this.undelivered.queueArn } }),
        },
      ],
    });
    for (const target of [queue, this.undelivered]) this.#letIn(rule, target);
  }

  /** Events of this rule, and of no other in any account. */
  #letIn(rule: Rule, target: Queue): void {
    target.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [target.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
      }),
    );
  }
}

/** The default bus has what all of the account's mail meets; SES adds the tag `ses:configuration-set` by itself. */
const ofOurMail = (stage: Stage): EventPattern => ({
  source: ['aws.ses'],
  detailType: detailTypes,
  detail: { mail: { tags: { 'ses:configuration-set': [configurationSetName(stage)] } } },
});
