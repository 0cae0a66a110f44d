import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';
import { allow } from './allow.ts';
import { pinLogicalId } from './pin-logical-id.ts';

/** AWS asks for six times the worker's time limit, so that a batch in hand is not handed out again. */
const visibilityFactor = 6;

export type WorkQueueProps = {
  logicalId: string;
  queueName: string;
  /** The time limit of the function that works on it, in seconds. */
  workerTimeoutSeconds: number;
  /** How often a message is tried before it goes to the dead letters. */
  attempts: number;
};

const encryptedAndKept = {
  // SQS's own key is enough: nobody reads a queue without a grant, and no key policy can lock out who sends.
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
  removalPolicy: RemovalPolicy.RETAIN,
} as const;

/**
 * A queue for what a function, a stream or a schedule could not deal with, kept for 14 days. It is called for the
 * function and for what lies in it: `given-up` of `relay-outbox` is folkmoot-STAGE-relay-outbox-given-up.
 */
export function addFailureQueue(scope: Construct, stage: Stage, name: string, what: string): Queue {
  const queue = new Queue(scope, toPascalCase(what), {
    queueName: `folkmoot-${stage.name}-${name}-${what}`,
    ...encryptedAndKept,
  });
  pinLogicalId(queue, toPascalCase(`${name}-${what}`));
  acknowledge(queue, { 'AwsSolutions-SQS3': 'It is where failed work ends, and an alarm watches it.' });
  return queue;
}

const toPascalCase = (name: string): string =>
  name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A queue with its dead letters. Messages are encrypted, travel over TLS and wait for at most 14 days. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      queueName: `${props.queueName}-dead-letters`,
      ...encryptedAndKept,
    });
    this.queue = new Queue(this, 'Queue', {
      queueName: props.queueName,
      ...encryptedAndKept,
      visibilityTimeout: Duration.seconds(visibilityFactor * props.workerTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.attempts },
    });
    pinLogicalId(this.queue, props.logicalId);
    pinLogicalId(this.deadLetters, `${props.logicalId}DeadLetters`);
  }

  /** Lets a function put messages in, and tells it the queue's address in the given variable. */
  allowSending(sender: LambdaFunction, variable: string): void {
    sender.addEnvironment(variable, this.queue.queueUrl);
    allow(sender, ['sqs:SendMessage'], [this.queue.queueArn]);
  }
}
