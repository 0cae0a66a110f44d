import * as z from 'zod';
import { jsonSetting, readEnvironment } from '#adapters/triggers/read-environment.ts';
import { saysWhereToSearch, searchEnvironment } from '#adapters/triggers/search-environment.ts';
import { abuseLimitsSchema, mayGoUnlimited } from '#web/http/abuse.ts';
import { siteSchema } from '#web/site.ts';

const schema = z
  .object({
    TABLE_NAME: z.string().min(1),
    PUBLISHED_BUCKET: z.string().min(1),
    ...searchEnvironment,
    PUBLIC_URL: z.url(),
    SITE: jsonSetting(siteSchema),
    SESSION: jsonSetting(
      z.object({
        idleMinutes: z.number().positive(),
        absoluteMinutes: z.number().positive(),
        proofMinutes: z.number().positive(),
      }),
    ),
    LIMITS: z
      .literal('off')
      .transform(() => null)
      .or(jsonSetting(abuseLimitsSchema)),
    ORIGIN_SECRET: z.string().min(1).optional(),
  })
  .refine(saysWhereToSearch, { path: ['SEARCH_BUCKET'] })
  .refine(({ LIMITS, PUBLIC_URL }) => LIMITS !== null || mayGoUnlimited(PUBLIC_URL), { path: ['LIMITS'] })
  .transform((environment) => ({
    tableName: environment.TABLE_NAME,
    publishedBucket: environment.PUBLISHED_BUCKET,
    search: environment,
    site: environment.SITE,
    sessionLimits: environment.SESSION,
    abuseLimits: environment.LIMITS,
    originSecret: environment.ORIGIN_SECRET ?? null,
  }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
