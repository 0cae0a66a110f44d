import * as z from 'zod';
import { readEnvironment } from '#adapters/triggers/read-environment.ts';
import { jsonSetting } from '#domain/shared/json-setting.ts';
import { roleSchema } from '#domain/staff/staff.ts';
import { isLimited, webConfig, webEnvironment } from '#web/http/web-environment.ts';

const schema = z
  .object({
    ...webEnvironment,
    OIDC_ISSUER: z.url(),
    OIDC_CLIENT_ID: z.string().min(1),
    INVITATION_DAYS: z.coerce.number().positive(),
    GROUP_ROLES: jsonSetting(z.record(z.string(), z.array(roleSchema))),
    MAILINGS: jsonSetting(z.object({ approvalAbove: z.int().nonnegative(), weeklyCap: z.int().positive() })),
  })
  .refine(isLimited, { path: ['LIMITS'] })
  .transform((environment) => ({
    ...webConfig(environment),
    invitationDays: environment.INVITATION_DAYS,
    groupRoles: environment.GROUP_ROLES,
    approvalAbove: environment.MAILINGS.approvalAbove,
    signIn: { issuer: environment.OIDC_ISSUER, clientId: environment.OIDC_CLIENT_ID, clientSecret: null },
  }));

export type Config = z.output<typeof schema>;

export const readConfig = (environment: NodeJS.ProcessEnv): Config => readEnvironment(schema, environment);
