import * as z from 'zod';
import { type AreaCode, areaCodeSchema } from '../areas/area.ts';
import { emailAddressSchema } from '../shared/text.ts';

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

export const staffAccountSchema = z.object({
  email: emailAddressSchema,
  /** The post that the account stands for, as colleagues see it. */
  post: z.string().min(1).max(120),
  roles: z.array(roleSchema).min(1),
  unit: z.string().min(1).max(120),
  /** The boroughs and wards that the unit covers; a borough covers its wards. */
  areas: z.array(areaCodeSchema),
  suspended: z.boolean(),
});

/** Somebody who works here. The address is the identity. */
export type StaffAccount = z.infer<typeof staffAccountSchema>;

/** Where a record belongs, for the question whether somebody's unit covers it. */
export interface Place {
  readonly area: AreaCode;
  readonly borough: AreaCode;
}

export const covers = (account: StaffAccount, place: Place): boolean =>
  account.areas.includes(place.area) || account.areas.includes(place.borough);
