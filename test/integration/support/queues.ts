import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ProductLaptop } from '#test/support/product-laptop.ts';

interface Engines {
  readonly sqs: { readonly endpoint: string; readonly queues: Readonly<Record<string, string>> };
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Queues {
  send(queue: string, body: string): Promise<void>;
  /** How many messages wait, and how many somebody has in hand. */
  count(queue: string): Promise<{ waiting: number; inHand: number }>;
}

/** The queues of a laptop, with the operator's credentials. */
export async function openQueues(laptop: Pick<ProductLaptop, 'console'>): Promise<Queues> {
  const { sqs, region, accessKeyId, secretAccessKey } = await laptop.console<Engines>('/engines');
  const credentials = { accessKeyId, secretAccessKey };
  const client = new SQSClient({ endpoint: sqs.endpoint, region, credentials });
  return {
    send: async (queue, body) => {
      await client.send(new SendMessageCommand({ QueueUrl: sqs.queues[queue], MessageBody: body }));
    },
    count: async (queue) => {
      const command = new GetQueueAttributesCommand({ QueueUrl: sqs.queues[queue], AttributeNames: ['All'] });
      const { Attributes = {} } = await client.send(command);
      return {
        waiting: Number(Attributes.ApproximateNumberOfMessages),
        inHand: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
      };
    },
  };
}
