import { covers, type Place, type Role, type StaffAccount } from './staff.ts';

/** What staff may be allowed to do. */
export type StaffAction =
  | 'see the staff pages'
  | 'read submissions'
  | 'triage submissions'
  | 'publish priorities';

type Scope = 'all' | 'own areas';

/** Role by role, what may be done and where. What is not in the table may not be done. */
const POLICY: Readonly<Record<Role, Partial<Readonly<Record<StaffAction, Scope>>>>> = {
  practitioner: {
    'see the staff pages': 'all',
    'read submissions': 'own areas',
    'triage submissions': 'own areas',
    'publish priorities': 'own areas',
  },
  coordinator: {
    'see the staff pages': 'all',
    'read submissions': 'all',
    'triage submissions': 'all',
    'publish priorities': 'all',
  },
  auditor: { 'see the staff pages': 'all', 'read submissions': 'all' },
  member: { 'see the staff pages': 'all' },
  'group-admin': { 'see the staff pages': 'all' },
  admin: { 'see the staff pages': 'all' },
  officer: { 'see the staff pages': 'all' },
};

const scopesOf = (account: StaffAccount, action: StaffAction): readonly Scope[] =>
  account.suspended ? [] : account.roles.flatMap((role) => POLICY[role][action] ?? []);

/**
 * Whether somebody may do something: with a place, there; without one, anywhere at all (as a route or a
 * menu asks). A suspended account may do nothing.
 */
export const may = (account: StaffAccount, action: StaffAction, place?: Place): boolean =>
  scopesOf(account, action).some((scope) => scope === 'all' || place === undefined || covers(account, place));

/** Whether somebody may do something in every area. */
export const mayEverywhere = (account: StaffAccount, action: StaffAction): boolean =>
  scopesOf(account, action).includes('all');
