import type { DemonstrationAccount } from './identity/demonstration-account.ts';

const account = (name: string, post: string): DemonstrationAccount => ({
  sub: `laptop-${name}`,
  email: `${name}@folkmoot.example`,
  name: post,
});

/** Who can sign in on the laptop. What each may do is in the store: the demonstration data puts it there. */
export const demonstrationAccounts: DemonstrationAccount[] = [
  account('coordinator', 'Engagement coordinator'),
  account('practitioner', 'Neighbourhood sergeant, Camden'),
  account('decider', 'Superintendent, neighbourhood policing'),
  account('lead', 'Lead officer, road safety'),
  account('member', 'Member, local policing committee'),
  account('group', 'Secretary, Camden community police engagement group'),
  account('auditor', 'Independent evaluator'),
  account('admin', 'Service administrator'),
];
