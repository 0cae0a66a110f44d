import { beforeEach, describe, expect, test } from 'vitest';
import { MAX_AREAS } from '#domain/subscriptions/subscription.ts';
import { anArea, BOROUGH, WARD } from '#test/support/stores/records.ts';
import { aWish, EMAIL, GONE_WARD, OTHER_WARD, openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

const AT = '2026-11-23T09:30:00.000Z';
const NAMES = { topics: ['priorities', 'news'], areas: [WARD], frequency: 'at-once' };

describe('signing up', () => {
  test('writes to the address, and stores no subscription', async () => {
    expect((await world.signUp()).ok).toBe(true);
    expect(world.outbox.mails).toMatchObject([
      {
        to: EMAIL,
        replyTo: null,
        message: {
          kind: 'subscription-confirmation',
          ...NAMES,
          areas: [{ code: WARD, name: 'Millbrook' }],
          endsAt: '2026-11-30T09:30:00.000Z',
        },
      },
    ]);
    expect(await world.subscription()).toBeNull();
    expect(
      (await world.audiences.page({ kind: 'subscribed', areas: [], topics: ['news'] }, null, 9)).recipients,
    ).toEqual([]);
  });

  test('leaves in the trail what was asked for, and neither the address nor who it is', async () => {
    await world.signUp();
    const [entry] = await world.entries();
    expect(entry).toMatchObject({ actor: { kind: 'public' }, deed: 'sign up', after: NAMES });
    const text = JSON.stringify(entry);
    expect(text).not.toContain(EMAIL);
    expect(text).not.toContain(world.recipient);
    expect(text).not.toContain(world.secretOfLatest());
  });

  test('is the same for an address that is known, and one that is suppressed', async () => {
    await world.subscribe();
    await world.facts.commit([world.suppressions.toSuppress(world.recipient, 'complained', AT)]);
    const before = await world.subscription();
    expect((await world.signUp(aWish({ areas: [] }))).ok).toBe(true);
    expect(world.messages()).toHaveLength(2);
    expect(await world.subscription()).toEqual(before);
  });

  test('pressed twice is one mail; with something else under the same key it is refused', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => world.signUp(aWish(), 'key-1')));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(world.messages()).toHaveLength(1);
    expect(await world.signUp(aWish({ frequency: 'weekly' }), 'key-1')).toMatchObject({
      error: { name: 'KeyReused' },
    });
    expect(world.messages()).toHaveLength(1);
    expect(await world.deedsDone()).toEqual(['sign up']);
  });

  test.each([
    ['without a topic', { topics: [] }, 'TopicMissing'],
    ['for an area that never was', { areas: ['E05000000'] }, 'AreasUnknown'],
    ['for an area of yesterday', { areas: [WARD, GONE_WARD] }, 'AreasUnknown'],
  ] as const)('%s is refused', async (_, changes, name) => {
    expect(await world.signUp(aWish(changes))).toMatchObject({ ok: false, error: { name } });
    expect(world.messages()).toEqual([]);
  });

  test('for more areas than one subscription holds is refused', async () => {
    const codes = Array.from({ length: MAX_AREAS + 1 }, (_, at) => `E05${String(at).padStart(6, '0')}`);
    await world.areas.save(codes.map((code) => anArea({ code })));
    expect(await world.signUp(aWish({ areas: codes }))).toMatchObject({ error: { name: 'TooManyAreas' } });
    expect((await world.signUp(aWish({ areas: [...codes.slice(1), ...codes.slice(1)] }))).ok).toBe(true);
  });
});

