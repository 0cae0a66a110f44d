import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';

const schema = z
  .object({ UPLOADS_BUCKET: z.string().min(1) })
  .transform(({ UPLOADS_BUCKET }) => ({ uploadsBucket: UPLOADS_BUCKET }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
