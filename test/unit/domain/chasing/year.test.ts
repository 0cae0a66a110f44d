import { describe, expect, test } from 'vitest';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import type { Action } from '#domain/actions/action.ts';
import { clockWrites } from '#domain/actions/keep-clocks.ts';
import { noTimescale } from '#domain/actions/timescale/timescale.ts';
import type { ChaseDigest } from '#domain/mailings/message.ts';
import { momentInLondon } from '#domain/shared/london.ts';
import { anAction } from '#test/support/stores/records.ts';
import {
  type Day,
  type Deed,
  daysOf,
  foretell,
  isWorking,
  later,
  type Officer,
  type Script,
} from './oracle.ts';
import { emailOf, openWorld, type World } from './world.ts';

const answers =
  (kind: 'report' | 'complete', after: number, ...stages: readonly string[]): Officer['answers'] =>
  (stage) =>
    stages.includes(stage) ? { kind, after } : null;

const reminders = ['in-14-days', 'in-2-days'];
const late = ['overdue', 'weekly', 'escalated'];

const officers: Readonly<Record<string, Officer>> = {
  prompt: { head: 'north-head', answers: answers('report', 0, ...reminders, ...late) },
  overnight: { head: 'north-head', answers: answers('report', 1, ...late) },
  finisher: { head: 'north-head', answers: answers('complete', 3, 'overdue') },
  tardy: { head: 'south-head', answers: answers('report', 9, ...late) },
  slow: { head: 'south-head', answers: answers('report', 17, ...late) },
  never: { head: 'south-head', answers: () => null },
  leaver: { head: 'north-head', answers: answers('report', 30, 'overdue') },
  bouncer: { head: null, answers: () => null },
  carol: { head: null, answers: answers('report', 2, 'in-2-days', 'escalated') },
  heir: { head: 'south-head', answers: answers('complete', 5, ...late) },
};
const units = { 'north-head': 'north', 'south-head': 'south' } as const;
const unitOf = ({ head }: Officer): string =>
  head === null ? 'central' : (units[head as 'north-head'] ?? 'central');

const names = ['prompt', 'overnight', 'finisher', 'tardy', 'slow', 'never', 'leaver', 'bouncer', 'carol'];

/** Forty actions over the whole year: some with two days, some without an end, two leads, or none. */
const actionsFrom = (from: Day): Script['actions'] =>
  Array.from({ length: 40 }, (_, number) => {
    const due = later(from, 4 + 9 * number);
    const lead = names[number % names.length] ?? 'never';
    const second = number % 13 === 6 ? ['never'] : [];
    return {
      id: `action-${String(number).padStart(2, '0')}`,
      leads: number % 19 === 18 ? [] : [...new Set([lead, ...second])],
      milestones: number % 8 === 7 ? [] : number % 6 === 5 ? [due, later(due, 61)] : [due],
      ongoing: number % 8 === 7 || number % 11 === 10,
    };
  });

/** Christmas Eve, the day before Good Friday, and both changes of the clock have an action due around them. */
const special = (from: Day): Script['actions'] => {
  const year = Number(from.slice(0, 4));
  const days = [
    `${year}-12-24`,
    `${year}-12-25`,
    `${year}-12-26`,
    `${year + 1}-01-01`,
    `${year}-10-25`,
    `${year + 1}-03-25`,
  ];
  return days.map((due, number) => ({
    id: `special-${number}`,
    leads: [number % 2 === 0 ? 'never' : 'tardy'],
    milestones: [due],
    ongoing: false,
  }));
};

/** Numbers that look like chance, the same for the same seed. */
const chance = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const scriptOf = (from: Day, to: Day, seed: number): Script => {
  const next = chance(seed);
  const actions = [...actionsFrom(from).slice(0, 34), ...special(from)];
  const leftOn = later(from, 160);
  const handed = actions.filter(({ leads }) => leads.includes('leaver')).slice(1);
  return {
    from,
    to,
    actions,
    officers,
    coordinators: ['carol', 'dora'],
    fixed: {
      [leftOn]: [{ kind: 'leave', officer: 'leaver' }],
      [later(leftOn, 12)]: handed.map(({ id }): Deed => ({ kind: 'hand over', action: id, to: 'heir' })),
      [later(from, 230)]: [{ kind: 'bounce', officer: 'bouncer' }],
    },
    missed: daysOf({ from, to }).filter(() => next() < 0.06),
  };
};

