import { type Actor, actorFrom } from '#domain/staff/actor.ts';
import type { Role, StaffAccount } from '#domain/staff/staff.ts';
import { type Unit, unitIdOf } from '#domain/staff/unit.ts';

const unit = (name: string, ...areas: readonly string[]): Unit => ({
  id: unitIdOf(name),
  name,
  areas: [...areas],
  head: null,
  version: 1,
});

const central = unit('Central engagement unit');
const camden = unit('Camden neighbourhoods', 'E09000007');
const command = unit('Neighbourhood policing command');
const roads = unit('Roads and transport command');
const authority = unit('Authority members');
const group = unit('Camden engagement group', 'E09000007');
const inspectorate = unit('Inspectorate');

export const demoUnits: readonly Unit[] = [central, camden, command, roads, authority, group, inspectorate];

const account = (name: string, post: string, { id }: Unit, role: Role): StaffAccount => ({
  email: `${name}@folkmoot.example`,
  post,
  roles: [role],
  unit: id,
  status: 'active',
  invitation: null,
  identity: null,
  version: 1,
});

/** Works everywhere. The first record of the demonstration, so that it can be told from other data. */
export const coordinatorAccount = account('coordinator', 'Engagement coordinator', central, 'coordinator');
const practitionerAccount = account('practitioner', 'Neighbourhood sergeant, Camden', camden, 'practitioner');

const deciderAccount = account('decider', 'Superintendent, neighbourhood policing', command, 'officer');
const leadAccount = account('lead', 'Lead officer, road safety', roads, 'officer');

/** The last record of the demonstration: where it is, the rest is there too. */
export const administratorAccount = account('admin', 'Service administrator', central, 'admin');

/** Everybody between the first and the last. They are posts, not people. */
export const colleagues: readonly StaffAccount[] = [
  practitionerAccount,
  deciderAccount,
  leadAccount,
  account('member', 'Member, local policing committee', authority, 'member'),
  account('group', 'Secretary, Camden community police engagement group', group, 'group-admin'),
  account('auditor', 'Independent evaluator', inspectorate, 'auditor'),
];

/** Those who did something in the past of the demonstration. */
export const coordinator: Actor = actorFrom(coordinatorAccount, central);
/** Named as lead of actions. */
export const leadOfficer: Actor = actorFrom(leadAccount, roads);
export const decider: Actor = actorFrom(deciderAccount, command);
/** Works in Camden. */
export const practitioner: Actor = actorFrom(practitionerAccount, camden);
