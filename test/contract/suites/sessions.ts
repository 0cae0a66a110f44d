import { describe, expect, test } from 'vitest';
import type { Draft, StaffSession } from '#domain/sessions/ports.ts';
import type { Session } from '#domain/sessions/session.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const session: Session = {
  id: 'secret-1',
  csrf: 'token-1',
  staff: null,
  signedIn: null,
  startedAt: '2026-11-23T09:00:00.000Z',
  seenAt: '2026-11-23T09:30:00.000Z',
  pendingSignIn: {
    state: 'state',
    nonce: 'nonce',
    verifier: 'verifier',
    returnTo: '/staff',
    askedAt: '2026-11-23T09:30:00.000Z',
    maxAgeSeconds: 1800,
    again: false,
  },
};

const aSignIn = (number: string, staff = 'practitioner@folkmoot.example'): StaffSession => ({
  id: `secret-${number}`,
  csrf: `token-${number}`,
  staff,
  signedIn: {
    handle: `handle-${number}`,
    device: { browser: 'Firefox', system: null },
    provenAt: '2026-11-23T09:00:00.000Z',
    grantedRoles: ['auditor'],
  },
  startedAt: '2026-11-23T09:00:00.000Z',
  seenAt: '2026-11-23T09:30:00.000Z',
  pendingSignIn: null,
});

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

    test('a visit that has ended stays so', async () => {
      const { sessions } = await open();
      expect(await sessions.change(session)).toBe(false);
      expect(await sessions.find(session.id)).toBeNull();
      await sessions.save(session);
      const seen = { ...session, seenAt: '2026-11-23T09:40:00.000Z', pendingSignIn: null };
      expect(await sessions.change(seen)).toBe(true);
      expect(await sessions.find(session.id)).toEqual(seen);
    });

    test('those of an account are found, the latest first, without what opens them', async () => {
      const { sessions, facts } = await open();
      const [one, two, other] = [aSignIn('1'), aSignIn('2'), aSignIn('3', 'auditor@folkmoot.example')];
      await facts.commit([two, one, other].map((opened) => sessions.toOpen(opened)));
      expect(await sessions.find(one.id)).toEqual(one);
      const found = await sessions.ofAccount(one.staff);
      expect(found).toEqual(
        [two, one].map(({ staff, signedIn, startedAt, seenAt }) => ({
          ...signedIn,
          staff,
          startedAt,
          seenAt,
          key: expect.any(String),
        })),
      );
      for (const secret of [one.id, one.csrf, two.id, two.csrf])
        expect(JSON.stringify(found)).not.toContain(secret);
      expect(await sessions.ofAccount('nobody@folkmoot.example')).toEqual([]);
    });

    test('one that was found is ended by what was found', async () => {
      const { sessions, facts } = await open();
      const [one, two] = [aSignIn('1'), aSignIn('2')];
      await facts.commit([sessions.toOpen(one), sessions.toOpen(two)]);
      const [found] = await sessions.ofAccount(one.staff);
      if (!found) throw new Error('nothing found');
      for (const again of [false, true])
        expect(await facts.commit([sessions.toEnd(found)]), `again: ${again}`).toEqual({ refused: null });
      expect(await sessions.find(two.id)).toBeNull();
      expect(await sessions.change(two)).toBe(false);
      expect(await sessions.find(one.id)).toEqual(one);
      expect((await sessions.ofAccount(one.staff)).map(({ handle }) => handle)).toEqual(['handle-1']);
    });

    test('goes on under another id, unless it has ended', async () => {
      const { sessions, facts } = await open();
      const one = aSignIn('1');
      await facts.commit([sessions.toOpen(one)]);
      const next = { ...one, id: 'secret-next' };
      expect(await facts.commit([sessions.toOpen(next, one.id)])).toEqual({ refused: null });
      expect(await sessions.find(one.id)).toBeNull();
      expect(await sessions.find(next.id)).toEqual(next);
      expect(await sessions.ofAccount(one.staff)).toHaveLength(1);
      const late = { ...one, id: 'secret-late' };
      expect(await facts.commit([sessions.toOpen(late, one.id)])).toEqual({ refused: 'not-there' });
      expect(await sessions.find(late.id)).toBeNull();
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
