import type { Store } from '../store.ts';
import { administrator, colleagues, coordinator } from './accounts.ts';
import { demoAreas } from './boroughs.ts';
import { type Strands, tellHistory } from './history.ts';
import type { Step } from './steps.ts';

/** Whether demonstration data may go into a store: `begun` was interrupted, `occupied` holds something else. */
export type DemoState = 'empty' | 'begun' | 'complete' | 'occupied';

/** Looks what is there. */
export const findDemoState = async ({ areas, staff }: Store): Promise<DemoState> => {
  const directory = await areas.directory();
  if (directory.all().length === 0) return 'empty';
  if (await staff.find(administrator.email)) return 'complete';
  return (await staff.find(coordinator.email)) ? 'begun' : 'occupied';
};

/** Stores the accounts of the demonstration and nothing else, for a laptop that begins empty. */
export const loadDemoAccounts = async ({ staff }: Store): Promise<void> => {
  for (const account of [coordinator, ...colleagues, administrator]) await staff.save(account);
};

const follow = async (store: Store, strands: Strands, tellDone: () => void): Promise<void> => {
  const followOne = async (steps: readonly Step[]) => {
    for (const step of steps) {
      await step(store);
      tellDone();
    }
  };
  await Promise.all(strands.map(followOne));
};

/**
 * Loads an invented authority: areas, accounts, priorities, and what people said, by the same use cases as
 * the pages, with the clock set back. What a crash has interrupted goes on when it is called again.
 */
export const loadDemoData = async (
  store: Store,
  progress?: (label: string, of: number) => (done: number) => void,
): Promise<void> => {
  await store.staff.save(coordinator);
  await store.areas.save(demoAreas);
  for (const account of colleagues) await store.staff.save(account);
  const history = tellHistory(store.clock.now());
  const tellDone = progress?.('Loading demonstration data:', history.flat(2).length);
  let done = 0;
  for (const strands of history) {
    await follow(store, strands, () => {
      done += 1;
      tellDone?.(done);
    });
  }
  await store.staff.save(administrator);
};
