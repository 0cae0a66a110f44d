import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';
import { saysWhereToSearch, searchEnvironment } from '#adapters/triggers/search-environment.ts';

const schema = z
  .object({
    TABLE_NAME: z.string().min(1),
    DOCUMENTS_BUCKET: z.string().min(1),
    PUBLISHED_BUCKET: z.string().min(1),
    ...searchEnvironment,
  })
  .refine(saysWhereToSearch, { path: ['SEARCH_BUCKET'] })
  .transform(({ TABLE_NAME, DOCUMENTS_BUCKET, PUBLISHED_BUCKET, ...search }) => ({
    tableName: TABLE_NAME,
    documentsBucket: DOCUMENTS_BUCKET,
    publishedBucket: PUBLISHED_BUCKET,
    search,
  }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
