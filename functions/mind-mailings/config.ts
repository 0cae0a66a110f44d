import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';

const schema = z
  .object({ TABLE_NAME: z.string().min(1) })
  .transform(({ TABLE_NAME }) => ({ tableName: TABLE_NAME }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
