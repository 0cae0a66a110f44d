import { beforeEach, describe, expect, test } from 'vitest';
import { mailingStatuses } from '#domain/mailings/mailing.ts';
import { mindMailings } from '#domain/mailings/mind-mailings.ts';
import { addSeconds } from '#domain/shared/clock.ts';
import { openWorld, people, START, type World } from './world.ts';

let world: World;
beforeEach(() => {
  world = openWorld();
});

const mind = () => mindMailings(world.ports)('minding-1');
const ALL_PARTS = Array.from({ length: 8 }, (_, shard) => `send ${shard}`);

describe('looking after mailings', () => {
  test('begins those whose time has come, and no others', async () => {
    const due = await world.add({ status: 'scheduled', sendAt: START });
    const overdue = await world.add({ status: 'scheduled', sendAt: addSeconds(START, -86_400) });
    const later = await world.add({ status: 'scheduled', sendAt: addSeconds(START, 1) });
    expect(await mind()).toEqual({ begun: 2, minded: 0 });
    for (const { id } of [due, overdue])
      expect(await world.found(id)).toMatchObject({ status: 'freezing', startedAt: START });
    expect(await world.found(later.id)).toEqual(later);
    expect(world.works()).toEqual(['freeze', 'freeze']);
    expect(await world.deeds()).toEqual(['begin mailing', 'begin mailing']);
    world.pass(1);
    expect(await mind()).toEqual({ begun: 1, minded: 2 });
    expect(await world.found(later.id)).toMatchObject({ status: 'freezing' });
  });

  test('asks for work on those that are under way, and on no others', async () => {
    for (const status of mailingStatuses)
      await world.add({ status, sendAt: status === 'scheduled' ? addSeconds(START, 60) : null });
    expect(await mind()).toEqual({ begun: 0, minded: 2 });
    expect(world.works().toSorted()).toEqual(['freeze', ...ALL_PARTS]);
    expect(world.steps.posted.every(({ correlationId }) => correlationId === 'minding-1')).toBe(true);
  });

  test('begins a mailing once, however many look after it at once', async () => {
    const { id } = await world.add({ status: 'scheduled', sendAt: START });
    const runs = await Promise.all([mind(), mind(), mind()]);
    expect(runs.reduce((sum, { begun }) => sum + begun, 0)).toBe(1);
    expect(await world.deeds()).toEqual(['begin mailing']);
    expect(world.works()).toEqual(['freeze']);
    expect(await world.found(id)).toMatchObject({ status: 'freezing', version: 2 });
  });

  test('leaves alone what somebody has changed in the same moment', async () => {
    const { id } = await world.add({ status: 'scheduled', sendAt: START });
    const { underWay } = world.mailings;
    world.mailings.underWay = async () => {
      const found = await underWay.call(world.mailings);
      await world.change(id, { status: 'cancelled' });
      return found;
    };
    expect(await mind()).toEqual({ begun: 0, minded: 0 });
    expect(await world.found(id)).toMatchObject({ status: 'cancelled' });
    expect(world.works()).toEqual([]);
  });

  test('carries a mailing from its time to its end, whoever died on the way', async () => {
    world.audience.people = people(120);
    const { id } = await world.add({ status: 'scheduled', sendAt: START });
    let done = 0;
    for (let turn = 0; turn < 6; turn += 1) {
      await mind();
      const posted = world.steps.posted.slice(done);
      done = world.steps.posted.length;
      // Every other step is lost with its worker.
      for (const step of posted.filter((_, index) => index % 2 === turn % 2)) await world.work(step);
      world.pass(300);
    }
    expect(await world.found(id)).toMatchObject({ status: 'sent', total: 120 });
    expect(new Set(world.postman.sent.map(({ mail }) => mail.to)).size).toBe(120);
    expect(world.postman.sent).toHaveLength(120);
  });
});
