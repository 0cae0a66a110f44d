import * as z from 'zod';
import { jsonSetting, readEnvironment } from '#adapters/triggers/read-environment.ts';
import { saysWhereToSearch, searchEnvironment } from '#adapters/triggers/search-environment.ts';
import { abuseLimitsSchema, mayGoUnlimited } from '#web/http/abuse.ts';
import { siteSchema } from '#web/site.ts';

const schema = z
  .object({
    TABLE_NAME: z.string().min(1),
    UPLOADS_BUCKET: z.string().min(1),
    DOCUMENTS_BUCKET: z.string().min(1),
    ...searchEnvironment,
    /** Of a laptop: S3 lies elsewhere, with all buckets under one origin. */
    AWS_ENDPOINT_URL_S3: z.url().optional(),
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
    uploadsBucket: environment.UPLOADS_BUCKET,
    documentsBucket: environment.DOCUMENTS_BUCKET,
    search: environment,
    uploadOrigin: originOf(environment),
    publicUrl: environment.PUBLIC_URL,
    site: environment.SITE,
    sessionLimits: environment.SESSION,
    abuseLimits: environment.LIMITS,
    originSecret: environment.ORIGIN_SECRET ?? null,
  }));

/** Where a browser sends files, as its page has to allow it. */
const originOf = (environment: {
  readonly UPLOADS_BUCKET: string;
  readonly AWS_REGION: string;
  readonly AWS_ENDPOINT_URL_S3?: string | undefined;
}): string =>
  new URL(
    environment.AWS_ENDPOINT_URL_S3 ??
      `https://${environment.UPLOADS_BUCKET}.s3.${environment.AWS_REGION}.amazonaws.com`,
  ).origin;

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