const open = async (script: Script): Promise<World> => {
  const world = openWorld();
  world.clock.set(momentInLondon(script.from, 0) ?? '');
  await world.commit(world.actionPlans.toAdd({ ...world.plan, from: script.from, to: script.to }));
  await world.addUnit('central');
  for (const [head, unit] of Object.entries(units)) {
    await world.addUnit(unit, { head: emailOf(head) });
    await world.addStaff(head, { unit });
  }
  for (const [name, officer] of Object.entries(officers))
    await world.addStaff(name, {
      unit: unitOf(officer),
      roles: name === 'carol' ? ['officer', 'coordinator'] : ['officer'],
    });
  await world.addStaff('dora', { unit: 'central', roles: ['coordinator'] });
  for (const { id, leads, milestones, ongoing } of script.actions) {
    const action = anAction({
      id,
      plan: world.plan.id,
      leads: leads.map((name) => ({ name, email: emailOf(name) })),
      timescale: {
        ...noTimescale,
        ongoing,
        milestones: milestones.map((due) => ({ due, precision: 'day', label: null })),
      },
      createdAt: world.clock.now(),
    });
    const clocks = await clockWrites(world, null, action, { from: script.from }, script.from, false);
    await world.commit(world.actions.toAdd(action), ...clocks);
  }
  return world;
};

/** What somebody does in the evening, by the domain's own means. */
const carryOut = async (world: World, script: Script, day: Day, deed: Deed): Promise<void> => {
  world.clock.set(momentInLondon(day, 18 * 60) ?? '');
  if (deed.kind === 'leave') return world.setStatus(deed.officer, 'suspended');
  if (deed.kind === 'bounce') {
    const email = emailOf(deed.officer);
    const at = world.clock.now();
    return world.commit(
      world.suppressions.toSuppress(keyOfRecipient(email), 'bounced', at),
      world.departures.toNote({ email, at }),
    );
  }
  const before = await world.actions.find(deed.action);
  if (!before) throw new Error(deed.action);
  const after: Action =
    deed.kind === 'hand over'
      ? { ...before, leads: [{ name: deed.to, email: emailOf(deed.to) }] }
      : {
          ...before,
          progressAt: world.clock.now(),
          status: deed.kind === 'complete' ? 'complete' : 'in-progress',
        };
  const clocks = await clockWrites(
    world,
    before,
    after,
    { from: script.from },
    day,
    deed.kind !== 'hand over',
  );
  await world.commit(world.actions.toChange(before, after), ...clocks);
};

const mailsOf = (world: World): readonly (readonly string[])[] =>
  world.outbox.mails.map(({ to, message }) => {
    const { day, items, total } = message as ChaseDigest;
    expect(new Set(items.map(({ section, subject }) => `${section} ${subject}`)).size).toBe(total);
    const lines = items.map(
      ({ section, subject, owed, due, saying }) => `${section} ${subject} ${owed} ${due} ${saying}`,
    );
    return [day, to.split('@')[0] ?? '', ...lines.sort()];
  });

const inOrder = (mails: readonly (readonly string[])[]) => mails.map((mail) => mail.join('\n')).sort();

/** A morning: as it should be, twice, or killed somewhere and started again. */
const morning = async (world: World, day: Day, next: () => number): Promise<void> => {
  const kind = next();
  if (kind < 0.25) {
    for (let deaths = 0; deaths < 1 + Math.floor(next() * 3); deaths += 1)
      await world.run(day, 1 + Math.floor(next() * 8)).catch(() => {});
  }
  await world.run(day);
  if (kind > 0.85) await world.run(day);
};

describe.each([
  ['2026-04-01', '2027-03-31'],
  ['2010-04-01', '2011-03-31'],
])('from %s to %s', (from, to) => {
  test.each([1, 2])(
    'the mails of a year are exactly those that were foretold (seed %i)',
    async (seed) => {
      const script = scriptOf(from, to, seed);
      const { mails, deeds } = foretell(script);
      const world = await open(script);
      const next = chance(seed * 7919);
      for (const day of daysOf(script)) {
        if (!script.missed.includes(day)) await morning(world, day, next);
        for (const deed of deeds[day] ?? []) await carryOut(world, script, day, deed);
      }
      expect(inOrder(mailsOf(world))).toEqual(inOrder(mails));
      const sent = mailsOf(world);
      expect(sent.length).toBeGreaterThan(250);
      expect(sent.every(([day = '']) => isWorking(day))).toBe(true);
      expect(new Set(sent.map(([day, to]) => `${day} ${to}`)).size).toBe(sent.length);
    },
    60_000,
  );
});
