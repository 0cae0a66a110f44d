import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Action } from '#domain/actions/action.ts';
import { clockWrites } from '#domain/actions/keep-clocks.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { noTimescale } from '#domain/actions/timescale/timescale.ts';
import { londonDate } from '#domain/shared/clock.ts';
import { addDays } from '#domain/shared/days.ts';
import { anAction, aPlan } from '#test/support/stores/records.ts';
import type { Scenario } from '../support/scenario.ts';
import type { Scene } from '../support/scene.ts';

const LEAD = 'lead@folkmoot.example';

/** A plan with one action that is late. */
const keepPlan = async ({ store, laptop }: Scene): Promise<{ plan: ActionPlan; action: Action }> => {
  const now = await laptop.clock();
  const today = londonDate(now);
  const plan = aPlan({ id: randomUUID(), createdAt: now });
  const due = addDays(today, -3);
  const action = anAction({
    ...{ id: randomUUID(), plan: plan.id, createdAt: now, leads: [{ name: 'Lead', email: LEAD }] },
    timescale: { ...noTimescale, text: 'Late', milestones: [{ due, precision: 'day', label: null }] },
  });
  const { refused } = await store.facts.commit([
    store.actionPlans.toAdd(plan),
    store.actions.toAdd(action),
    ...(await clockWrites(store, null, action, plan, today, false)),
  ]);
  expect(refused).toBeNull();
  return { plan, action };
};

const report: Scenario = {
  name: 'report progress',
  of: ['staff-web'],
  prepare: async (scene) => {
    const { store } = scene;
    const { action } = await keepPlan(scene);
    const officer = await scene.staff('lead');
    const form = await officer.open(`/staff/actions/${action.id}/progress`);
    return async () => {
      const answer = await officer.submit(form, { text: 'Half of it is done.', standing: 'amber' });
      return async () => {
        expect(answer.url.search).toBe('?done=reported');
        expect(await store.actions.find(action.id)).toMatchObject({ rag: 'amber', version: 2 });
        const { items } = await store.progressEntries.of(action.id, { after: null, size: 9 });
        expect(items.map(({ text }) => text)).toEqual(['Half of it is done.']);
        expect(await scene.deedsOn(action.id)).toEqual(['report progress']);
        const late = (await store.duties.of(action.id)).filter(({ kind }) => kind === 'action');
        expect(late.map(({ nextOn }) => nextOn)).toEqual([null]);
      };
    };
  },
};

const carryOver: Scenario = {
  name: 'carry a plan over',
  of: ['staff-web'],
  prepare: async (scene) => {
    const { store } = scene;
    const { plan, action } = await keepPlan(scene);
    const coordinator = await scene.staff('coordinator');
    const form = await coordinator.open(`/staff/plans/${plan.id}/carry-over`);
    return async () => {
      const answer = await coordinator.submit(form);
      return async () => {
        expect(answer.url.search).toBe('?done=carried-over');
        const plans = (await store.actionPlans.list()).filter(({ carriedFrom }) => carriedFrom === plan.id);
        expect(plans).toHaveLength(1);
        const carried = await store.actions.ofPlan(plans[0]?.id ?? '');
        expect(carried.map(({ carriedFrom }) => carriedFrom)).toEqual([action.id]);
        expect(await store.actions.find(action.id)).toMatchObject({ carriedTo: carried[0]?.id, version: 2 });
        expect(await store.duties.of(action.id)).toEqual([]);
        expect(await scene.deedsOn(carried[0]?.id ?? '')).toEqual(['add action']);
      };
    };
  },
};

/** What officers and coordinators do with plans. */
export const actionScenarios: readonly Scenario[] = [report, carryOver];
