import { beforeEach, expect, test } from 'vitest';
import { MemoryStaffAccounts } from '#adapters/memory/staff-accounts.ts';
import { findAccountToSignIn, NoAccount } from '#domain/staff/sign-in.ts';
import { aPractitioner } from '../priorities/world.ts';

const staff = new MemoryStaffAccounts();
const find = findAccountToSignIn({ staff });
const account = aPractitioner();
const identity = { subject: 'subject-1', email: account.email, emailVerified: true };

beforeEach(() => staff.save(account));

test('an address that the issuer has verified opens its account, however it is written', async () => {
  for (const email of [account.email, 'Practitioner@Folkmoot.EXAMPLE', ` ${account.email} `])
    expect(await find({ ...identity, email })).toEqual({ ok: true, value: account });
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
  expect(await find({ ...identity, ...changes })).toEqual({ ok: false, error: new NoAccount() });
});

test('a suspended account stays closed', async () => {
  await staff.save({ ...account, suspended: true });
  expect(await find(identity)).toEqual({ ok: false, error: new NoAccount() });
});
