import { describe, expect, test } from 'vitest';
import { anAccount, aUnit } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const account = anAccount();

export const describeStaffAccounts = (open: OpenStores) => {
  describe('staff accounts', () => {
    test('are found by their address as they were stored last', async () => {
      const { staff, facts } = await open();
      expect(await staff.find(account.email)).toBeNull();
      expect(await facts.commit([staff.toAdd(account)])).toEqual({ refused: null });
      expect(await staff.find(account.email)).toEqual(account);
      const identity = { issuer: 'https://issuer.example', subject: 'subject-1' };
      expect(await facts.commit([staff.toChange({ ...account, identity })])).toEqual({ refused: null });
      expect(await staff.find(account.email)).toEqual({ ...account, identity, version: 2 });
      expect(await staff.find('other@folkmoot.example')).toBeNull();
    });

    test('are added once, and changed by one at a time', async () => {
      const { staff, facts } = await open();
      await facts.commit([staff.toAdd(account)]);
      expect(await facts.commit([staff.toAdd(account)])).toEqual({ refused: 'already-there' });
      await facts.commit([staff.toChange(account)]);
      expect(await facts.commit([staff.toChange(account)])).toEqual({ refused: 'changed-meanwhile' });
    });

    test('are found by a key that does not tell the address', async () => {
      const { staff, facts } = await open();
      const key = staff.keyOf(account.email);
      expect(key).toMatch(/^[0-9a-f]{64}$/);
      expect(await staff.findByKey(key)).toBeNull();
      await facts.commit([staff.toAdd(account)]);
      expect(await staff.findByKey(key)).toEqual(account);
      for (const wrong of ['', key.slice(1), account.email, '__proto__', 'x'.repeat(3000)])
        expect(await staff.findByKey(wrong)).toBeNull();
    });

    test('are found by their latest invitation only', async () => {
      const { staff, facts } = await open();
      const invitation = { secretHash: 'hash-1', endsAt: '2026-11-30T17:00:00.000Z' };
      const invited = anAccount({ status: 'invited', invitation });
      await facts.commit([staff.toAdd(invited)]);
      expect(await staff.findInvited('hash-1')).toEqual(invited);
      const again = { ...invited, invitation: { ...invitation, secretHash: 'hash-2' } };
      await facts.commit([staff.toChange(again)]);
      expect(await staff.findInvited('hash-1')).toBeNull();
      expect(await staff.findInvited('hash-2')).toEqual({ ...again, version: 2 });
      await facts.commit([staff.toChange({ ...again, version: 2, status: 'active', invitation: null })]);
      expect(await staff.findInvited('hash-2')).toBeNull();
      for (const wrong of ['', 'hash-3', 'x'.repeat(3000)]) expect(await staff.findInvited(wrong)).toBeNull();
    });

    test('can be required to be unchanged', async () => {
      const { staff, facts } = await open();
      const other = anAccount({ email: 'other@folkmoot.example' });
      await facts.commit([staff.toAdd(account), staff.toAdd(other)]);
      const requiring = (version: number) =>
        facts.commit([staff.toRequire({ ...account, version }), staff.toChange(other)]);
      expect(await requiring(2)).toEqual({ refused: 'changed-meanwhile' });
      expect(await requiring(1)).toEqual({ refused: null });
      expect(await staff.find(account.email)).toEqual(account);
      const unknown = anAccount({ email: 'nobody@folkmoot.example' });
      expect(await facts.commit([staff.toRequire(unknown)])).toEqual({ refused: 'changed-meanwhile' });
    });

    test('are listed by unit, state and role, a full page at a time', async () => {
      const { staff, facts } = await open();
      for (let number = 0; number < 30; number += 1) {
        const isWanted = number % 3 === 0;
        const changes = { roles: isWanted ? (['auditor', 'officer'] as const) : (['officer'] as const) };
        await facts.commit([
          staff.toAdd(
            anAccount({
              email: `n${number}@folkmoot.example`,
              post: `Post ${String(number).padStart(2, '0')}`,
              unit: number < 15 ? 'one' : 'two',
              status: number === 0 ? 'suspended' : 'active',
              roles: [...changes.roles],
            }),
          ),
        ]);
      }
      const first = await staff.list({ after: null, size: 6 }, { role: 'auditor' });
      const second = await staff.list({ after: first.next, size: 6 }, { role: 'auditor' });
      expect([...first.items, ...second.items].map(({ post }) => post)).toEqual(
        [0, 3, 6, 9, 12, 15, 18, 21, 24, 27].map((number) => `Post ${String(number).padStart(2, '0')}`),
      );
      expect([first.items.length, second.next]).toEqual([6, null]);
      const both = { unit: 'one', status: 'active', role: 'auditor' } as const;
      expect((await staff.list({ after: null, size: 99 }, both)).items).toHaveLength(4);
      expect((await staff.list({ after: null, size: 99 }, { unit: 'none' })).items).toEqual([]);
    });

    test('are listed by post, a page at a time', async () => {
      const { staff, facts } = await open();
      const posts = ['Ward officer', 'Auditor', 'Commander', 'Élan officer', 'Auditor'];
      for (const [index, post] of posts.entries()) {
        await facts.commit([staff.toAdd(anAccount({ email: `n${index}@folkmoot.example`, post }))]);
      }
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof staff.list>> = await staff.list({ after, size: 2 });
        expect(page.items.length).toBeLessThanOrEqual(2);
        seen.push(...page.items.map(({ post }) => post));
        after = page.next;
      } while (after !== null);
      expect(seen.slice(0, 3)).toEqual(['Auditor', 'Auditor', 'Commander']);
      expect(seen.toSorted()).toEqual(posts.toSorted());
    });
  });

  describe('units', () => {
    test('are found by their id, added once, and changed by one at a time', async () => {
      const { units, facts } = await open();
      const unit = aUnit();
      expect(await units.find(unit.id)).toBeNull();
      await facts.commit([units.toAdd(unit)]);
      expect(await facts.commit([units.toAdd(unit)])).toEqual({ refused: 'already-there' });
      expect(await units.find(unit.id)).toEqual(unit);
      await facts.commit([units.toChange({ ...unit, areas: [] })]);
      expect(await units.find(unit.id)).toEqual({ ...unit, areas: [], version: 2 });
      expect(await facts.commit([units.toChange(unit)])).toEqual({ refused: 'changed-meanwhile' });
    });

    test('are listed by name', async () => {
      const { units, facts } = await open();
      for (const name of ['Roads', 'camden', 'Élan', 'Authority'])
        await facts.commit([units.toAdd(aUnit({ id: `unit-${name.length}-${name === 'Élan'}`, name }))]);
      const names = (await units.list()).map(({ name }) => name);
      expect(names).toEqual(['Authority', 'camden', 'Élan', 'Roads']);
    });
  });
};
