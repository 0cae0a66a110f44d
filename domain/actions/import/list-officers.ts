import type { StaffAccounts } from '../../staff/ports.ts';
import type { Officer } from './leads-cell.ts';

const PAGE = 200;

/** Everybody with an account that can be used, by post: who may be meant by the names of leads in a file. */
export const listOfficers = async (staff: Pick<StaffAccounts, 'list'>): Promise<readonly Officer[]> => {
  const officers: Officer[] = [];
  let after: string | null = null;
  do {
    const { items, next }: Awaited<ReturnType<StaffAccounts['list']>> = await staff.list({
      after,
      size: PAGE,
    });
    for (const { post, email, status } of items)
      if (status !== 'suspended') officers.push({ name: post, email });
    after = next;
  } while (after !== null);
  return officers;
};
