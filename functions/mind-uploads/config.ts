import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';

const schema = z
  .object({ TABLE_NAME: z.string().min(1), UPLOADS_QUEUE_URL: z.url() })
  .transform(({ TABLE_NAME, UPLOADS_QUEUE_URL }) => ({
    tableName: TABLE_NAME,
    uploadsQueueUrl: UPLOADS_QUEUE_URL,
  }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
