import { beforeEach, describe, expect, test } from 'vitest';
import { actorFrom } from '#domain/staff/actor.ts';
import { findActor } from '#domain/staff/find-actor.ts';
import { admitStaff, InvitationEnded, NoAccount, OtherIdentity } from '#domain/staff/sign-in.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import { CountingIds } from '#test/support/counting-ids.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { anAccount, aUnit } from '#test/support/stores/records.ts';

const account = anAccount();
const actor = actorFrom(account, aUnit());
const identity = {
  issuer: 'https://issuer.example',
  subject: 'subject-1',
  email: account.email,
  emailVerified: true,
};
const bound = { issuer: identity.issuer, subject: identity.subject };

let stores: ReturnType<typeof openMemoryStores>;
const admit = (changes: Partial<typeof identity> | { email: undefined } = {}) =>
  admitStaff({ ...stores, ids: new CountingIds() })({ ...identity, ...changes }, 'correlation-1');
const change = async (changes: Partial<StaffAccount>) => {
  const now = await stores.staff.find(account.email);
  await stores.facts.commit([stores.staff.toChange({ ...(now ?? account), ...changes })]);
};

beforeEach(async () => {
  stores = openMemoryStores();
  await stores.facts.commit([stores.units.toAdd(aUnit()), stores.staff.toAdd(account)]);
});

test('an address that the issuer has verified opens its account, however it is written', async () => {
  for (const email of [account.email, 'Practitioner@Folkmoot.EXAMPLE', ` ${account.email} `])
    expect(await admit({ email })).toEqual({ ok: true, value: actor });
});

test.each([
  { emailVerified: false },
  { email: undefined },
  { email: '' },
  { email: 'nobody@folkmoot.example' },
  { email: 'no address' },
  { email: `${account.email}\u0000` },
  { email: `${account.email},admin@folkmoot.example` },
])('%j opens nothing', async (changes) => {
  expect(await admit(changes as { email: undefined })).toEqual({ ok: false, error: new NoAccount() });
  expect((await stores.staff.find(account.email))?.identity).toBeNull();
});

describe('the first sign-in', () => {
  test('binds the account to who came, and the trail says so', async () => {
    await admit();
    expect(await stores.staff.find(account.email)).toMatchObject({ identity: bound, version: 2 });
    const trail = await stores.audit.ofDay(stores.clock.now().slice(0, 10));
    expect(trail).toMatchObject([{ deed: 'bind account', actor: { kind: 'staff', email: account.email } }]);
  });

  test('of two at once admits both when they are one person, and one when they are not', async () => {
    const [first, second] = await Promise.all([admit(), admit()]);
    expect([first.ok, second.ok]).toEqual([true, true]);
    const other = await Promise.all([admit(), admit({ subject: 'subject-2' })]);
    expect(other.map(({ ok }) => ok)).toEqual([true, false]);
  });

  test('keeps an invitation, until it ends', async () => {
    const invitation = { secretHash: 'hash', endsAt: '9999-01-01T00:00:00.000Z' };
    await change({ status: 'invited', invitation });
    expect(await admit()).toMatchObject({ ok: true });
    expect(await stores.staff.find(account.email)).toMatchObject({ status: 'active', invitation: null });
    await change({
      status: 'invited',
      identity: null,
      invitation: { ...invitation, endsAt: '2000-01-01T00:00:00.000Z' },
    });
    expect(await admit()).toEqual({ ok: false, error: new InvitationEnded() });
  });
});

test('a bound account opens to the same person only', async () => {
  await admit();
  expect(await admit()).toEqual({ ok: true, value: actor });
  expect(await admit({ subject: 'subject-2' })).toEqual({ ok: false, error: new OtherIdentity() });
  expect(await admit({ issuer: 'https://other.example' })).toEqual({ ok: false, error: new OtherIdentity() });
});

test('a suspended account stays closed, and is nobody', async () => {
  expect(await findActor(stores)(account.email)).toEqual(actor);
  await change({ status: 'suspended' });
  expect(await admit()).toEqual({ ok: false, error: new NoAccount() });
  expect(await findActor(stores)(account.email)).toBeNull();
});

test('an account whose unit is not there is nobody', async () => {
  await change({ unit: 'gone' });
  expect(await admit()).toEqual({ ok: false, error: new NoAccount() });
  expect(await findActor(stores)(account.email)).toBeNull();
});
