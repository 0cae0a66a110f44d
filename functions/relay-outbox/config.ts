import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';

const schema = z
  .object({ MAIL_QUEUE_URL: z.url(), MAILINGS_QUEUE_URL: z.url(), DOCUMENTS_QUEUE_URL: z.url() })
  .transform(({ MAIL_QUEUE_URL, MAILINGS_QUEUE_URL, DOCUMENTS_QUEUE_URL }) => ({
    mailQueueUrl: MAIL_QUEUE_URL,
    mailingsQueueUrl: MAILINGS_QUEUE_URL,
    documentsQueueUrl: DOCUMENTS_QUEUE_URL,
  }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
