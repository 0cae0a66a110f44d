import type { StaffAccount } from '#domain/staff/staff.ts';
import type { Buckets } from '../buckets.ts';
import type { Store } from '../store.ts';
import { administratorAccount, colleagues, coordinatorAccount, demoUnits } from './accounts.ts';
import { demoAreas } from './boroughs.ts';
import { tellHistory } from './history.ts';

/** Whether demonstration data may go into a store: `begun` was interrupted, `occupied` holds something else. */
export type DemoState = 'empty' | 'begun' | 'complete' | 'occupied';

/** Looks what is there. */
export const findDemoState = async ({ areas, staff }: Store): Promise<DemoState> => {
  const directory = await areas.directory();
  if (directory.all().length === 0) return 'empty';
  if (await staff.find(administratorAccount.email)) return 'complete';
  return (await staff.find(coordinatorAccount.email)) ? 'begun' : 'occupied';
};

/** Stores the accounts of the demonstration and nothing else, for a laptop that begins empty. */
export const loadDemoAccounts = async (store: Store): Promise<void> => {
  await addUnits(store);
  await addAccounts(store, [coordinatorAccount, ...colleagues, administratorAccount]);
};

/** What is there already stays as it is. */
const addUnits = async ({ facts, units }: Store): Promise<void> => {
  for (const unit of demoUnits) await facts.commit([units.toAdd(unit)]);
};

const addAccounts = async ({ facts, staff }: Store, accounts: readonly StaffAccount[]): Promise<void> => {
  for (const account of accounts) await facts.commit([staff.toAdd(account)]);
};

/**
 * Loads an invented authority: areas, accounts, priorities, and what people said, by the same use cases as
 * the pages, with the clock set back. What a crash has interrupted goes on when it is called again.
 */
export const loadDemoData = async (
  store: Store,
  buckets: Buckets,
  progress?: (label: string, of: number) => (done: number) => void,
): Promise<void> => {
  await addAccounts(store, [coordinatorAccount]);
  await addUnits(store);
  await store.areas.save(demoAreas);
  await addAccounts(store, colleagues);
  const history = tellHistory(store.clock.now(), buckets);
  const tellDone = progress?.('Loading demonstration data:', history.length);
  for (const [index, { tell }] of history.entries()) {
    await tell(store);
    tellDone?.(index + 1);
  }
  await addAccounts(store, [administratorAccount]);
};
