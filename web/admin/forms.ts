import * as z from 'zod';
import { oneLine } from '#domain/shared/text.ts';
import { type Role, roleSchema } from '#domain/staff/staff.ts';
import type { Unit } from '#domain/staff/unit.ts';
import {
  emailField,
  type FieldError,
  type FormOutcome,
  optionalEmailField,
  readFields,
  type TickedForm,
  textField,
  ticksOf,
  versionField,
} from '../forms/form.ts';

const MAX_NAME = 120;

export const findForm = z.object({ email: emailField('admin.accounts.find.wrong') });

const detailFields = {
  post: textField({ max: MAX_NAME, empty: 'admin.form.post.empty', long: 'admin.form.post.long' }).transform(
    oneLine,
  ),
  unit: z.string(),
};

const inviteForm = z.object({ email: emailField('admin.form.email.wrong'), ...detailFields });
const changeForm = z.object({ version: versionField, ...detailFields });

const addErrors = <Values>(
  read: FormOutcome<Values>,
  posted: URLSearchParams,
  errors: readonly FieldError[],
): FormOutcome<Values> => {
  if (errors.length === 0) return read;
  return read.ok
    ? { ok: false, typed: Object.fromEntries(posted), errors }
    : { ...read, errors: [...read.errors, ...errors] };
};

type Ticked<Values> =
  | { readonly ok: true; readonly values: Values & { readonly roles: Role[] } }
  | ({ readonly ok: false } & TickedForm);

const readDetails = <Schema extends z.ZodObject<typeof detailFields>>(
  schema: Schema,
  posted: URLSearchParams,
  units: readonly Unit[],
): Ticked<z.output<Schema>> => {
  const ticked = ticksOf(posted, 'roles');
  const roles = z.array(roleSchema).min(1).safeParse(ticked);
  const errors: FieldError[] = [];
  if (!units.some(({ id }) => id === posted.get('unit')))
    errors.push({ field: 'unit', key: 'admin.form.unit.missing' });
  if (!roles.success) errors.push({ field: 'roles', key: 'admin.form.roles.empty' });
  const read = addErrors(readFields(schema, posted), posted, errors);
  if (!read.ok) return { ...read, ticked };
  return { ok: true, values: { ...read.values, roles: roles.data ?? [] } };
};

/** Reads whom to invite, and to what. */
export const readInvitee = (posted: URLSearchParams, units: readonly Unit[]) =>
  readDetails(inviteForm, posted, units);

/** Reads what an account is to be for, with the version of the account that the form was made from. */
export const readChange = (posted: URLSearchParams, units: readonly Unit[]) =>
  readDetails(changeForm, posted, units);

/** Reads why something is done to an account. */
export const readReason = <const Reason extends string>(
  posted: URLSearchParams,
  reasons: readonly Reason[],
): FormOutcome<{ reason: Reason | null; version: number }> => {
  const read = readFields(z.object({ version: versionField, reason: z.string() }), posted);
  if (!read.ok) return read;
  const reason = reasons.find((each) => each === read.values.reason) ?? null;
  const errors: FieldError[] =
    reasons.length > 0 && reason === null ? [{ field: 'reason', key: 'admin.deed.reason.missing' }] : [];
  return addErrors({ ok: true, values: { ...read.values, reason } }, posted, errors);
};

const unitForm = z.object({
  version: versionField,
  name: textField({
    max: MAX_NAME,
    empty: 'admin.unit.form.name.empty',
    long: 'admin.unit.form.name.long',
  }).transform(oneLine),
  head: optionalEmailField('admin.unit.form.head.wrong'),
});

/** Reads what a unit is called, who heads it, and which boroughs it covers wholly; with the version that the form was made from. */
export const readUnit = (posted: URLSearchParams) => {
  const boroughs = ticksOf(posted, 'boroughs');
  const read = readFields(unitForm, posted);
  return read.ok
    ? { ok: true as const, values: { ...read.values, boroughs } }
    : { ...read, ticked: boroughs };
};
