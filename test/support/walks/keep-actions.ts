import { systemIds } from '#adapters/system/ids.ts';
import { clockWrites } from '#domain/actions/keep-clocks.ts';
import { noTimescale } from '#domain/actions/timescale/timescale.ts';
import { londonDate } from '#domain/shared/clock.ts';
import { addDays } from '#domain/shared/days.ts';
import { anAction, aPlan } from '../stores/records.ts';
import { openStores } from './keep-mailings.ts';
import type { RunningLaptop } from './running-laptop.ts';

/** Keeps a plan with an action that is late, and one with several milestones; gives the addresses of their pages. */
export async function keepActions(
  laptop: RunningLaptop,
  email: string,
): Promise<{ readonly action: string; readonly several: string }> {
  const stores = await openStores(laptop);
  const now = new Date().toISOString();
  const today = londonDate(now);
  const plan = aPlan({ id: systemIds.next(), title: 'Engagement plan of the walks', createdAt: now });
  const due = (...days: readonly number[]) => ({
    ...noTimescale,
    text: 'As agreed with the schools',
    milestones: days.map((day) => ({ due: addDays(today, day), precision: 'day' as const, label: null })),
  });
  const leads = [{ name: 'Schools officer', email }];
  const shared = { plan: plan.id, leads, createdAt: now };
  const actions = [
    anAction({ ...shared, id: systemIds.next(), timescale: due(-10) }),
    anAction({ ...shared, id: systemIds.next(), position: 2, text: 'Set up a panel', timescale: due(5, 90) }),
  ];
  await stores.facts.commit([stores.actionPlans.toAdd(plan)]);
  for (const action of actions)
    await stores.facts.commit([
      stores.actions.toAdd(action),
      ...(await clockWrites(stores, null, action, plan, today, false)),
    ]);
  const [action = '', several = ''] = actions.map(({ id }) => `/staff/actions/${id}`);
  return { action, several };
}
