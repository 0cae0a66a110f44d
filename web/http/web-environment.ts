import * as z from 'zod';
import { jsonSetting } from '#domain/shared/json-setting.ts';
import { siteSchema } from '../site.ts';
import { abuseLimitsSchema, mayGoUnlimited } from './abuse.ts';

/** What every function with pages is told of its stage. */
export const webEnvironment = {
  TABLE_NAME: z.string().min(1),
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
} as const;

export type WebEnvironment = z.output<z.ZodObject<typeof webEnvironment>>;

/** Whether it may start with these limits; where not, the variable to name is `LIMITS`. */
export const isLimited = ({ LIMITS, PUBLIC_URL }: Pick<WebEnvironment, 'LIMITS' | 'PUBLIC_URL'>): boolean =>
  LIMITS !== null || mayGoUnlimited(PUBLIC_URL);

/** The same by the names that containers use. */
export const webConfig = (environment: WebEnvironment) => ({
  tableName: environment.TABLE_NAME,
  publicUrl: environment.PUBLIC_URL,
  site: environment.SITE,
  sessionLimits: environment.SESSION,
  abuseLimits: environment.LIMITS,
  originSecret: environment.ORIGIN_SECRET ?? null,
});
