import type { StaffAccounts } from '#domain/staff/ports.ts';

/** Addresses with the posts of their accounts, as pages show people; an address without an account stays alone. */
export const postsOf = async (
  staff: Pick<StaffAccounts, 'find'>,
  emails: readonly string[],
): Promise<Readonly<Record<string, string>>> => {
  const distinct = [...new Set(emails)].filter((email) => email.includes('@'));
  const accounts = await Promise.all(distinct.map((email) => staff.find(email)));
  return Object.fromEntries(
    accounts.flatMap((account, at) => (account ? [[distinct[at] ?? '', account.post]] : [])),
  );
};
