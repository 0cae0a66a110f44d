import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';
import { jsonSetting } from '#domain/shared/json-setting.ts';
import { siteSchema } from '#web/site.ts';

const schema = z
  .object({
    TABLE_NAME: z.string().min(1),
    PUBLIC_URL: z.url(),
    SITE: jsonSetting(siteSchema),
    MAIL_SENDER: z.string().min(3),
    MAIL_CONFIGURATION_SET: z.string().min(1),
    MAILINGS: jsonSetting(
      z.object({ approvalAbove: z.number().int().nonnegative(), weeklyCap: z.number().int().positive() }),
    ),
  })
  .transform((environment) => ({
    tableName: environment.TABLE_NAME,
    publicUrl: environment.PUBLIC_URL,
    site: environment.SITE,
    sender: environment.MAIL_SENDER,
    configurationSet: environment.MAIL_CONFIGURATION_SET,
    ...environment.MAILINGS,
  }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
