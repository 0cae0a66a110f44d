import { describe, expect, test } from 'vitest';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import { isEssential, type Mail, type Message } from '#domain/mailings/message.ts';
import type { MailClaimed } from '#domain/mailings/ports.ts';
import { aMail, WARD } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const AT = '2026-11-23T09:31:00.000Z';
const area = { code: WARD, name: 'Millbrook' };

const invitation: Message = {
  kind: 'staff-invitation',
  post: 'Analyst',
  unit: 'Millbrook team',
  invitedBy: null,
  secret: 'secret-1',
  endsAt: AT,
};

const claimOf = ({ id, to, message }: Mail): MailClaimed => ({
  id,
  recipient: keyOfRecipient(to),
  essential: isEssential[message.kind],
});

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
  invitation,
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
      const claims = await Promise.all(Array.from({ length: 10 }, () => deliveries.claim(claimOf(mail), AT)));
      expect(claims.filter((claim) => claim === 'taken')).toHaveLength(1);
      expect(claims.filter((claim) => claim === 'in-doubt')).toHaveLength(9);
    });

    test('forgets the secret of a link with the mail that carried it', async () => {
      const { facts, outbox, deliveries } = await open();
      const mail = aMail({ message: invitation });
      await facts.commit([outbox.toPost(mail)]);
      await deliveries.claim(claimOf(mail), AT);
      expect(await outbox.find(mail.id)).toEqual(mail);
      await deliveries.accept(mail.id, 'service-1', AT);
      expect(await outbox.find(mail.id)).toEqual({ ...mail, message: { ...invitation, secret: null } });
    });

    test('knows what was accepted, also when it is noted twice', async () => {
      const { deliveries, outbox, mail } = await openWithMail();
      expect(await deliveries.claim(claimOf(mail), AT)).toBe('taken');
      await deliveries.accept(mail.id, 'service-1', AT);
      await deliveries.accept(mail.id, 'service-1', AT);
      expect(await deliveries.claim(claimOf(mail), AT)).toBe('accepted');
      expect(await outbox.find(mail.id)).toEqual(mail);
    });

    test('lets a refused mail be claimed again', async () => {
      const { deliveries, mail } = await openWithMail();
      await deliveries.claim(claimOf(mail), AT);
      await deliveries.release(mail.id, AT);
      await deliveries.release(mail.id, AT);
      expect(await deliveries.claim(claimOf(mail), AT)).toBe('taken');
      expect(await deliveries.claim(claimOf(mail), AT)).toBe('in-doubt');
    });

    test('never gives back what was accepted', async () => {
      const { deliveries, mail } = await openWithMail();
      await deliveries.claim(claimOf(mail), AT);
      await deliveries.accept(mail.id, 'service-1', AT);
      await deliveries.release(mail.id, AT);
      expect(await deliveries.claim(claimOf(mail), AT)).toBe('accepted');
    });

    test('gives a mail back for its own process and for no other', async () => {
      const { deliveries, elsewhere, mail } = await openWithMail();
      await deliveries.claim(claimOf(mail), AT);
      await elsewhere.deliveries.release(mail.id, AT);
      expect(await elsewhere.deliveries.claim(claimOf(mail), AT)).toBe('in-doubt');
      await elsewhere.deliveries.release(mail.id, AT);
      expect(await elsewhere.deliveries.claim(claimOf(mail), AT)).toBe('in-doubt');
      await deliveries.release(mail.id, AT);
      expect(await elsewhere.deliveries.claim(claimOf(mail), AT)).toBe('taken');
      await deliveries.release(mail.id, AT);
      expect(await deliveries.claim(claimOf(mail), AT)).toBe('in-doubt');
    });

    test('never takes for sent what somebody gives back at this moment', async () => {
      const { deliveries, elsewhere, mail } = await openWithMail();
      const claims: string[] = [];
      const work = async (one: typeof deliveries) => {
        for (let attempt = 0; attempt < 12; attempt += 1) {
          const claim = await one.claim(claimOf(mail), AT);
          claims.push(claim);
          if (claim === 'taken') await one.release(mail.id, AT);
        }
      };
      await Promise.all([work(deliveries), work(elsewhere.deliveries)]);
      expect(claims).toContain('taken');
      expect(claims).not.toContain('accepted');
    });

    test('leaves a mail in doubt that nobody can have in hand any more', async () => {
      const { deliveries, mail } = await openWithMail();
      await deliveries.claim(claimOf(mail), AT);
      const later = '2026-11-23T09:40:00.000Z';
      expect(await deliveries.claim(claimOf(mail), later)).toBe('in-doubt');
      await deliveries.accept(mail.id, 'service-1', later);
      expect(await deliveries.claim(claimOf(mail), later)).toBe('accepted');
    });

    test.each(['bounced', 'complained'] as const)(
      'sends nothing to an address that has %s',
      async (reason) => {
        const { deliveries, suppressions, facts, mail } = await openWithMail();
        await facts.commit([suppressions.toSuppress(keyOfRecipient(mail.to), reason, AT)]);
        expect(await deliveries.claim(claimOf(mail), AT)).toBe('suppressed');
        expect(await deliveries.claim(claimOf(mail), AT)).toBe('suppressed');
      },
    );

    test('sends what is essential to somebody who has unsubscribed, and nothing else', async () => {
      const { deliveries, suppressions, facts, outbox, mail } = await openWithMail();
      await facts.commit([suppressions.toSuppress(keyOfRecipient(mail.to), 'unsubscribed', AT)]);
      expect(await deliveries.claim({ ...claimOf(mail), essential: false }, AT)).toBe('suppressed');
      const essential = aMail({ to: mail.to });
      await facts.commit([outbox.toPost(essential)]);
      expect(await deliveries.claim(claimOf(essential), AT)).toBe('taken');
    });

    test('throws at a mail that never was', async () => {
      const { deliveries, outbox } = await open();
      await expect(deliveries.claim({ ...claimOf(aMail()), id: 'unknown' }, AT)).rejects.toThrow('unknown');
      expect(await outbox.find('unknown')).toBeNull();
    });
  });
