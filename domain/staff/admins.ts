import type { Write } from '../shared/facts.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import { type Doer, isOperator } from './doer.ts';
import { LastAdmin, NotAllowed } from './failures.ts';
import { policy } from './policy.ts';
import type { StaffAccounts } from './ports.ts';
import type { StaffAccount } from './staff.ts';

const PAGE = 100;

/** Whether an account can look after accounts now. */
const isAdmin = ({ status, roles }: StaffAccount): boolean =>
  status === 'active' && roles.some((role) => policy[role]['manage accounts'] === 'all');

const findOtherAdmin = async (staff: StaffAccounts, not: readonly string[]): Promise<StaffAccount | null> => {
  let after: string | null = null;
  do {
    const page = await staff.list({ after, size: PAGE }, { status: 'active' });
    const admin = page.items.find((account) => !not.includes(account.email) && isAdmin(account));
    // The list may be a moment old; the account itself is asked.
    const now = admin && (await staff.find(admin.email));
    if (now && isAdmin(now)) return now;
    after = page.next;
  } while (after !== null);
  return null;
};

/** Whoever does it, unchanged and in use; nobody for the operator. */
const findDoer = async (staff: StaffAccounts, by: Doer): Promise<Result<StaffAccount | null, NotAllowed>> => {
  if (isOperator(by)) return ok(null);
  const own = await staff.find(by.email);
  return own?.status === 'active' ? ok(own) : failed(new NotAllowed());
};

/**
 * Accounts that have to be unchanged when a change is stored: that of whoever makes it, and when it takes an admin
 * away, one that stays. Since a commit holds as one, no two changes at once can leave nobody, and nobody who has just
 * been suspended can still change something.
 */
export const requireAdmins = async (
  staff: StaffAccounts,
  by: Doer,
  { before, after }: { readonly before: StaffAccount | null; readonly after: StaffAccount },
): Promise<Result<readonly StaffAccount[], NotAllowed | LastAdmin>> => {
  const doer = await findDoer(staff, by);
  if (!doer.ok) return doer;
  // The change of one's own account has its own version to go by.
  const own = doer.value && doer.value.email !== after.email ? [doer.value] : [];
  if (!before || !isAdmin(before) || isAdmin(after) || own.some(isAdmin)) return ok(own);
  const other = await findOtherAdmin(staff, [after.email, ...own.map(({ email }) => email)]);
  return other ? ok([...own, other]) : failed(new LastAdmin());
};

/** The account of whoever does a deed on something else, which has to be unchanged when that is stored. */
export const requireDoer = async (
  staff: StaffAccounts,
  by: Doer,
): Promise<Result<readonly Write[], NotAllowed>> => {
  const doer = await findDoer(staff, by);
  if (!doer.ok) return doer;
  return ok(doer.value ? [staff.toRequire(doer.value)] : []);
};
