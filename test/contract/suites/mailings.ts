import { describe, expect, test } from 'vitest';
import type { Message } from '#domain/mailings/message.ts';
import { aMail, WARD } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const AT = '2026-11-23T09:31:00.000Z';
const area = { code: WARD, name: 'Millbrook' };

const messages: readonly Message[] = [
  {
    kind: 'submission-received',
    reference: 'AB3CD4EF',
    area,
    text: '',
    supports: { id: 'p-1', title: 'Speeding' },
    answerBy: null,
  },
  {
    kind: 'submission-answered',
    reference: 'AB3CD4EF',
    area,
    text: '😀\nsecond line',
    outcome: { kind: 'not-taken-up', reason: 'It was mended.' },
    priority: null,
    answer: 'Thank you.',
  },
  {
    kind: 'submission-flagged',
    submission: 's-1',
    reference: 'AB3CD4EF',
    area,
    cautions: ['emergency'],
    answerBy: AT,
  },
  {
    kind: 'area-digest',
    area,
    submissions: [{ id: 's-1', reference: 'AB3CD4EF', answerBy: AT, supports: true }],
  },
];

export const describeOutbox = (open: OpenStores) =>
  describe('outbox', () => {
    test.each(messages)('keeps a mail of the kind $kind as it is', async (message) => {
      const { facts, outbox } = await open();
      const mail = aMail({ message, replyTo: null });
      expect(await outbox.find(mail.id)).toBeNull();
      expect(await facts.commit([outbox.toPost(mail)])).toEqual({ refused: null });
      expect(await outbox.find(mail.id)).toEqual(mail);
    });
  });

export const describeDeliveries = (open: OpenStores) =>
  describe('deliveries', () => {
    const openWithMail = async () => {
      const stores = await open();
      const mail = aMail();
      await stores.facts.commit([stores.outbox.toPost(mail)]);
      return { ...stores, mail };
    };

    test('gives a mail to one of many who claim it at once', async () => {
      const { deliveries, mail } = await openWithMail();
      const claims = await Promise.all(Array.from({ length: 10 }, () => deliveries.claim(mail.id, AT)));
      expect(claims.filter((claim) => claim === 'taken')).toHaveLength(1);
      expect(claims.filter((claim) => claim === 'in-doubt')).toHaveLength(9);
    });

    test('knows what was accepted, also when it is noted twice', async () => {
      const { deliveries, outbox, mail } = await openWithMail();
      expect(await deliveries.claim(mail.id, AT)).toBe('taken');
      await deliveries.accept(mail.id, 'service-1', AT);
      await deliveries.accept(mail.id, 'service-1', AT);
      expect(await deliveries.claim(mail.id, AT)).toBe('accepted');
      expect(await outbox.find(mail.id)).toEqual(mail);
    });

    test('lets a refused mail be claimed again', async () => {
      const { deliveries, mail } = await openWithMail();
      await deliveries.claim(mail.id, AT);
      await deliveries.release(mail.id);
      await deliveries.release(mail.id);
      expect(await deliveries.claim(mail.id, AT)).toBe('taken');
      expect(await deliveries.claim(mail.id, AT)).toBe('in-doubt');
    });

    test('never gives back what was accepted', async () => {
      const { deliveries, mail } = await openWithMail();
      await deliveries.claim(mail.id, AT);
      await deliveries.accept(mail.id, 'service-1', AT);
      await deliveries.release(mail.id);
      expect(await deliveries.claim(mail.id, AT)).toBe('accepted');
    });

    test('throws at a mail that never was', async () => {
      const { deliveries, outbox } = await open();
      await expect(deliveries.claim('unknown', AT)).rejects.toThrow('unknown');
      expect(await outbox.find('unknown')).toBeNull();
    });
  });
