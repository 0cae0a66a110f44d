import { describe, expect, test } from 'vitest';
import { may, mayEverywhere, type StaffAction } from '#domain/staff/may.ts';
import { covers, type Role, roleSchema, type StaffAccount } from '#domain/staff/staff.ts';

const BOROUGH = 'E09000007';
const WARD = 'E05013652';
const HERE = { area: WARD, borough: BOROUGH };
const ELSEWHERE = { area: 'E05013999', borough: 'E09000005' };
const NEXT_DOOR = { area: 'E05013653', borough: BOROUGH };

const anAccount = (changes: Partial<StaffAccount>): StaffAccount => ({
  email: 'somebody@folkmoot.example',
  post: 'A post',
  roles: ['officer'],
  unit: 'A unit',
  areas: [WARD],
  suspended: false,
  ...changes,
});

const actions: readonly StaffAction[] = [
  'see the staff pages',
  'read submissions',
  'triage submissions',
  'publish priorities',
];

type Row = readonly [here: boolean, elsewhere: boolean];
const YES: Row = [true, true];
const OWN: Row = [true, false];
const NO: Row = [false, false];

/** What domain.md says of each role, in the order of the actions. */
const TABLE: Readonly<Record<Role, readonly Row[]>> = {
  practitioner: [YES, OWN, OWN, OWN],
  coordinator: [YES, YES, YES, YES],
  auditor: [YES, YES, NO, NO],
  member: [YES, NO, NO, NO],
  'group-admin': [YES, NO, NO, NO],
  admin: [YES, NO, NO, NO],
  officer: [YES, NO, NO, NO],
};

describe('what each role may do', () => {
  const rows = roleSchema.options.flatMap((role) =>
    actions.map((action, index) => ({ role, action, allowed: TABLE[role][index] ?? NO })),
  );

  test.each(rows)('$role, $action: $allowed', ({ role, action, allowed: [here, elsewhere] }) => {
    const account = anAccount({ roles: [role] });
    expect(may(account, action, HERE)).toBe(here);
    expect(may(account, action, ELSEWHERE)).toBe(elsewhere);
    expect(may(account, action)).toBe(here);
    expect(mayEverywhere(account, action)).toBe(elsewhere);
  });

  test('adds up when somebody has several', () => {
    const account = anAccount({ roles: ['practitioner', 'auditor'] });
    expect(may(account, 'read submissions', ELSEWHERE)).toBe(true);
    expect(may(account, 'triage submissions', ELSEWHERE)).toBe(false);
    expect(may(account, 'triage submissions', HERE)).toBe(true);
  });

  test('is nothing for a suspended account, and for one without roles', () => {
    for (const account of [
      anAccount({ roles: roleSchema.options, suspended: true }),
      anAccount({ roles: [] }),
    ])
      for (const action of actions) {
        expect(may(account, action)).toBe(false);
        expect(may(account, action, HERE)).toBe(false);
        expect(mayEverywhere(account, action)).toBe(false);
      }
  });
});

describe('what a unit covers', () => {
  test('a borough covers its wards; a ward covers neither its neighbour nor its borough', () => {
    expect(covers(anAccount({ areas: [BOROUGH] }), HERE)).toBe(true);
    expect(covers(anAccount({ areas: [BOROUGH] }), NEXT_DOOR)).toBe(true);
    expect(covers(anAccount({ areas: [WARD] }), HERE)).toBe(true);
    expect(covers(anAccount({ areas: [WARD] }), NEXT_DOOR)).toBe(false);
    expect(covers(anAccount({ areas: [WARD] }), { area: BOROUGH, borough: BOROUGH })).toBe(false);
    expect(covers(anAccount({ areas: [] }), HERE)).toBe(false);
  });
});
