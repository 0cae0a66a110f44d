import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
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

/** A queue of dead letters: what nobody could deal with, kept for 14 days. */
export function addDeadLetterQueue(scope: Construct, id: string, queueName: string): Queue {
  const queue = new Queue(scope, id, {
    queueName,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(queue, { 'AwsSolutions-SQS3': 'It is where failed work ends, and an alarm watches it.' });
  return queue;
}

/** A queue with its dead letters. Messages are encrypted, travel over TLS and wait for at most 14 days. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.deadLetters = addDeadLetterQueue(this, 'DeadLetters', `${props.queueName}-dead-letters`);
    this.queue = new Queue(this, 'Queue', {
      queueName: props.queueName,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(visibilityFactor * props.workerTimeoutSeconds),
      removalPolicy: RemovalPolicy.RETAIN,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.attempts },
    });
    pinLogicalId(this.queue, props.logicalId);
    pinLogicalId(this.deadLetters, `${props.logicalId}DeadLetters`);
  }

  /** Lets a function put messages in, and tells it the queue's address in the given variable. */
  allowSending(sender: LambdaFunction, variable: string): void {
    sender.addEnvironment(variable, this.queue.queueUrl);
    this.queue.grantSendMessages(sender);
  }
}
