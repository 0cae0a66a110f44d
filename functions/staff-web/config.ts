import * as z from 'zod';
import { jsonSetting, readEnvironment } from '#adapters/triggers/read-environment.ts';
import { siteSchema } from '#web/site.ts';

const schema = z
  .object({
    TABLE_NAME: z.string().min(1),
    PUBLIC_URL: z.url(),
    SITE: jsonSetting(siteSchema),
    SESSION: jsonSetting(
      z.object({ idleMinutes: z.number().positive(), absoluteMinutes: z.number().positive() }),
    ),
    OIDC_ISSUER: z.url(),
    OIDC_CLIENT_ID: z.string().min(1),
  })
  .transform((environment) => ({
    tableName: environment.TABLE_NAME,
    publicUrl: environment.PUBLIC_URL,
    site: environment.SITE,
    sessionLimits: environment.SESSION,
    signIn: { issuer: environment.OIDC_ISSUER, clientId: environment.OIDC_CLIENT_ID, clientSecret: null },
  }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
