import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TokenPurpose } from '#domain/mailings/ports.ts';
import { addHours } from '#domain/shared/clock.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const purposes: readonly TokenPurpose[] = ['unsubscribe', 'preferences', 'reminder'];
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~!*%=+/ ';
const EMAIL = 'resident@example.org';

const purpose = fc.constantFrom(...purposes);

/** A text with each of its letters replaced by each other one. */
function* changesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 1)
    for (const other of ALPHABET)
      if (other !== text[at]) yield `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
}

export const describeMailTokens = (open: OpenStores) =>
  describe('tokens of mails', () => {
    const openWithKey = async () => {
      const stores = await open();
      return { ...stores, recipient: stores.keyOfRecipient(EMAIL) };
    };

    test('say whose they are, and for their purpose only', async () => {
      const { mailTokens, keyOfRecipient } = await openWithKey();
      const property = fc.asyncProperty(fc.emailAddress(), purpose, async (email, given) => {
        const recipient = keyOfRecipient(email);
        const token = await mailTokens.sign(given, recipient, null);
        expect(token).toMatch(/^[\w.-]{1,160}$/);
        expect(token).not.toContain(email.split('@')[1]);
        for (const asked of purposes)
          expect(await mailTokens.read(asked, token)).toBe(asked === given ? recipient : null);
      });
      await fc.assert(property, { numRuns: 50 });
    });

    test('end when they end, or never', async () => {
      const { mailTokens, clock, recipient } = await openWithKey();
      const start = clock.now();
      const property = fc.asyncProperty(
        purpose,
        fc.integer({ min: 1, max: 24 * 365 }),
        async (given, hours) => {
          clock.set(start);
          const endsAt = addHours(start, hours);
          const [ending, lasting] = [
            await mailTokens.sign(given, recipient, endsAt),
            await mailTokens.sign(given, recipient, null),
          ];
          clock.set(new Date(Date.parse(endsAt) - 1).toISOString());
          expect(await mailTokens.read(given, ending)).toBe(recipient);
          clock.set(endsAt);
          expect(await mailTokens.read(given, ending)).toBeNull();
          clock.set(addHours(start, 24 * 365 * 50));
          expect(await mailTokens.read(given, lasting)).toBe(recipient);
        },
      );
      await fc.assert(property, { numRuns: 50 });
    });

    test('cannot be changed in any letter', async () => {
      const { mailTokens, recipient, clock } = await openWithKey();
      for (const endsAt of [null, addHours(clock.now(), 1)]) {
        const token = await mailTokens.sign('unsubscribe', recipient, endsAt);
        for (const other of changesOf(token))
          expect(await mailTokens.read('unsubscribe', other), other).toBeNull();
      }
    });

    test('are none with something more, less or else', async () => {
      const { mailTokens, recipient, clock } = await openWithKey();
      const token = await mailTokens.sign('preferences', recipient, addHours(clock.now(), 1));
      const [id, end, whose, mac] = token.split('.');
      const others = [
        ...['', '.', '...', 'null', '0001', `${token} `, ` ${token}`, `${token}A`, `${token}\n`, `.${token}`],
        ...[token.slice(1), token.slice(0, -1), token.toUpperCase(), `${token}${token}`, 'x'.repeat(10_000)],
        ...[
          [id, '0', whose, mac],
          [id, `0${end}`, whose, mac],
          [`0${id}`, end, whose, mac],
        ].map((parts) => parts.join('.')),
        ...[
          [id, end, whose, ''],
          [id, end, '', mac],
          ['9999', end, whose, mac],
        ].map((parts) => parts.join('.')),
      ];
      for (const other of others) expect(await mailTokens.read('preferences', other), other).toBeNull();
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
          expect(await mailTokens.read('preferences', text)).toBeNull();
        }),
        { numRuns: 100 },
      );
      expect(await mailTokens.read('preferences', token)).toBe(recipient);
    });

    test('of one store are none in another', async () => {
      const [one, other] = [await openWithKey(), await openWithKey()];
      const token = await one.mailTokens.sign('unsubscribe', one.recipient, null);
      expect(await other.mailTokens.read('unsubscribe', token)).toBeNull();
    });

    test('are signed at once by many with the same key', async () => {
      const { mailTokens, recipient } = await openWithKey();
      const tokens = await Promise.all(
        Array.from({ length: 10 }, () => mailTokens.sign('unsubscribe', recipient, null)),
      );
      expect(new Set(tokens).size).toBe(1);
    });

    test('know an address however it is spelled', async () => {
      const { keyOfRecipient } = await open();
      expect(keyOfRecipient('Resident@Example.ORG')).toBe(keyOfRecipient(EMAIL));
      expect(keyOfRecipient(EMAIL)).toMatch(/^[0-9a-f]{64}$/);
      expect(keyOfRecipient('resident2@example.org')).not.toBe(keyOfRecipient(EMAIL));
    });
  });
