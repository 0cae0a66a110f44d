import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';

const schema = z
  .object({
    TABLE_NAME: z.string().min(1),
    UPLOADS_BUCKET: z.string().min(1),
    DOCUMENTS_BUCKET: z.string().min(1),
    UNSCANNED: z.enum(['refuse', 'take']),
  })
  .transform(({ TABLE_NAME, UPLOADS_BUCKET, DOCUMENTS_BUCKET, UNSCANNED }) => ({
    tableName: TABLE_NAME,
    uploadsBucket: UPLOADS_BUCKET,
    documentsBucket: DOCUMENTS_BUCKET,
    takesUnscanned: UNSCANNED === 'take',
  }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
