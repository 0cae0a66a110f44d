import { beforeEach, describe, expect, test } from 'vitest';
import { WARD } from '#test/support/stores/records.ts';
import { aWish, EMAIL, openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

const AT = '2026-11-23T09:30:00.000Z';

describe('leaving', () => {
  test('forgets what was wanted, and notes that nothing more is', async () => {
    await world.subscribe();
    await world.unsubscribe();
    expect(await world.subscription()).toBeNull();
    expect(await world.suppressions.find(world.recipient)).toMatchObject({ unsubscribed: AT });
    const news = { kind: 'subscribed', areas: [], topics: ['news'] } as const;
    expect((await world.audiences.page(news, null, 9)).recipients).toEqual([]);
    const entry = (await world.entries()).at(-1);
    expect(entry).toMatchObject({
      actor: { kind: 'public' },
      deed: 'unsubscribe',
      record: { kind: 'subscription', id: world.recipient },
      before: { areas: [WARD], email: { withheld: true } },
      after: null,
    });
    expect(JSON.stringify(entry)).not.toContain(EMAIL);
  });

  test('works for those who never signed up', async () => {
    await world.unsubscribe();
    expect(await world.suppressions.find(world.recipient)).toMatchObject({ unsubscribed: AT });
    expect(await world.entries()).toMatchObject([{ deed: 'unsubscribe', before: null, after: null }]);
  });

  test.each([true, false])(
    'is done once however often it is asked for (subscribed: %s)',
    async (isSubscribed) => {
      if (isSubscribed) await world.subscribe();
      await Promise.all([1, 2, 3].map(() => world.unsubscribe()));
      world.clock.advance(1);
      await world.unsubscribe();
      expect(await world.suppressions.find(world.recipient)).toMatchObject({ unsubscribed: AT });
      expect((await world.deedsDone()).filter((deed) => deed === 'unsubscribe')).toHaveLength(1);
    },
  );

  test('and coming back, and leaving again', async () => {
    await world.unsubscribe();
    for (let time = 0; time < 3; time += 1) {
      await world.subscribe();
      expect(await world.suppressions.find(world.recipient)).toBeNull();
      expect(await world.subscription()).not.toBeNull();
      await world.unsubscribe();
      expect(await world.suppressions.find(world.recipient)).toMatchObject({ unsubscribed: AT });
      expect(await world.subscription()).toBeNull();
    }
  });

  test('at the same moment as others change or confirm ends in one of both, whole', async () => {
    await world.subscribe();
    await world.signUp(aWish({ areas: [] }));
    await Promise.all([
      world.unsubscribe(),
      world.change(aWish({ frequency: 'weekly' })),
      world.confirm(world.secretOfLatest()),
      world.unsubscribe(),
    ]);
    const isSuppressed = (await world.suppressions.find(world.recipient)) !== null;
    expect((await world.subscription()) === null).toBe(isSuppressed);
  });
});
