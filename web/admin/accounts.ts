import { adminAccount } from '#build/templates/admin/account.njk.js';
import { adminAccounts } from '#build/templates/admin/accounts.njk.js';
import type { AccountFilter } from '#domain/staff/ports.ts';
import { type Role, roleSchema, type StaffAccount, staffAccountSchema } from '#domain/staff/staff.ts';
import type { Unit } from '#domain/staff/unit.ts';
import { type FormModel, readFields, untouched } from '../forms/form.ts';
import { type Reply, redirectTo, showPage } from '../http/reply.ts';
import { actorOf, page, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import { findAccount } from './find-account.ts';
import { findForm } from './forms.ts';
import type { AdminPorts } from './ports.ts';

interface AccountRow {
  readonly id: string;
  readonly account: StaffAccount;
  readonly unit: string;
}

const statuses = staffAccountSchema.shape.status.options;

const listView = view<
  FormModel & {
    rows: readonly AccountRow[];
    filter: AccountFilter;
    isFiltered: boolean;
    units: readonly Unit[];
    statuses: readonly string[];
    roles: readonly Role[];
    next: string | null;
    isFirst: boolean;
  }
>(adminAccounts);

const accountView = view<{
  id: string;
  account: StaffAccount;
  unit: string;
  isOwn: boolean;
  hasEnded: boolean;
  done: string | null;
}>(adminAccount);

const PAGE_SIZE = 25;

const readFilter = (query: URLSearchParams, units: readonly Unit[]): AccountFilter => ({
  unit: units.find(({ id }) => id === query.get('unit'))?.id,
  status: statuses.find((status) => status === query.get('status')),
  role: roleSchema.options.find((role) => role === query.get('role')),
});

const nameOf = (units: readonly Unit[], id: string): string =>
  units.find((unit) => unit.id === id)?.name ?? id;

const showList = async (
  { staff, units: allUnits }: AdminPorts,
  visit: Visit,
  form: FormModel,
  status?: number,
): Promise<Reply> => {
  const units = await allUnits.list();
  const filter = readFilter(visit.query, units);
  const after = visit.query.get('after');
  const { items, next } = await staff.list({ after, size: PAGE_SIZE }, filter);
  const rows = items.map((account) => ({
    id: staff.keyOf(account.email),
    account,
    unit: nameOf(units, account.unit),
  }));
  const isFiltered = Object.values(filter).some(Boolean);
  const asked = { ...filter, after: next };
  return showPage(
    listView,
    {
      ...form,
      ...{ rows, filter, isFiltered, units, statuses, roles: roleSchema.options },
      next: next && withQuery(paths.adminAccounts, asked),
      isFirst: after === null,
    },
    status,
  );
};

/** By address: posted, so that no address stands in an address line, which is logged here and there. */
const findByAddress =
  (ports: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const read = readFields(findForm, visit.form);
    if (!read.ok) return showList(ports, visit, read, 400);
    const { email } = read.values;
    if (await ports.staff.find(email)) return redirectTo(paths.adminAccount(ports.staff.keyOf(email)));
    const errors = [{ field: 'email', key: 'admin.accounts.find.unknown' as const }];
    return showList(ports, visit, { typed: Object.fromEntries(visit.form), errors }, 400);
  };

const DONE = ['invited', 'changed', 'invited-again', 'suspended', 'restored', 'released'];

const show =
  (ports: AdminPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const account = await findAccount(ports, visit);
    const unit = await ports.units.find(account.unit);
    return showPage(accountView, {
      id: ports.staff.keyOf(account.email),
      account,
      unit: unit?.name ?? account.unit,
      isOwn: actorOf(visit).email === account.email,
      hasEnded: (account.invitation?.endsAt ?? '') <= visit.now,
      done: DONE.find((word) => word === visit.query.get('done')) ?? null,
    });
  };

/** Who has an account, and one of them. */
export const accountRoutes = (ports: AdminPorts): readonly Route[] => [
  page(patterns.adminAccounts, {
    may: 'manage accounts',
    answer: (visit) => showList(ports, visit, untouched()),
  }),
  post(patterns.adminAccounts, { may: 'manage accounts', answer: findByAddress(ports) }),
  page(patterns.adminAccount, { may: 'manage accounts', answer: show(ports) }),
];
