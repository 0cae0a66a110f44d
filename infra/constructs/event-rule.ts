import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { addFailureQueue } from './work-queue.ts';

export type EventRuleProps = {
  stage: Stage;
  /** What the events are about: the rule is folkmoot-STAGE-NAME. */
  name: string;
  description: string;
  pattern: EventPattern;
  queue: Queue;
};

/**
 * Carries what services of AWS tell from the account's default bus to a queue. EventBridge tries for a day; what it
 * could not put there lies in `undelivered`.
 */
export class EventRule extends Construct {
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string, { stage, name, description, pattern, queue }: EventRuleProps) {
    super(scope, id);
    this.undelivered = addFailureQueue(this, stage, name, 'undelivered');
    const rule = new Rule(this, 'Rule', {
      ruleName: `folkmoot-${stage.name}-${name}`,
      description,
      eventPattern: pattern,
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
