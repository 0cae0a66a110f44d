import { describe, expect, test } from 'vitest';
import type { StaffAccount } from '#domain/staff/staff.ts';
import { BOROUGH } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const account: StaffAccount = {
  email: 'practitioner@folkmoot.example',
  post: 'Ward officer, Millbrook',
  roles: ['practitioner'],
  unit: 'Marshwick',
  areas: [BOROUGH],
  suspended: false,
};

export const describeStaffAccounts = (open: OpenStores) =>
  describe('staff accounts', () => {
    test('are found by their address as they were saved last', async () => {
      const { staff } = await open();
      expect(await staff.find(account.email)).toBeNull();
      await staff.save(account);
      expect(await staff.find(account.email)).toEqual(account);
      const suspended = { ...account, suspended: true };
      await staff.save(suspended);
      expect(await staff.find(account.email)).toEqual(suspended);
      expect(await staff.find('other@folkmoot.example')).toBeNull();
    });
  });
