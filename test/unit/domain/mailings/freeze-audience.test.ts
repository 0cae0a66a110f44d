import { beforeEach, describe, expect, test } from 'vitest';
import { NO_DELIVERIES } from '#domain/mailings/delivery.ts';
import { aMailingStep } from '#test/support/stores/records.ts';
import { openWorld, people, START, type World } from './world.ts';

let world: World;
let id: string;

const open = async (count: number, settings: Parameters<typeof openWorld>[0] = {}) => {
  world = openWorld(settings);
  world.audience.people = people(count);
  ({ id } = await world.add({ status: 'freezing', startedAt: START }));
};

const freeze = (remaining?: () => number) =>
  world.work(aMailingStep({ mailing: id, correlationId: 'correlation-7' }), remaining);

const ALL_PARTS = Array.from({ length: 8 }, (_, shard) => `send ${shard}`);

beforeEach(() => open(250));

describe('freezing an audience', () => {
  test('enters each person, page by page, and begins to send in every part', async () => {
    world.audience.people = [...people(250), ...people(30)];
    await freeze();
    expect(world.audience.asked).toEqual([null, '100', '200']);
    expect(await world.ledger.count(id)).toBe(250);
    expect(await world.found(id)).toMatchObject({ status: 'sending', total: 250, finishedAt: null });
    expect(await world.ledger.counts(id)).toEqual(NO_DELIVERIES);
    expect(world.works()).toEqual(ALL_PARTS);
    expect(world.steps.posted.every(({ correlationId }) => correlationId === 'correlation-7')).toBe(true);
    expect(await world.deeds()).toEqual(['freeze audience']);
    expect(JSON.stringify(world.lines)).not.toContain('@');
  });

  test('that breaks off goes on, at once, from the page where it was', async () => {
    let isDown = true;
    world.audience.beforePage = async (after) => {
      if (after === '200' && isDown) throw new Error('no answer');
    };
    await expect(freeze()).rejects.toThrow('no answer');
    expect(await world.found(id)).toMatchObject({ status: 'freezing', total: null });
    isDown = false;
    await freeze();
    expect(world.audience.asked).toEqual([null, '100', '200']);
    expect(await world.found(id)).toMatchObject({ status: 'sending', total: 250 });
  });

  test('enters a page again that was entered before it could be noted, and nobody twice', async () => {
    const { save } = world.progress;
    world.progress.save = () => Promise.reject(new Error('no answer'));
    await expect(freeze()).rejects.toThrow('no answer');
    expect(await world.ledger.count(id)).toBe(100);
    world.progress.save = save;
    await freeze();
    expect(world.audience.asked).toEqual([null, null, '100', '200']);
    expect(await world.found(id)).toMatchObject({ status: 'sending', total: 250 });
  });

  test('that could not say in the end what it found does so the next time', async () => {
    const { commit } = world.facts;
    world.facts.commit = () => Promise.reject(new Error('no answer'));
    await expect(freeze()).rejects.toThrow('no answer');
    world.facts.commit = commit;
    await freeze();
    await freeze();
    expect(await world.found(id)).toMatchObject({ status: 'sending', total: 250 });
    expect(world.works()).toEqual(ALL_PARTS);
  });

  test('stops when it is paused, and goes on from there when it is resumed', async () => {
    world.audience.beforePage = async (after) => {
      if (after === '100') await world.change(id, { status: 'paused', pausedFrom: 'freezing' });
    };
    await freeze();
    expect(world.audience.asked).toEqual([null, '100']);
    expect(world.works()).toEqual([]);
    expect(await world.found(id)).toMatchObject({ status: 'paused', total: null });
    await freeze();
    expect(world.audience.asked).toHaveLength(2);
    world.audience.beforePage = async () => {};
    await world.change(id, { status: 'freezing', pausedFrom: null });
    await freeze();
    expect(world.audience.asked).toEqual([null, '100', '200']);
    expect(await world.found(id)).toMatchObject({ status: 'sending', total: 250 });
  });

  test.each([
    ['paused', { status: 'paused', pausedFrom: 'freezing' }],
    ['cancelled', { status: 'cancelled' }],
  ] as const)('leaves a mailing alone that is %s while the last page is entered', async (_, changes) => {
    world.audience.beforePage = async (after) => {
      if (after === '200') await world.change(id, changes);
    };
    await freeze();
    expect(await world.found(id)).toMatchObject({ ...changes, total: null });
    expect(world.works()).toEqual([]);
    expect(world.lines.map(({ name }) => name)).not.toContain('audience frozen');
  });

  test('asks for another turn when its time is used up', async () => {
    const turns = [60_000, 25_000, 19_999];
    await freeze(() => turns.shift() ?? 0);
    expect(world.audience.asked).toEqual([null, '100']);
    expect(world.works()).toEqual(['freeze']);
    expect(await world.found(id)).toMatchObject({ status: 'freezing' });
    await freeze();
    expect(world.audience.asked).toEqual([null, '100', '200']);
    expect(world.works()).toEqual(['freeze', ...ALL_PARTS]);
  });

  test('is done by one of two at the same moment', async () => {
    await Promise.all([freeze(), freeze()]);
    expect(world.audience.asked).toEqual([null, '100', '200']);
    expect(await world.deeds()).toEqual(['freeze audience']);
    expect(world.works()).toEqual(ALL_PARTS);
  });

  test('to nobody ends it', async () => {
    await open(0);
    await freeze();
    expect(await world.found(id)).toMatchObject({ status: 'sent', total: 0, finishedAt: START });
    expect(world.works()).toEqual([]);
  });

  test('asks a second person when more have joined than one person may write to', async () => {
    await open(101, { approvalAbove: 100 });
    await freeze();
    expect(await world.found(id)).toMatchObject({ status: 'to-approve', total: 101 });
    expect(world.works()).toEqual([]);
    expect(await world.ledger.count(id)).toBe(101);
  });

  test.each([
    ['exactly as many', 100, null],
    ['more, with approval', 101, 'second@folkmoot.example'],
  ])('asks nobody for %s', async (_, count, approvedBy) => {
    await open(count, { approvalAbove: 100 });
    await world.change(id, { approvedBy });
    await freeze();
    expect(await world.found(id)).toMatchObject({ status: 'sending', total: count });
  });

  test.each(['draft', 'to-approve', 'scheduled', 'sending', 'paused', 'sent', 'cancelled'] as const)(
    'does nothing for a mailing that is %s, nor for one that is unknown',
    async (status) => {
      const mailing = await world.add({ status });
      await world.work(aMailingStep({ mailing: mailing.id }));
      await world.work(aMailingStep({ mailing: 'unknown' }));
      expect(world.audience.asked).toEqual([]);
      expect(await world.found(mailing.id)).toEqual(mailing);
    },
  );
});
