import { describe, expect, test } from 'vitest';
import type { Draft } from '#domain/sessions/ports.ts';
import type { Session } from '#domain/sessions/session.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const session: Session = {
  id: 'secret-1',
  csrf: 'token-1',
  staff: null,
  startedAt: '2026-11-23T09:00:00.000Z',
  seenAt: '2026-11-23T09:30:00.000Z',
  pendingSignIn: { state: 'state', nonce: 'nonce', verifier: 'verifier', returnTo: '/staff' },
};

const draft: Draft = {
  id: 'draft-1',
  owner: 'secret-1',
  form: 'priority E05099901',
  fields: { text: 'It is dark.\n', email: '', 'emoji 😀': '👩‍👩‍👧', nul: '\u0000' },
  savedAt: '2026-11-23T09:30:00.000Z',
};

export const describeSessions = (open: OpenStores) =>
  describe('sessions', () => {
    test('are found by their secret until they are removed', async () => {
      const { sessions } = await open();
      expect(await sessions.find('secret-1')).toBeNull();
      await sessions.save(session);
      expect(await sessions.find('secret-1')).toEqual(session);
      expect(await sessions.find('secret-2')).toBeNull();
      const signedIn = { ...session, staff: 'practitioner@folkmoot.example', pendingSignIn: null };
      await sessions.save(signedIn);
      expect(await sessions.find('secret-1')).toEqual(signedIn);
      await sessions.remove('secret-1');
      await sessions.remove('secret-1');
      expect(await sessions.find('secret-1')).toBeNull();
    });

    test('any cookie is just not found', async () => {
      const { sessions } = await open();
      for (const id of ['', '\u0000', '\ud800', 'x'.repeat(10_000)])
        expect(await sessions.find(id)).toBeNull();
    });
  });

export const describeDrafts = (open: OpenStores) =>
  describe('drafts', () => {
    test('are found by their owner only', async () => {
      const { drafts } = await open();
      await drafts.save(draft);
      expect(await drafts.find('secret-1', 'draft-1')).toEqual(draft);
      expect(await drafts.find('secret-2', 'draft-1')).toBeNull();
      expect(await drafts.find('secret-1', 'draft-2')).toBeNull();
      expect(await drafts.find('secret-1draft-', '1')).toBeNull();
    });

    test('are gone four hours after they were last saved', async () => {
      const { drafts, clock } = await open();
      clock.set(draft.savedAt);
      await drafts.save(draft);
      clock.advance(3.99);
      expect(await drafts.find('secret-1', 'draft-1')).toEqual(draft);
      const saved = { ...draft, fields: { text: 'It is very dark.' }, savedAt: clock.now() };
      await drafts.save(saved);
      clock.advance(3.99);
      expect(await drafts.find('secret-1', 'draft-1')).toEqual(saved);
      clock.advance(0.01);
      expect(await drafts.find('secret-1', 'draft-1')).toBeNull();
    });

    test('keep fields with names that objects have of their own', async () => {
      const { drafts, clock } = await open();
      clock.set(draft.savedAt);
      const fields = Object.fromEntries([
        ['__proto__', 'a'],
        ['constructor', 'b'],
        ['', 'c'],
      ]);
      await drafts.save({ ...draft, fields });
      const found = await drafts.find('secret-1', 'draft-1');
      expect(Object.entries(found?.fields ?? {})).toEqual(Object.entries(fields));
    });
  });
