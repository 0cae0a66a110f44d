import { adminAccountForm } from '#build/templates/admin/account-form.njk.js';
import {
  type AccountDetails,
  type Role,
  roleSchema,
  type StaffAccount,
  sameRoles,
} from '#domain/staff/staff.ts';
import type { Unit } from '#domain/staff/unit.ts';
import { type FieldError, type TickedForm, ticksOf, untouched } from '../forms/form.ts';
import { PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import { deedOf, findAccount } from './find-account.ts';
import { readChange, readInvitee } from './forms.ts';
import type { AdminPorts } from './ports.ts';

const formView = view<
  TickedForm & {
    /** Null for somebody who is being invited. */
    account: StaffAccount | null;
    /** Where the form is sent, and where it came from. */
    action: string;
    back: string;
    units: readonly Unit[];
    roles: readonly Role[];
  }
>(adminAccountForm);

const showForm = async (
  { units, staff }: AdminPorts,
  account: StaffAccount | null,
  form: TickedForm,
  status?: number,
): Promise<Reply> => {
  const id = account && staff.keyOf(account.email);
  const where = id
    ? { action: paths.adminAccountChange(id), back: paths.adminAccount(id) }
    : { action: paths.adminInvite, back: paths.adminAccounts };
  return showPage(
    formView,
    { ...form, ...where, account, units: await units.list(), roles: roleSchema.options },
    status,
  );
};

const wrongly = (visit: Visit, ...errors: readonly FieldError[]): TickedForm => ({
  typed: Object.fromEntries(visit.form),
  ticked: ticksOf(visit.form, 'roles'),
  errors,
});

const invite =
  (ports: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const read = readInvitee(visit.form, await ports.units.list());
    if (!read.ok) return showForm(ports, null, read, 400);
    const { email, post, unit, roles } = read.values;
    const invited = await ports.accountDeeds.invite({ email, post, unit, roles }, deedOf(visit));
    if (invited.ok)
      return redirectTo(withQuery(paths.adminAccount(ports.staff.keyOf(email)), { done: 'invited' }));
    switch (invited.error.name) {
      case 'NotAllowed':
        throw new PageError(403, 'not-allowed');
      case 'AccountThere':
        return showForm(ports, null, wrongly(visit, { field: 'email', key: 'admin.form.email.there' }), 400);
      default:
        throw new PageError(409, 'changed');
    }
  };

const ownErrors = (account: StaffAccount, { unit, roles }: AccountDetails): readonly FieldError[] => [
  ...(unit === account.unit ? [] : [{ field: 'unit', key: 'admin.form.unit.own' } as const]),
  ...(sameRoles(account.roles, roles) ? [] : [{ field: 'roles', key: 'admin.form.roles.own' } as const]),
];

const change =
  (ports: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const account = await findAccount(ports, visit);
    const read = readChange(visit.form, await ports.units.list());
    if (!read.ok) return showForm(ports, account, read, 400);
    const { version, post, unit, roles } = read.values;
    const changed = await ports.accountDeeds.change(
      account.email,
      { post, unit, roles },
      { ...deedOf(visit), version },
    );
    if (changed.ok)
      return redirectTo(withQuery(paths.adminAccount(ports.staff.keyOf(account.email)), { done: 'changed' }));
    switch (changed.error.name) {
      case 'NotAllowed':
        throw new PageError(403, 'not-allowed');
      case 'OwnAccount':
        return showForm(ports, account, wrongly(visit, ...ownErrors(account, { post, unit, roles })), 400);
      case 'LastAdmin':
        return showForm(
          ports,
          account,
          wrongly(visit, { field: 'roles', key: 'admin.form.roles.last' }),
          400,
        );
      default:
        throw new PageError(409, 'changed');
    }
  };

const showChange =
  (ports: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const account = await findAccount(ports, visit);
    const { post, unit, roles, version } = account;
    return showForm(ports, account, {
      ...untouched({ post, unit, version: String(version) }),
      ticked: roles,
    });
  };

/** Giving somebody an account, and saying anew what it is for. Both say who may do what: see `recent`. */
export const accountFormRoutes = (ports: AdminPorts): readonly Route[] => [
  page(patterns.adminInvite, {
    may: 'manage accounts',
    recent: true,
    answer: (visit) =>
      showForm(ports, null, { ...untouched({ unit: visit.query.get('unit') ?? '' }), ticked: [] }),
  }),
  post(patterns.adminInvite, { may: 'manage accounts', recent: true, answer: invite(ports) }),
  page(patterns.adminAccountChange, { may: 'manage accounts', recent: true, answer: showChange(ports) }),
  post(patterns.adminAccountChange, { may: 'manage accounts', recent: true, answer: change(ports) }),
];
