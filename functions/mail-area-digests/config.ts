import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';
import { jsonSetting } from '#domain/shared/json-setting.ts';
import { siteSchema } from '#web/site.ts';

const schema = z
  .object({ TABLE_NAME: z.string().min(1), SITE: jsonSetting(siteSchema) })
  .transform(({ TABLE_NAME, SITE }) => ({ tableName: TABLE_NAME, fallbackMailbox: SITE.contactEmail }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
