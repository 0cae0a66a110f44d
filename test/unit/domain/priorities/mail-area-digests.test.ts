import { beforeEach, describe, expect, test } from 'vitest';
import type { AreaDigest, Mail } from '#domain/mailings/message.ts';
import { aNotice, WARD } from '#test/support/stores/records.ts';
import { FALLBACK, OTHER_WARD, openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

const digests = () =>
  world.outbox.mails.filter(
    (mail): mail is Mail & { message: AreaDigest } => mail.message.kind === 'area-digest',
  );

const notices = (count: number, area = WARD) => Array.from({ length: count }, () => aNotice({ area }));
const wait = async (...waiting: ReturnType<typeof aNotice>[]) => {
  for (const notice of waiting) await world.facts.commit([world.notices.toAdd(notice)]);
};

describe('the morning digest', () => {
  test('tells each team what came in for its area, in one mail', async () => {
    const own = await world.left({ email: null });
    await world.left({ email: null, area: OTHER_WARD });
    await world.left({ email: null, text: 'Another one.' });
    expect(await world.digest('run-1')).toEqual({ workingDay: true, digests: 2, submissions: 3 });
    expect(digests().map(({ to, message }) => [to, message.area.name, message.submissions.length])).toEqual([
      ['millbrook@folkmoot.example', 'Millbrook', 2],
      ['exampleham@folkmoot.example', 'Northgate', 1],
    ]);
    expect(digests()[0]?.message.submissions[0]).toEqual({
      id: own.id,
      reference: own.reference,
      answerBy: own.answerBy,
      supports: false,
    });
    expect(digests().every(({ correlationId }) => correlationId === 'run-1')).toBe(true);
  });

  test('holds no words and no addresses of those who wrote', async () => {
    await world.left({ text: 'canary words', email: 'canary@example.org' });
    await world.digest('run-1');
    expect(JSON.stringify(digests())).not.toContain('canary');
  });

  test('run twice tells nothing twice, one after the other and at once', async () => {
    await wait(...notices(3), ...notices(2, OTHER_WARD));
    const runs = await Promise.all([world.digest('run-1'), world.digest('run-2')]);
    expect(runs.reduce((sum, run) => sum + run.submissions, 0)).toBe(5);
    expect(await world.digest('run-3')).toEqual({ workingDay: true, digests: 0, submissions: 0 });
    const told = digests().flatMap(({ message }) => message.submissions.map(({ id }) => id));
    expect(told).toHaveLength(5);
    expect(new Set(told).size).toBe(5);
  });

  test('is cut where it would be too large for one transaction, and forgets nobody', async () => {
    await wait(...notices(250), ...notices(1, OTHER_WARD));
    expect(await world.digest('run-1')).toEqual({ workingDay: true, digests: 4, submissions: 251 });
    expect(digests().map(({ message }) => message.submissions.length)).toEqual([99, 99, 52, 1]);
    expect(await world.waiting()).toEqual([]);
  });

  test.each([
    ['2026-11-22T07:00:00.000Z', 'a Sunday'],
    ['2026-12-25T07:00:00.000Z', 'Christmas Day'],
    ['2026-12-28T07:00:00.000Z', 'a substitute day'],
    ['2027-03-29T06:00:00.000Z', 'Easter Monday'],
    ['2027-06-05T23:30:00.000Z', 'a Saturday in UTC that is a Sunday in London'],
  ])('waits on %s, %s', async (now) => {
    await wait(...notices(1));
    world.clock.set(now);
    expect(await world.digest('run-1')).toEqual({ workingDay: false, digests: 0, submissions: 0 });
    expect(digests()).toEqual([]);
    expect(await world.waiting()).toHaveLength(1);
  });

  test('tells after a weekend what came in over it', async () => {
    world.clock.set('2026-11-21T12:00:00.000Z');
    await world.left({ email: null });
    world.clock.set('2026-11-22T07:00:00.000Z');
    await world.digest('run-1');
    world.clock.set('2026-11-23T07:00:00.000Z');
    expect(await world.digest('run-2')).toMatchObject({ submissions: 1 });
  });

  test('names an area that nobody knows by its code, and goes to the address of last resort', async () => {
    await wait(aNotice({ area: 'E05000000' }));
    await world.digest('run-1');
    expect(digests()).toMatchObject([{ to: FALLBACK, message: { area: { name: 'E05000000' } } }]);
  });

  test('that breaks off goes on with the rest the next time', async () => {
    await wait(...notices(2), ...notices(2, OTHER_WARD));
    const { commit } = world.facts;
    let calls = 0;
    world.facts.commit = (writes) => {
      calls += 1;
      if (calls === 2) throw new Error('no answer');
      return commit.call(world.facts, writes);
    };
    await expect(world.digest('run-1')).rejects.toThrow('no answer');
    expect(await world.digest('run-2')).toMatchObject({ digests: 1, submissions: 2 });
    expect(digests()).toHaveLength(2);
  });
});
