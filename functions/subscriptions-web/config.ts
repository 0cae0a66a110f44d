import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';
import { isLimited, webConfig, webEnvironment } from '#web/http/web-environment.ts';

const schema = z
  .object(webEnvironment)
  .refine(isLimited, { path: ['LIMITS'] })
  .transform(webConfig);

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
