import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';

const schema = z
  .object({
    TABLE_NAME: z.string().min(1),
    DOCUMENTS_BUCKET: z.string().min(1),
    PUBLISHED_BUCKET: z.string().min(1),
    SEARCH_BUCKET: z.string().min(1),
  })
  .transform(({ TABLE_NAME, DOCUMENTS_BUCKET, PUBLISHED_BUCKET, SEARCH_BUCKET }) => ({
    tableName: TABLE_NAME,
    documentsBucket: DOCUMENTS_BUCKET,
    publishedBucket: PUBLISHED_BUCKET,
    searchBucket: SEARCH_BUCKET,
  }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
