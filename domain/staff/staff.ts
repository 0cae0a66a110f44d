import * as z from 'zod';
import { leftOut, personal, shown } from '../audit/marking.ts';
import { emailAddressSchema } from '../shared/text.ts';
import { unitIdSchema } from './unit.ts';

/** `officer` is any other staff account: named as decision maker of a finding or lead of an action. */
export const roleSchema = z.enum([
  'practitioner',
  'coordinator',
  'member',
  'group-admin',
  'auditor',
  'admin',
  'officer',
]);
export type Role = z.infer<typeof roleSchema>;

/** Who somebody is at the issuer that vouches for them. The pair never changes; an address may. */
const boundIdentitySchema = z.object({
  issuer: shown(z.string().min(1)),
  subject: personal(z.string().min(1)),
});

export const staffAccountSchema = z.object({
  email: shown(emailAddressSchema),
  /** The post that the account stands for, as colleagues see it. */
  post: shown(z.string().min(1).max(120)),
  roles: shown(
    z
      .array(roleSchema)
      .min(1)
      .overwrite((roles) => [...new Set(roles)]),
  ),
  unit: shown(unitIdSchema),
  /** `invited` until the first sign-in, which has to come before the invitation ends. */
  status: shown(z.enum(['invited', 'active', 'suspended'])),
  /** The end of the invitation, and a hash of the secret in its link; null for an account that needs none. */
  invitation: z.object({ secretHash: personal(z.string()), endsAt: shown(z.string()) }).nullable(),
  /** Null until the first sign-in binds the account. */
  identity: boundIdentitySchema.nullable(),
  /** Goes up with every change. */
  version: leftOut(z.int().min(1)),
});

/** Somebody who works here. The address is the identity. */
export type StaffAccount = z.infer<typeof staffAccountSchema>;

/** What an account is for. */
export type AccountDetails = Pick<StaffAccount, 'post' | 'roles' | 'unit'>;

export const sameRoles = (one: readonly Role[], other: readonly Role[]): boolean =>
  one.length === other.length && one.every((role) => other.includes(role));

/** Whether both allow the same: roles, and the unit with its areas. */
export const sameReach = (one: AccountDetails, other: AccountDetails): boolean =>
  one.unit === other.unit && sameRoles(one.roles, other.roles);

export const sameDetails = (one: AccountDetails, other: AccountDetails): boolean =>
  one.post === other.post && sameReach(one, other);
