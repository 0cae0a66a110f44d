import { describe, expect, test } from 'vitest';
import { anAuditEntry } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

export const describeAuditTrail = (open: OpenStores) =>
  describe('audit trail', () => {
    test('tells what was done on a day in London, oldest first', async () => {
      const { facts, audit } = await open();
      // London is one hour ahead in summer: 23:30 of one day in UTC is half past midnight of the next.
      const late = anAuditEntry({ at: '2026-07-01T23:30:00.000Z', actor: { kind: 'public' } });
      const early = anAuditEntry({ at: '2026-07-01T22:59:59.999Z', actor: { kind: 'program' }, change: {} });
      const noon = anAuditEntry({ at: '2026-07-02T11:00:00.000Z' });
      for (const entry of [noon, late, early]) await facts.commit([audit.toRecord(entry)]);
      expect(await audit.ofDay('2026-07-01')).toEqual([early]);
      expect(await audit.ofDay('2026-07-02')).toEqual([late, noon]);
      expect(await audit.ofDay('2026-07-03')).toEqual([]);
    });

    test('takes nothing back', async () => {
      const { facts, audit } = await open();
      const entry = anAuditEntry();
      await facts.commit([audit.toRecord(entry)]);
      expect(await facts.commit([audit.toRecord({ ...entry, deed: 'other deed' })])).toEqual({
        refused: 'already-there',
      });
      expect(await audit.ofDay('2026-11-23')).toEqual([entry]);
    });
  });
