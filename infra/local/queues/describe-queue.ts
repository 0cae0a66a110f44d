import { z } from 'zod';
import { findQueue, findQueueByUrl, type QueueContext } from './queue-context.ts';
import { arnOf } from './queue-message.ts';
import type { QueueSettings } from './queue-settings.ts';
import { SqsError } from './sqs-error.ts';

export const queueNameSchema = z.object({ QueueName: z.string() });
export const queueUrlSchema = z.object({ QueueUrl: z.string() });
export const listQueuesSchema = z.object({ QueueNamePrefix: z.string().default('') });
export const queueAttributesSchema = queueUrlSchema.extend({
  AttributeNames: z.array(z.string()).default([]),
});

export function getQueueUrl(context: QueueContext, input: z.infer<typeof queueNameSchema>): object {
  return { QueueUrl: context.urlOf(findQueue(context, input.QueueName).name) };
}

export function listQueues(context: QueueContext, input: z.infer<typeof listQueuesSchema>): object {
  const names = [...context.settings.keys()].filter((name) => name.startsWith(input.QueueNamePrefix));
  return names.length > 0 ? { QueueUrls: names.sort().map((name) => context.urlOf(name)) } : {};
}

export function getQueueAttributes(
  context: QueueContext,
  input: z.infer<typeof queueAttributesSchema>,
): object {
  const all = describe(context, findQueueByUrl(context, input.QueueUrl));
  if (input.AttributeNames.includes('All')) return { Attributes: all };
  const wanted = input.AttributeNames.map((name) => {
    const known = Object.hasOwn(all, name) || name === 'RedrivePolicy';
    if (!known) throw new SqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    return [name, all[name]];
  });
  return { Attributes: Object.fromEntries(wanted) };
}

export function purgeQueue(context: QueueContext, input: z.infer<typeof queueUrlSchema>): object {
  context.store.purge(findQueueByUrl(context, input.QueueUrl).name);
  return {};
}

function describe(context: QueueContext, queue: QueueSettings): Record<string, string> {
  const { visible, inFlight, delayed } = context.store.counts(queue);
  const { redrive } = queue;
  return {
    QueueArn: arnOf(context.owner, queue.name),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    MessageRetentionPeriod: String(queue.retentionSeconds),
    DelaySeconds: String(queue.delaySeconds),
    ...(redrive && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: arnOf(context.owner, redrive.deadLetterQueue),
        maxReceiveCount: redrive.maxReceiveCount,
      }),
    }),
  };
}
