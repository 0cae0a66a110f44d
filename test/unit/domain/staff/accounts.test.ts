import { beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '#adapters/system/digest.ts';
import { addHours } from '#domain/shared/clock.ts';
import { type Actor, actorFrom } from '#domain/staff/actor.ts';
import { accountDeeds } from '#domain/staff/deeds.ts';
import { operator } from '#domain/staff/doer.ts';
import { findInvitation } from '#domain/staff/find-invitation.ts';
import { admitStaff } from '#domain/staff/sign-in.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import { CountingIds } from '#test/support/counting-ids.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { anAccount, aUnit } from '#test/support/stores/records.ts';

const UNIT = aUnit();
const identity = { issuer: 'https://issuer.example', subject: 'subject-1' };
const ONE = anAccount({
  email: 'one@folkmoot.example',
  post: 'First administrator',
  roles: ['admin'],
  identity,
});
const TWO = anAccount({ email: 'two@folkmoot.example', post: 'Second administrator', roles: ['admin'] });
const OFFICER = anAccount({
  email: 'officer@folkmoot.example',
  identity: { ...identity, subject: 'subject-2' },
});
const NEWCOMER = {
  email: 'new@folkmoot.example',
  post: 'Analyst',
  roles: ['auditor' as const],
  unit: UNIT.id,
};
const one = actorFrom(ONE, UNIT);
const two = actorFrom(TWO, UNIT);
const officer = actorFrom(OFFICER, UNIT);

let stores: ReturnType<typeof openMemoryStores>;
let deeds: ReturnType<typeof accountDeeds>;
const portsOf = () => ({ ...stores, ids: new CountingIds(), hash: sha256, invitationDays: 7 });

beforeEach(async () => {
  stores = openMemoryStores();
  deeds = accountDeeds(portsOf());
  const { facts, staff, units } = stores;
  await facts.commit([units.toAdd(UNIT), ...[ONE, TWO, OFFICER].map((account) => staff.toAdd(account))]);
});

const by = (doer: Actor | typeof operator, version = 1) => ({ by: doer, correlationId: 'c-1', version });
const find = async (email: string): Promise<StaffAccount> => {
  const account = await stores.staff.find(email);
  if (!account) throw new Error(`There is no ${email}`);
  return account;
};
const trail = () => stores.audit.ofDay(stores.clock.now().slice(0, 10));
const nameOf = (outcome: { ok: boolean; error?: { name: string } }) =>
  outcome.ok ? 'done' : outcome.error?.name;
const secretOf = (at: number): string => {
  const message = stores.outbox.mails[at]?.message;
  return message?.kind === 'staff-invitation' ? (message.secret ?? '') : '';
};
const see = (secret: string) => findInvitation({ ...stores, hash: sha256 })(secret);
const signIn = (email: string, subject: string) =>
  admitStaff({ ...stores, ids: new CountingIds() })(
    { issuer: identity.issuer, subject, email, emailVerified: true },
    'c-2',
  );

describe('an invitation', () => {
  test('makes an account, writes to its person, and keeps a hash of the secret only', async () => {
    expect(nameOf(await deeds.invite(NEWCOMER, by(one)))).toBe('done');
    const account = await find(NEWCOMER.email);
    const endsAt = addHours(stores.clock.now(), 7 * 24);
    expect(account).toMatchObject({ ...NEWCOMER, status: 'invited', identity: null, invitation: { endsAt } });
    expect(stores.outbox.mails).toMatchObject([
      {
        to: NEWCOMER.email,
        message: { post: 'Analyst', unit: UNIT.name, invitedBy: 'First administrator', endsAt },
      },
    ]);
    expect(JSON.stringify(account)).not.toContain(secretOf(0));
    expect(await see(secretOf(0))).toEqual({ post: 'Analyst', unit: UNIT.name, endsAt });
    const [entry] = await trail();
    expect(entry).toMatchObject({
      actor: { kind: 'staff', email: ONE.email },
      deed: 'invite staff',
      record: { kind: 'staff-account', id: NEWCOMER.email },
      before: null,
      after: { post: 'Analyst', roles: ['auditor'], unit: UNIT.id, status: 'invited' },
    });
    expect(JSON.stringify(entry)).not.toContain(account.invitation?.secretHash);
  });

  test('sent twice is one; to somebody who has an account it is refused', async () => {
    const both = await Promise.all([deeds.invite(NEWCOMER, by(one)), deeds.invite(NEWCOMER, by(two))]);
    expect(both.map(nameOf)).toEqual(['done', 'done']);
    expect(stores.outbox.mails).toHaveLength(1);
    expect(nameOf(await deeds.invite({ ...NEWCOMER, post: 'Another' }, by(one)))).toBe('AccountThere');
    expect(nameOf(await deeds.invite({ ...NEWCOMER, email: OFFICER.email }, by(one)))).toBe('AccountThere');
    expect(nameOf(await deeds.invite({ ...NEWCOMER, unit: 'nowhere' }, by(one)))).toBe('UnitUnknown');
  });

  test('given again has a new secret and a new end, and the old one is worthless', async () => {
    await deeds.invite(NEWCOMER, by(one));
    stores.clock.set(addHours(stores.clock.now(), 24));
    expect(nameOf(await deeds.inviteAgain(NEWCOMER.email, by(operator)))).toBe('done');
    expect(await see(secretOf(0))).toBeNull();
    expect(await see(secretOf(1))).toMatchObject({ endsAt: addHours(stores.clock.now(), 7 * 24) });
    expect(nameOf(await deeds.inviteAgain(OFFICER.email, by(one)))).toBe('OtherState');
    expect(nameOf(await deeds.inviteAgain(NEWCOMER.email, by(one, 1)))).toBe('ChangedMeanwhile');
  });

  test('opens until its end, once, and to nobody while the account is suspended', async () => {
    await deeds.invite(NEWCOMER, by(one));
    await deeds.suspend(NEWCOMER.email, 'mistake', by(one));
    expect(await see(secretOf(0))).toBeNull();
    expect(nameOf(await signIn(NEWCOMER.email, 's'))).toBe('NoAccount');
    await deeds.restore(NEWCOMER.email, 'mistake', by(one, 2));
    expect((await find(NEWCOMER.email)).status).toBe('invited');
    expect(nameOf(await signIn(NEWCOMER.email, 's'))).toBe('done');
    expect(await see(secretOf(0))).toBeNull();
    await deeds.invite({ ...NEWCOMER, email: 'late@folkmoot.example' }, by(one));
    stores.clock.set(addHours(stores.clock.now(), 7 * 24));
    expect(await see(secretOf(1))).toBeNull();
    expect(nameOf(await signIn('late@folkmoot.example', 't'))).toBe('InvitationEnded');
  });
});

describe('a change', () => {
  const details = { post: 'Inspector', roles: ['coordinator' as const], unit: UNIT.id };

  test('is stored with who did it and what was before', async () => {
    expect(nameOf(await deeds.change(OFFICER.email, details, by(one)))).toBe('done');
    expect(await find(OFFICER.email)).toMatchObject({ ...details, version: 2, identity: OFFICER.identity });
    expect(await trail()).toMatchObject([
      {
        before: { post: OFFICER.post, roles: ['practitioner'] },
        after: { post: 'Inspector', roles: ['coordinator'] },
      },
    ]);
    expect(nameOf(await deeds.change(OFFICER.email, details, by(one, 1)))).toBe('done');
    expect(await trail()).toHaveLength(1);
  });

  test('of an older version, of nobody, or into no unit is refused', async () => {
    await deeds.change(OFFICER.email, details, by(one));
    const other = { ...details, post: 'Another' };
    expect(nameOf(await deeds.change(OFFICER.email, other, by(one, 1)))).toBe('ChangedMeanwhile');
    expect(nameOf(await deeds.change('nobody@folkmoot.example', details, by(one)))).toBe('AccountUnknown');
    expect(nameOf(await deeds.change(OFFICER.email, { ...other, unit: 'x' }, by(one, 2)))).toBe(
      'UnitUnknown',
    );
  });

  test('of one’s own post is possible, of one’s own roles not', async () => {
    const own = { post: 'Chief administrator', roles: ONE.roles, unit: ONE.unit };
    expect(nameOf(await deeds.change(ONE.email, own, by(one)))).toBe('done');
    for (const roles of [['auditor' as const], ['admin' as const, 'coordinator' as const]])
      expect(nameOf(await deeds.change(ONE.email, { ...own, roles }, by(one, 2)))).toBe('OwnAccount');
  });

  test('of one’s own unit is not possible, with the same roles either; of somebody else’s it is', async () => {
    const elsewhere = aUnit({ id: 'whole-force', name: 'Whole force' });
    await stores.facts.commit([stores.units.toAdd(elsewhere)]);
    const moved = { post: ONE.post, roles: ONE.roles, unit: elsewhere.id };
    expect(nameOf(await deeds.change(ONE.email, moved, by(one)))).toBe('OwnAccount');
    expect((await find(ONE.email)).unit).toBe(UNIT.id);
    expect(nameOf(await deeds.change(ONE.email, moved, by(two)))).toBe('done');
  });
});

describe('whoever may not', () => {
  test('does nothing to any account', async () => {
    const deed = by(officer);
    const details = { post: 'P', roles: ['admin' as const], unit: UNIT.id };
    const outcomes = [
      await deeds.invite(NEWCOMER, deed),
      await deeds.add(NEWCOMER, deed),
      await deeds.inviteAgain(TWO.email, deed),
      await deeds.change(OFFICER.email, details, deed),
      await deeds.suspend(TWO.email, 'left', deed),
      await deeds.restore(TWO.email, 'mistake', deed),
      await deeds.release(ONE.email, 'new-identity', deed),
    ];
    expect(new Set(outcomes.map(nameOf))).toEqual(new Set(['NotAllowed']));
    expect(await trail()).toEqual([]);
  });

  test('is also who may no longer, whatever they were shown before', async () => {
    await deeds.suspend(TWO.email, 'left', by(one));
    expect(nameOf(await deeds.suspend(OFFICER.email, 'left', by(two)))).toBe('NotAllowed');
    expect(nameOf(await deeds.invite(NEWCOMER, by(two)))).toBe('NotAllowed');
  });
});

describe('the last admin', () => {
  test('leaves something behind when it is suspended: whoever has to know what it owes is told', async () => {
    await deeds.suspend(OFFICER.email, 'left', by(one));
    const gone: string[] = [];
    for await (const { email } of stores.departures.waiting()) gone.push(email);
    expect(gone).toEqual([OFFICER.email]);
  });

  test('cannot be lost when two suspend each other at once', async () => {
    const outcomes = await Promise.all([
      deeds.suspend(TWO.email, 'left', by(one)),
      deeds.suspend(ONE.email, 'left', by(two)),
    ]);
    expect(outcomes.map(nameOf).toSorted()).toEqual(['ChangedMeanwhile', 'done']);
    const left = [await find(ONE.email), await find(TWO.email)].filter(({ status }) => status === 'active');
    expect(left).toHaveLength(1);
  });

  test('cannot be lost when an admin and the operator are at it at once, or the operator twice', async () => {
    const outcomes = await Promise.all([
      deeds.suspend(TWO.email, 'left', by(operator)),
      deeds.suspend(ONE.email, 'left', by(operator)),
      deeds.suspend(ONE.email, 'left', by(two)),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const stays = (await find(ONE.email)).status === 'active' ? ONE : TWO;
    const { version } = await find(stays.email);
    const details = { post: 'P', roles: ['officer' as const], unit: UNIT.id };
    expect(nameOf(await deeds.suspend(stays.email, 'left', by(operator, version)))).toBe('LastAdmin');
    expect(nameOf(await deeds.change(stays.email, details, by(operator, version)))).toBe('LastAdmin');
  });

  test('is not who is only an admin by groups of the sign-in service', async () => {
    await deeds.suspend(TWO.email, 'left', by(one));
    const granted: Actor = { ...officer, roles: ['admin'] };
    expect(nameOf(await deeds.suspend(ONE.email, 'left', by(granted)))).toBe('LastAdmin');
    expect(nameOf(await deeds.restore(TWO.email, 'mistake', by(granted, 2)))).toBe('done');
    expect(nameOf(await deeds.suspend(ONE.email, 'left', by(granted)))).toBe('done');
  });

  test.each(['suspend', 'release'] as const)('nobody does this to their own account: %s', async (deed) => {
    const outcome =
      deed === 'suspend'
        ? await deeds.suspend(ONE.email, 'left', by(one))
        : await deeds.release(ONE.email, 'new-identity', by(one));
    expect(nameOf(outcome)).toBe('OwnAccount');
  });

  test('of one’s own unit is not possible, with the same roles either; of somebody else’s it is', async () => {
    const elsewhere = aUnit({ id: 'whole-force', name: 'Whole force' });
    await stores.facts.commit([stores.units.toAdd(elsewhere)]);
    const moved = { post: ONE.post, roles: ONE.roles, unit: elsewhere.id };
    expect(nameOf(await deeds.change(ONE.email, moved, by(one)))).toBe('OwnAccount');
    expect((await find(ONE.email)).unit).toBe(UNIT.id);
    expect(nameOf(await deeds.change(ONE.email, moved, by(two)))).toBe('done');
  });
});

describe('a suspension', () => {
  test('closes, is told in the trail with its reason, and ends as it began', async () => {
    expect(nameOf(await deeds.suspend(OFFICER.email, 'security', by(one)))).toBe('done');
    expect(nameOf(await deeds.suspend(OFFICER.email, 'security', by(one, 2)))).toBe('OtherState');
    expect(nameOf(await deeds.restore(OFFICER.email, 'cleared', by(one, 2)))).toBe('done');
    expect(nameOf(await deeds.restore(OFFICER.email, 'cleared', by(one, 3)))).toBe('OtherState');
    expect(await find(OFFICER.email)).toEqual({ ...OFFICER, version: 3 });
    expect(await trail()).toMatchObject([
      {
        deed: 'suspend account',
        before: { status: 'active' },
        after: { status: 'suspended' },
        change: { reason: 'security' },
      },
      { deed: 'restore account', after: { status: 'active' }, change: { reason: 'cleared' } },
    ]);
  });
});

describe('releasing the sign-in', () => {
  test('closes the account, invites anew, and binds whoever comes with the verified address', async () => {
    expect(nameOf(await signIn(OFFICER.email, 'subject-9'))).toBe('OtherIdentity');
    expect(nameOf(await deeds.release(OFFICER.email, 'new-identity', by(one)))).toBe('done');
    expect(await find(OFFICER.email)).toMatchObject({ status: 'invited', identity: null });
    expect(await see(secretOf(0))).not.toBeNull();
    expect(nameOf(await signIn(OFFICER.email, 'subject-9'))).toBe('done');
    expect(nameOf(await signIn(OFFICER.email, 'subject-2'))).toBe('OtherIdentity');
    expect(nameOf(await deeds.release(TWO.email, 'new-identity', by(one)))).toBe('OtherState');
  });
});
