import { failed, ok, type Result } from '../shared/result.ts';
import { emailAddressSchema } from '../shared/text.ts';
import type { StaffAccounts, VerifiedIdentity } from './ports.ts';
import type { StaffAccount } from './staff.ts';

/** The issuer knows this person, but there is no account here that is in use. */
export class NoAccount {
  readonly name = 'NoAccount';
}

/** Finds the account of somebody who was identified. An address that the issuer did not verify opens nothing. */
export const findAccountToSignIn =
  ({ staff }: { staff: StaffAccounts }) =>
  async (identity: VerifiedIdentity): Promise<Result<StaffAccount, NoAccount>> => {
    const email = emailAddressSchema.safeParse(identity.email ?? '');
    if (!email.success || !identity.emailVerified) return failed(new NoAccount());
    const account = await staff.find(email.data);
    return account && !account.suspended ? ok(account) : failed(new NoAccount());
  };
