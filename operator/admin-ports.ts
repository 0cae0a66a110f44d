import type { AccountPorts, AdminDeed } from '#domain/staff/account-deed.ts';
import { operator } from '#domain/staff/doer.ts';
import type { Store } from './store.ts';

/** For how many days an invitation by the operator is good, unless an option says otherwise. */
export const INVITATION_DAYS = 7;

/** The store as deeds on accounts and units need it. A dry run checks everything and stores nothing. */
export const adminPortsOf = (
  store: Store,
  options: { readonly dryRun?: true },
  invitationDays: number = INVITATION_DAYS,
): AccountPorts & Store => ({
  ...store,
  ...(options.dryRun ? { facts: { commit: async () => ({ refused: null }) } } : {}),
  hash: store.digest,
  invitationDays,
});

/** The operator's deed, as one request. */
export const operatorDeed = ({ ids }: Pick<Store, 'ids'>): AdminDeed => ({
  by: operator,
  correlationId: ids.next(),
});
