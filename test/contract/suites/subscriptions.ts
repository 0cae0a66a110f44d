import { describe, expect, test } from 'vitest';
import { MAX_AREAS, topics } from '#domain/subscriptions/subscription.ts';
import { aSignUp, aSubscription } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const DONE = { refused: null };
const TOO_LATE = { refused: 'changed-meanwhile' };

const codes = (from: number) =>
  Array.from({ length: MAX_AREAS }, (_, number) => `E05${String(from + number).padStart(6, '0')}`);

export const describeSubscriptions = (open: OpenStores) =>
  describe('subscriptions', () => {
    test('are kept as they are, one for each address', async () => {
      const { facts, subscriptions } = await open();
      const subscription = aSubscription();
      expect(await subscriptions.find(subscription.key)).toBeNull();
      expect(await facts.commit([subscriptions.toAdd(subscription)])).toEqual(DONE);
      expect(await subscriptions.find(subscription.key)).toEqual(subscription);
      expect(await facts.commit([subscriptions.toAdd(subscription)])).toEqual(TOO_LATE);
    });

    test('change version by version', async () => {
      const { facts, subscriptions } = await open();
      const before = aSubscription();
      await facts.commit([subscriptions.toAdd(before)]);
      const after = { ...before, topics: ['meetings' as const], areas: [], frequency: 'weekly' as const };
      const answers = await Promise.all(
        [1, 2].map(() => facts.commit([subscriptions.toChange(before, after)])),
      );
      expect(answers).toEqual(expect.arrayContaining([DONE, TOO_LATE]));
      expect(await subscriptions.find(before.key)).toEqual({ ...after, version: 2 });
    });

    test('as large as they may be change into others as large', async () => {
      const { facts, subscriptions } = await open();
      const before = aSubscription({ areas: codes(1), topics: [...topics] });
      const after = { ...before, areas: codes(100) };
      expect(await facts.commit([subscriptions.toAdd(before)])).toEqual(DONE);
      expect(await facts.commit([subscriptions.toChange(before, after)])).toEqual(DONE);
      expect(await subscriptions.find(before.key)).toEqual({ ...after, version: 2 });
    });

    test('are removed as they were seen, or not', async () => {
      const { facts, subscriptions } = await open();
      const subscription = aSubscription();
      await facts.commit([subscriptions.toAdd(subscription)]);
      await facts.commit([subscriptions.toChange(subscription, { ...subscription, areas: [] })]);
      expect(await facts.commit([subscriptions.toRemove(subscription)])).toEqual(TOO_LATE);
      const now = { ...subscription, areas: [], version: 2 };
      expect(await facts.commit([subscriptions.toRemove(now)])).toEqual(DONE);
      expect(await facts.commit([subscriptions.toRemove(now)])).toEqual(TOO_LATE);
      expect(await subscriptions.find(subscription.key)).toBeNull();
    });

    test('can be required not to be there', async () => {
      const { facts, subscriptions } = await open();
      const { key } = aSubscription();
      expect(await facts.commit([subscriptions.toRequireNone(key)])).toEqual(DONE);
      await facts.commit([subscriptions.toAdd(aSubscription())]);
      expect(await facts.commit([subscriptions.toRequireNone(key)])).toEqual(TOO_LATE);
    });
  });

export const describeSignUps = (open: OpenStores) =>
  describe('sign-ups', () => {
    test('are found by the hash of their secret, and removed once', async () => {
      const { facts, signUps } = await open();
      const signUp = aSignUp();
      expect(await signUps.find('hash-1')).toBeNull();
      expect(await facts.commit([signUps.toKeep('hash-1', signUp)])).toEqual(DONE);
      expect(await signUps.find('hash-1')).toEqual(signUp);
      expect(await signUps.find('hash-2')).toBeNull();
      const answers = await Promise.all([1, 2].map(() => facts.commit([signUps.toRemove('hash-1')])));
      expect(answers).toEqual(expect.arrayContaining([DONE, { refused: 'not-there' }]));
      expect(await signUps.find('hash-1')).toBeNull();
    });
  });
