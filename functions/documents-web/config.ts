import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';
import { saysWhereToSearch, searchEnvironment } from '#adapters/triggers/search-environment.ts';
import { isLimited, webConfig, webEnvironment } from '#web/http/web-environment.ts';

const schema = z
  .object({ ...webEnvironment, ...searchEnvironment, PUBLISHED_BUCKET: z.string().min(1) })
  .refine(saysWhereToSearch, { path: ['SEARCH_BUCKET'] })
  .refine(isLimited, { path: ['LIMITS'] })
  .transform((environment) => ({
    ...webConfig(environment),
    publishedBucket: environment.PUBLISHED_BUCKET,
    search: environment,
  }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
