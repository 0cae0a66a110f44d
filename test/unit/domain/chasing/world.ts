import { chase } from '#domain/chasing/chase.ts';
import type { ChasePorts } from '#domain/chasing/chase-ports.ts';
import { describeSubject } from '#domain/chasing/describe-subject.ts';
import type { Duty } from '#domain/chasing/duty.ts';
import type { ChaseDigest } from '#domain/mailings/message.ts';
import { addHours, type Instant, type LocalDate } from '#domain/shared/clock.ts';
import type { Facts } from '#domain/shared/facts.ts';
import { momentInLondon } from '#domain/shared/london.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import { CountingIds } from '#test/support/counting-ids.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { anAccount, anAction, aPlan, aUnit } from '#test/support/stores/records.ts';

export const emailOf = (name: string): string => `${name}@folkmoot.example`;
const FALLBACK = 'contact@folkmoot.example';

const HALF_PAST_SEVEN = 7 * 60 + 30;
const runningAt = (day: LocalDate): Instant => momentInLondon(day, HALF_PAST_SEVEN) ?? '';

/** Facts that answer until their process is killed: before the transaction of this number, from 1. */
const dyingFacts = (facts: Facts, killAt: number): Facts => {
  let commits = 0;
  return {
    commit: async (writes) => {
      commits += 1;
      if (commits >= killAt) throw new Error('killed');
      return facts.commit(writes);
    },
  };
};

/** The chase over stores in memory, with a clock that goes from day to day. */
export const openWorld = () => {
  const stores = openMemoryStores();
  const { clock, facts, duties, digests, actions, actionPlans, staff, units, outbox } = stores;
  const ids = new CountingIds();
  const plan = aPlan({ id: 'plan-1', title: 'Engagement plan' });
  const ports: ChasePorts = {
    ...stores,
    ids,
    describeSubject: describeSubject(stores),
    findOwedBy: async (email) => (await actions.ledBy(email)).map(({ id }) => id),
    log: () => {},
    fallbackMailbox: FALLBACK,
  };
  const commit = async (...writes: Parameters<Facts['commit']>[0]): Promise<void> => {
    const { refused } = await facts.commit(writes);
    if (refused !== null) throw new Error(refused);
  };
  return {
    ...stores,
    ports,
    plan,
    commit,

    begin: () => commit(actionPlans.toAdd(plan)),

    addUnit: (id: string, changes: Parameters<typeof aUnit>[0] = {}) =>
      commit(units.toAdd(aUnit({ id, name: id, areas: [], ...changes }))),

    addStaff: (name: string, changes: Partial<StaffAccount> = {}) =>
      commit(staff.toAdd(anAccount({ email: emailOf(name), post: name, roles: ['officer'], ...changes }))),

    setStatus: async (name: string, status: StaffAccount['status']) => {
      const account = await staff.find(emailOf(name));
      if (!account) throw new Error(name);
      await commit(
        staff.toChange({ ...account, status }),
        ...(status === 'suspended'
          ? [stores.departures.toNote({ email: account.email, at: clock.now() })]
          : []),
      );
    },

    /** An action with this duty of its own. */
    owe: async (duty: Duty): Promise<void> => {
      const leads = duty.owners.map((email) => ({ name: email, email }));
      const action = anAction({ id: duty.subject, plan: plan.id, text: `Action ${duty.subject}`, leads });
      await commit(actions.toAdd(action), duties.toOwe(duty));
    },

    change: async (duty: Duty, change: (duty: Duty) => Duty): Promise<void> => {
      const now = await duties.find(duty);
      if (!now) throw new Error(duty.id);
      await commit(duties.toChange(change(now)));
    },

    /** Runs on a day, at half past seven in London; dies before the transaction of this number. */
    run: async (day: LocalDate, killAt = Number.POSITIVE_INFINITY) => {
      clock.set(runningAt(day));
      const result = await chase({ ...ports, facts: dyingFacts(facts, killAt) })(`run-${day}`);
      clock.set(addHours(clock.now(), 1));
      return result;
    },

    /** Every digest so far: on which day, to whom, and what of which duty under which heading. */
    told: () =>
      outbox.mails.map(({ to, message }) => {
        const { day, items } = message as ChaseDigest;
        const lines = items.map(({ section, subject, saying }) => `${section} ${subject} ${saying}`);
        return [day, to.split('@')[0], ...lines.sort()];
      }),

    digest: (name: string) => digests.open(emailOf(name)),
  };
};
export type World = ReturnType<typeof openWorld>;
