import { expect } from 'vitest';
import { beginDuty } from '#domain/chasing/stages.ts';
import { londonDate } from '#domain/shared/clock.ts';
import { addDays } from '#domain/shared/days.ts';
import { anAccount, anAction } from '#test/support/stores/records.ts';
import type { Scenario } from '../support/scenario.ts';

const SCHEDULE = 'chase-overdue-actions';
const RUNS = 3;

const remind: Scenario = {
  name: 'remind a lead of what is due',
  of: [SCHEDULE, 'relay-outbox', 'send-mail'],
  prepare: async (scene) => {
    const { laptop, store } = scene;
    // What others have left unanswered is told first, so that it is not part of every run.
    await laptop.run(SCHEDULE);
    const email = scene.address('lead');
    const id = `action-${scene.ward}`;
    const today = londonDate(await laptop.clock());
    const duty = beginDuty(
      { kind: 'action', subject: id, due: addDays(today, 14), owners: [email] },
      addDays(today, -1),
    );
    const { refused } = await store.facts.commit([
      store.staff.toAdd(anAccount({ email, post: `Lead of ${scene.ward}`, roles: ['officer'] })),
      store.actions.toAdd(anAction({ id, leads: [{ name: 'Lead', email }] })),
      store.duties.toOwe(duty),
    ]);
    expect(refused).toBeNull();
    return async () => {
      // A run that failed is tried again: by Lambda, and by EventBridge before that.
      for (let run = 1; run <= RUNS; run += 1) if ((await laptop.run(SCHEDULE)).status === 'ok') break;
      return async () => {
        const mail = await scene.gotOnce(email, 'chase-digest');
        if (mail) expect(mail.subject).toBe('1 action needs an update');
        expect(await store.duties.find(duty)).toMatchObject({ saidUntil: today, version: 2 });
      };
    };
  },
};

/** What the program does by itself about what is owed. */
export const chasingScenarios: readonly Scenario[] = [remind];
