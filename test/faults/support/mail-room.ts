import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { keys } from '#adapters/dynamo/keys.ts';
import { connect, Table } from '#adapters/dynamo/table.ts';
import type { Store } from '#operator/store.ts';
import type { LaptopClient } from '#test/support/laptop.ts';

export interface DeadLetter {
  readonly mail: string;
  readonly to: string | undefined;
  readonly kind: string | undefined;
  /** `handed`, and `in-doubt` when that was found out: nobody knows whether SES has it. */
  readonly delivery: unknown;
}

/** Those that a scenario may set in motion. */
const QUEUES = ['mail', 'mailings', 'mail-events', 'uploads', 'inspections', 'document-changes'] as const;

/** The queues and the dead letters of mail, with the operator's rights. */
export interface MailRoom {
  /** What is on its way: single mails, work on mailings, what SES tells of both, files, and changes of documents. */
  queued(): Promise<{ waiting: number; inHand: number }>;
  /** Those that came since they were cleared. */
  deadLetters(): Promise<readonly DeadLetter[]>;
  clearDeadLetters(): Promise<void>;
}

interface Engines {
  readonly dynamodb: { readonly endpoint: string; readonly table: string };
  readonly sqs: { readonly endpoint: string; readonly queues: Readonly<Record<string, string>> };
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export async function openMailRoom(
  { console }: Pick<LaptopClient, 'console'>,
  store: Store,
): Promise<MailRoom> {
  const { dynamodb, sqs, region, ...credentials } = await console<Engines>('/engines');
  const client = new SQSClient({ endpoint: sqs.endpoint, region, credentials });
  const table = new Table(dynamodb.table, connect({ endpoint: dynamodb.endpoint, region, credentials }));
  const working = QUEUES.map((name) => sqs.queues[name]);
  const dead = sqs.queues['mail-dead-letters'];
  let letters: DeadLetter[] = [];

  const describe = async (body: string): Promise<DeadLetter> => {
    const { id } = JSON.parse(body) as { id: string };
    const [found, row] = await Promise.all([store.outbox.find(id), table.get(keys.mail(id))]);
    return { mail: id, to: found?.to, kind: found?.message.kind, delivery: row?.delivery };
  };

  const collect = async (): Promise<void> => {
    for (;;) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl: dead, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return;
      for (const { Body = '', ReceiptHandle } of Messages) {
        letters.push(await describe(Body));
        await client.send(new DeleteMessageCommand({ QueueUrl: dead, ReceiptHandle }));
      }
    }
  };

  return {
    queued: async () => {
      const counts = await Promise.all(
        working.map(async (QueueUrl) => {
          const { Attributes = {} } = await client.send(
            new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
          );
          return {
            waiting: Number(Attributes.ApproximateNumberOfMessages),
            inHand: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
          };
        }),
      );
      return {
        waiting: counts.reduce((sum, { waiting }) => sum + waiting, 0),
        inHand: counts.reduce((sum, { inHand }) => sum + inHand, 0),
      };
    },
    deadLetters: async () => {
      await collect();
      return letters;
    },
    clearDeadLetters: async () => {
      await collect();
      letters = [];
    },
  };
}