describe('the link in the mail', () => {
  test('shows what is to be confirmed, and changes nothing', async () => {
    await world.signUp();
    for (let look = 0; look < 3; look += 1)
      expect(await world.deeds.find(world.secretOfLatest())).toEqual({ state: 'waiting', wish: NAMES });
    expect(await world.subscription()).toBeNull();
    expect(await world.deeds.find('another')).toBeNull();
  });

  test('makes the subscription when its button is pressed, however often', async () => {
    await world.signUp();
    const secret = world.secretOfLatest();
    const answers = [
      ...(await Promise.all([1, 2, 3].map(() => world.confirm(secret)))),
      await world.confirm(secret),
    ];
    expect(answers).toEqual(answers.map(() => ({ ok: true, value: NAMES })));
    expect(await world.subscription()).toEqual({
      ...NAMES,
      key: world.recipient,
      email: EMAIL,
      language: 'en-GB',
      confirmedAt: AT,
      version: 1,
    });
    expect(await world.deeds.find(secret)).toEqual({ state: 'confirmed', wish: NAMES });
    expect(await world.deedsDone()).toEqual(['sign up', 'confirm sign-up']);
    expect(JSON.stringify(await world.entries())).not.toContain(EMAIL);
  });

  test('ends after a week', async () => {
    await world.signUp();
    world.clock.advance(7 * 24);
    expect(await world.deeds.find(world.secretOfLatest())).toBeNull();
    expect(await world.confirm(world.secretOfLatest())).toMatchObject({ error: { name: 'LinkEnded' } });
    expect(await world.confirm('never was')).toMatchObject({ error: { name: 'LinkEnded' } });
    expect(await world.subscription()).toBeNull();
  });

  test('of a second sign-up takes the place of what was there', async () => {
    await world.subscribe();
    world.clock.advance(1);
    await world.subscribe(aWish({ topics: ['meetings'], areas: [BOROUGH, OTHER_WARD], frequency: 'weekly' }));
    expect(await world.subscription()).toMatchObject({
      topics: ['meetings'],
      areas: [BOROUGH, OTHER_WARD],
      frequency: 'weekly',
      version: 2,
      confirmedAt: '2026-11-23T10:30:00.000Z',
    });
  });

  test('lets those be written to again who had left, and nobody who complained or has no mailbox', async () => {
    for (const reason of ['unsubscribed', 'complained', 'bounced'] as const)
      await world.facts.commit([world.suppressions.toSuppress(world.recipient, reason, AT)]);
    await world.subscribe();
    expect(await world.suppressions.find(world.recipient)).toMatchObject({
      unsubscribed: null,
      complained: AT,
      bounced: AT,
    });
  });
});

describe('changing a subscription', () => {
  test('finds the person by what is wanted now', async () => {
    await world.subscribe();
    const wish = aWish({ topics: ['meetings'], areas: [], frequency: 'weekly' });
    expect((await world.change(wish)).ok).toBe(true);
    const page = (topic: 'meetings' | 'news') =>
      world.audiences.page({ kind: 'subscribed', areas: [WARD], topics: [topic] }, null, 9);
    expect((await page('meetings')).recipients).toMatchObject([{ email: EMAIL, area: null, weekly: true }]);
    expect((await page('news')).recipients).toEqual([]);
    const entry = (await world.entries()).at(-1);
    expect(entry).toMatchObject({
      deed: 'change subscription',
      record: { kind: 'subscription', id: world.recipient },
      before: { topics: ['priorities', 'news'], areas: [WARD] },
      after: { topics: ['meetings'], areas: [], frequency: 'weekly' },
    });
  });

  test('to the same changes nothing', async () => {
    await world.subscribe();
    await world.change();
    await world.change();
    expect(await world.deedsDone()).toEqual(['sign up', 'confirm sign-up']);
  });

  test('keeps areas of yesterday, and adds none', async () => {
    await world.subscribe(aWish({ areas: [WARD, OTHER_WARD] }));
    await world.areas.save([anArea({ code: OTHER_WARD, superseded: { on: '2026-11-23', by: [WARD] } })]);
    expect((await world.change(aWish({ areas: [OTHER_WARD] }))).ok).toBe(true);
    expect(await world.change(aWish({ areas: [OTHER_WARD, GONE_WARD] }))).toMatchObject({
      error: { name: 'AreasUnknown' },
    });
  });

  test('is refused where there is none', async () => {
    expect(await world.change()).toMatchObject({ error: { name: 'NotSubscribed' } });
  });
});

describe('a link to the own preferences', () => {
  test('goes to whoever has a subscription, once for each press, and is good for a week', async () => {
    await world.subscribe();
    await world.sendLink(EMAIL.toUpperCase(), 'press-1');
    await world.sendLink(EMAIL.toUpperCase(), 'press-1');
    expect(world.messages().slice(1)).toMatchObject([
      { kind: 'preferences-link', endsAt: '2026-11-30T09:30:00.000Z' },
    ]);
    const [, link] = world.messages();
    const token = link?.kind === 'preferences-link' ? (link.secret ?? '') : '';
    expect(await world.mailTokens.read('preferences', token)).toBe(world.recipient);
    expect(await world.mailTokens.read('unsubscribe', token)).toBeNull();
    world.clock.advance(7 * 24);
    expect(await world.mailTokens.read('preferences', token)).toBeNull();
  });

  test('goes to nobody else, with the same answer', async () => {
    expect(await world.sendLink()).toEqual({ ok: true, value: null });
    await world.signUp();
    expect(await world.sendLink()).toEqual({ ok: true, value: null });
    expect(world.messages().map(({ kind }) => kind)).toEqual(['subscription-confirmation']);
  });
});
