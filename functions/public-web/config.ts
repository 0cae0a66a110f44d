import * as z from 'zod';
import { jsonSetting, readEnvironment } from '#adapters/triggers/read-environment.ts';
import { siteSchema } from '#web/site.ts';

const schema = z
  .object({
    TABLE_NAME: z.string().min(1),
    SITE: jsonSetting(siteSchema),
    SESSION: jsonSetting(
      z.object({ idleMinutes: z.number().positive(), absoluteMinutes: z.number().positive() }),
    ),
  })
  .transform(({ TABLE_NAME, SITE, SESSION }) => ({
    tableName: TABLE_NAME,
    site: SITE,
    sessionLimits: SESSION,
  }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
