import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#domain/staff/actor.ts';
import { may, mayEverywhere, type Resource } from '#domain/staff/may.ts';
import { policy, type Scope, type StaffAction, staffActions } from '#domain/staff/policy.ts';
import { type Role, roleSchema } from '#domain/staff/staff.ts';

const BOROUGH = 'E09000007';
const WARD = 'E05013652';
const HERE = { area: WARD, borough: BOROUGH };
const ELSEWHERE = { area: 'E05013999', borough: 'E09000005' };
const NEXT_DOOR = { area: 'E05013653', borough: BOROUGH };

const anActor = (changes: Partial<Actor>): Actor => ({
  email: 'somebody@folkmoot.example',
  post: 'A post',
  roles: ['officer'],
  unit: { id: 'a-unit', name: 'A unit' },
  areas: [WARD],
  ...changes,
});

const EVERYBODY = {
  'see the staff pages': 'all',
  'manage sessions': 'own record',
  'read action plans': 'all',
} as const;
/** Whoever may lead an action. Auditors only look on. */
const LEADS = { 'report progress': 'own record' } as const;

/** Whoever finds in the archive what was done before. */
const READS = { 'read documents': 'all', 'read documents of a unit': 'own unit' } as const;

/** What domain.md says of each role, apart from what everybody may do who has an account. */
const TABLE: Readonly<Record<Role, Partial<Record<StaffAction, Scope>>>> = {
  practitioner: {
    ...LEADS,
    ...READS,
    'keep documents': 'own unit',
    'read submissions': 'own areas',
    'read contact details': 'own areas',
    'triage submissions': 'own areas',
    'publish priorities': 'own areas',
    'read mailings': 'own areas',
    'plan mailings': 'own areas',
  },
  coordinator: {
    'read submissions': 'all',
    'read contact details': 'all',
    'triage submissions': 'all',
    'publish priorities': 'all',
    'read mailings': 'all',
    'plan mailings': 'all',
    'approve mailings': 'all',
    'keep action plans': 'all',
    'report progress': 'all',
    'read documents': 'all',
    'read documents of a unit': 'all',
    'keep documents': 'all',
  },
  auditor: {
    ...{ 'read submissions': 'all', 'read mailings': 'all', 'read the audit trail': 'all' },
    ...{ 'read documents': 'all', 'read documents of a unit': 'all' },
  },
  member: { ...LEADS, ...READS },
  'group-admin': LEADS,
  admin: {
    ...LEADS,
    ...READS,
    'manage accounts': 'all',
    'manage units': 'all',
    'read the audit trail': 'all',
  },
  officer: { ...LEADS, ...READS },
};
const rows = roleSchema.options.flatMap((role) =>
  staffActions.map((action) => ({
    role,
    action,
    scope: { ...EVERYBODY, ...TABLE[role] }[action as keyof typeof EVERYBODY] as Scope | undefined,
  })),
);

test.each(rows)('$role, $action: $scope', ({ role, action, scope }) => {
  expect(policy[role][action]).toBe(scope);
  const actor = anActor({ roles: [role] });
  expect(may(actor, action)).toBe(scope !== undefined);
  expect(mayEverywhere(actor, action)).toBe(scope === 'all');
  expect(may(actor, action, HERE)).toBe(scope === 'all' || scope === 'own areas');
  expect(may(actor, action, ELSEWHERE)).toBe(scope === 'all');
  expect(may(actor, action, { owner: actor.email })).toBe(scope === 'all' || scope === 'own record');
  expect(may(actor, action, { owner: 'other@folkmoot.example' })).toBe(scope === 'all');
  expect(may(actor, action, {})).toBe(scope === 'all');
});

describe('several roles', () => {
  const anyRoles = fc.subarray(roleSchema.options);
  const anyResource: fc.Arbitrary<Resource | undefined> = fc.constantFrom(
    undefined,
    HERE,
    ELSEWHERE,
    { unit: 'a-unit' },
    { owner: 'somebody@folkmoot.example' },
  );

  test('allow what one of them allows, and nothing else', () => {
    fc.assert(
      fc.property(anyRoles, fc.constantFrom(...staffActions), anyResource, (roles, action, resource) => {
        const together = may(anActor({ roles }), action, resource);
        expect(together).toBe(roles.some((role) => may(anActor({ roles: [role] }), action, resource)));
      }),
    );
  });

  test('none allow nothing', () => {
    for (const action of staffActions) {
      expect(may(anActor({ roles: [] }), action)).toBe(false);
      expect(mayEverywhere(anActor({ roles: [] }), action)).toBe(false);
    }
  });
});

test.each([
  { areas: [BOROUGH], place: HERE, covered: true },
  { areas: [BOROUGH], place: NEXT_DOOR, covered: true },
  { areas: [WARD], place: HERE, covered: true },
  { areas: [WARD], place: NEXT_DOOR, covered: false },
  { areas: [WARD], place: { area: BOROUGH, borough: BOROUGH }, covered: false },
  { areas: [], place: HERE, covered: false },
])('a unit of $areas covers $place: $covered', ({ areas, place, covered }) => {
  expect(may(anActor({ roles: ['practitioner'], areas }), 'triage submissions', place)).toBe(covered);
});
