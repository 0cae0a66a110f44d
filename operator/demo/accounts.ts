import type { StaffAccount } from '#domain/staff/staff.ts';

const account = (
  name: string,
  post: string,
  unit: string,
  role: StaffAccount['roles'][number],
  areas: readonly string[] = [],
): StaffAccount => ({
  email: `${name}@folkmoot.example`,
  post,
  roles: [role],
  unit,
  areas: [...areas],
  suspended: false,
});

const CENTRAL = 'Central engagement unit';

/** Works everywhere. The first record of the demonstration, so that it can be told from other data. */
export const coordinator = account('coordinator', 'Engagement coordinator', CENTRAL, 'coordinator');

/** Works in Camden. */
export const practitioner = account(
  'practitioner',
  'Neighbourhood sergeant, Camden',
  'Camden neighbourhoods',
  'practitioner',
  ['E09000007'],
);

/** The last record of the demonstration: where it is, the rest is there too. */
export const administrator = account('admin', 'Service administrator', CENTRAL, 'admin');

/** Everybody between the first and the last. They are posts, not people. */
export const colleagues: readonly StaffAccount[] = [
  practitioner,
  account('decider', 'Superintendent, neighbourhood policing', 'Neighbourhood policing command', 'officer'),
  account('lead', 'Lead officer, road safety', 'Roads and transport command', 'officer'),
  account('member', 'Member, local policing committee', 'Authority members', 'member'),
  account(
    'group',
    'Secretary, Camden community police engagement group',
    'Camden engagement group',
    'group-admin',
    ['E09000007'],
  ),
  account('auditor', 'Independent evaluator', 'Inspectorate', 'auditor'),
];
