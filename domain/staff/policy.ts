import type { Role } from './staff.ts';

/** What staff may be allowed to do. */
export const staffActions = [
  'see the staff pages',
  'manage sessions',
  'read submissions',
  'read contact details',
  'triage submissions',
  'publish priorities',
  'read mailings',
  'plan mailings',
  'approve mailings',
  'read action plans',
  'keep action plans',
  'report progress',
  'read documents',
  'read documents of a unit',
  'keep documents',
  'manage accounts',
  'manage units',
  'read the audit trail',
] as const;
export type StaffAction = (typeof staffActions)[number];

/**
 * Where something may be done: everywhere; to what belongs to areas that one's unit covers; to what belongs to one's
 * unit; to what is one's own.
 */
export const scopes = ['all', 'own areas', 'own unit', 'own record'] as const;
export type Scope = (typeof scopes)[number];

type Grants = Partial<Readonly<Record<StaffAction, Scope>>>;

/** Every account that is in use, whatever its roles. */
const everybody: Grants = {
  'see the staff pages': 'all',
  'manage sessions': 'own record',
  'read action plans': 'all',
};

/** Whoever may be named as the lead of an action: all but those who only look on. */
const colleague: Grants = { ...everybody, 'report progress': 'own record' };

/** Whoever finds in the archive what was done before: all but the community's own groups. */
const archiveReader: Grants = { 'read documents': 'all', 'read documents of a unit': 'own unit' };

/** Role by role, what may be done and where. What is not in the table may not be done. */
export const policy: Readonly<Record<Role, Grants>> = {
  practitioner: {
    ...colleague,
    ...archiveReader,
    'keep documents': 'own unit',
    'read submissions': 'own areas',
    'read contact details': 'own areas',
    'triage submissions': 'own areas',
    'publish priorities': 'own areas',
    'read mailings': 'own areas',
    'plan mailings': 'own areas',
  },
  coordinator: {
    ...colleague,
    'read documents': 'all',
    'read documents of a unit': 'all',
    'keep documents': 'all',
    'read submissions': 'all',
    'read contact details': 'all',
    'triage submissions': 'all',
    'publish priorities': 'all',
    'read mailings': 'all',
    'plan mailings': 'all',
    'approve mailings': 'all',
    'keep action plans': 'all',
    'report progress': 'all',
  },
  auditor: {
    ...everybody,
    'read documents': 'all',
    'read documents of a unit': 'all',
    'read submissions': 'all',
    'read mailings': 'all',
    'read the audit trail': 'all',
  },
  member: { ...colleague, ...archiveReader },
  'group-admin': colleague,
  admin: {
    ...colleague,
    ...archiveReader,
    'manage accounts': 'all',
    'manage units': 'all',
    'read the audit trail': 'all',
  },
  officer: { ...colleague, ...archiveReader },
};
