import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';
import { saysWhereToSearch, searchEnvironment } from '#adapters/triggers/search-environment.ts';
import { isLimited, webConfig, webEnvironment } from '#web/http/web-environment.ts';

const schema = z
  .object({
    ...webEnvironment,
    ...searchEnvironment,
    UPLOADS_BUCKET: z.string().min(1),
    DOCUMENTS_BUCKET: z.string().min(1),
    /** Of a laptop: S3 lies elsewhere, with all buckets under one origin. */
    AWS_ENDPOINT_URL_S3: z.url().optional(),
  })
  .refine(saysWhereToSearch, { path: ['SEARCH_BUCKET'] })
  .refine(isLimited, { path: ['LIMITS'] })
  .transform((environment) => ({
    ...webConfig(environment),
    uploadsBucket: environment.UPLOADS_BUCKET,
    documentsBucket: environment.DOCUMENTS_BUCKET,
    search: environment,
    uploadOrigin: originOf(environment),
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
