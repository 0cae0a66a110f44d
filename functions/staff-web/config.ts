import * as z from 'zod';
import { jsonSetting, readEnvironment } from '#adapters/triggers/read-environment.ts';
import { roleSchema } from '#domain/staff/staff.ts';
import { abuseLimitsSchema, mayGoUnlimited } from '#web/http/abuse.ts';
import { siteSchema } from '#web/site.ts';

const schema = z
  .object({
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
    OIDC_ISSUER: z.url(),
    OIDC_CLIENT_ID: z.string().min(1),
    INVITATION_DAYS: z.coerce.number().positive(),
    GROUP_ROLES: jsonSetting(z.record(z.string(), z.array(roleSchema))),
    LIMITS: z
      .literal('off')
      .transform(() => null)
      .or(jsonSetting(abuseLimitsSchema)),
    MAILINGS: jsonSetting(z.object({ approvalAbove: z.int().nonnegative(), weeklyCap: z.int().positive() })),
    ORIGIN_SECRET: z.string().min(1).optional(),
  })
  .refine(({ LIMITS, PUBLIC_URL }) => LIMITS !== null || mayGoUnlimited(PUBLIC_URL), { path: ['LIMITS'] })
  .transform((environment) => ({
    tableName: environment.TABLE_NAME,
    publicUrl: environment.PUBLIC_URL,
    site: environment.SITE,
    sessionLimits: environment.SESSION,
    abuseLimits: environment.LIMITS,
    originSecret: environment.ORIGIN_SECRET ?? null,
    invitationDays: environment.INVITATION_DAYS,
    groupRoles: environment.GROUP_ROLES,
    approvalAbove: environment.MAILINGS.approvalAbove,
    signIn: { issuer: environment.OIDC_ISSUER, clientId: environment.OIDC_CLIENT_ID, clientSecret: null },
  }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
