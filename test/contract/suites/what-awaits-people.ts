import { describe, expect, test } from 'vitest';
import { mailingStatuses } from '#domain/mailings/mailing.ts';
import { STALE_SECONDS } from '#domain/mailings/working-time.ts';
import { addSeconds } from '#domain/shared/clock.ts';
import { aMailing } from '#test/support/mailings/mailing-fakes.ts';
import { aMail } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const AT = '2026-11-23T09:31:00.000Z';
const claimOf = (id: string, recipient: string) => ({ id, recipient, essential: true });

export const describeMailingsThatWait = (open: OpenStores) =>
  describe('mailings that wait for people', () => {
    test('are those to approve and those paused, as long as they are', async () => {
      const { facts, mailings } = await open();
      for (const status of mailingStatuses)
        await facts.commit([mailings.toAdd(aMailing({ id: `id-${status}`, status }))]);
      const ids = async () => (await mailings.waiting()).map(({ id }) => id).toSorted();
      expect(await ids()).toEqual(['id-paused', 'id-to-approve']);
      await facts.commit([mailings.toChange(aMailing({ id: 'id-paused', status: 'sending' }))]);
      expect(await ids()).toEqual(['id-to-approve']);
      expect((await mailings.underWay()).map(({ id }) => id).toSorted()).toEqual([
        'id-freezing',
        'id-paused',
        'id-scheduled',
        'id-sending',
      ]);
    });
  });

export const describeMailTroubles = (open: OpenStores) =>
  describe('mails in trouble', () => {
    const openWithTrouble = async () => {
      const stores = await open();
      const { facts, outbox, deliveries, suppressions, keyOfRecipient } = stores;
      const post = async (to: string, since: string, how: 'suppressed' | 'in-doubt') => {
        const mail = aMail({ to });
        const key = keyOfRecipient(to);
        await facts.commit([outbox.toPost(mail)]);
        if (how === 'suppressed') await facts.commit([suppressions.toSuppress(key, 'bounced', AT)]);
        if (how === 'in-doubt')
          await deliveries.claim(claimOf(mail.id, key), addSeconds(since, -STALE_SECONDS - 1));
        expect(await deliveries.claim(claimOf(mail.id, key), since)).toBe(how);
        return { id: mail.id, kind: mail.message.kind, to, state: how, since };
      };
      return { ...stores, post };
    };

    test('are listed with the newest first, a page at a time', async () => {
      const { mailTroubles, post } = await openWithTrouble();
      expect(await mailTroubles.list({ after: null, size: 2 })).toEqual({ items: [], next: null });
      const first = await post('a@example.org', '2026-11-23T09:31:00.000Z', 'in-doubt');
      const third = await post('c@example.org', '2026-11-23T09:33:00.000Z', 'suppressed');
      const second = await post('b@example.org', '2026-11-23T09:32:00.000Z', 'suppressed');
      const page = await mailTroubles.list({ after: null, size: 2 });
      expect(page.items).toEqual([third, second]);
      expect(await mailTroubles.list({ after: page.next, size: 2 })).toEqual({ items: [first], next: null });
      expect((await mailTroubles.list({ after: '<nonsense>', size: 9 })).items.length).toBeLessThanOrEqual(3);
    });

    test('are gone when they arrive after all, and leave out what nobody waits for', async () => {
      const { mailTroubles, deliveries, facts, outbox, suppressions, keyOfRecipient, post } =
        await openWithTrouble();
      const doubted = await post('a@example.org', AT, 'in-doubt');
      await deliveries.accept(doubted.id, 'service-1', AT);
      const optOut = { unsubscribe: 'u', preferences: 'p' };
      const digest = aMail({ to: 'b@example.org', message: { kind: 'weekly-digest', items: [], optOut } });
      const key = keyOfRecipient(digest.to);
      await facts.commit([outbox.toPost(digest), suppressions.toSuppress(key, 'unsubscribed', AT)]);
      await deliveries.claim({ ...claimOf(digest.id, key), essential: false }, AT);
      expect(await mailTroubles.list({ after: null, size: 9 })).toEqual({ items: [], next: null });
    });
  });
