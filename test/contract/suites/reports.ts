import { describe, expect, test } from 'vitest';
import { aFrozenReport, anAction } from '#test/support/stores/records.ts';
import type { OpenStores, Stores } from '#test/support/stores/stores.ts';

const issue = async ({ facts, reports }: Stores, report: ReturnType<typeof aFrozenReport>) =>
  facts.commit([await reports.toIssue(report)]);

/** Text that takes more than one byte a character, so that parts are cut within characters. */
const LONG = '£ and é, 訳 and 😀. '.repeat(450);

export const describeReports = (open: OpenStores) =>
  describe('reports', () => {
    test('are found as they were issued', async () => {
      const stores = await open();
      const frozen = aFrozenReport();
      expect(await issue(stores, frozen)).toEqual({ refused: null });
      expect(await stores.reports.find(frozen.issued.id)).toEqual(frozen);
      expect(await stores.reports.find('nothing')).toBeNull();
    });

    test('of a plan come with the latest day first, and of one day with the last issued first', async () => {
      const stores = await open();
      const [june, september, again] = [
        aFrozenReport({ asOf: '2026-06-30' }),
        aFrozenReport({ asOf: '2026-09-30', issuedAt: '2026-10-01T09:00:00.000Z' }),
        aFrozenReport({ asOf: '2026-09-30', issuedAt: '2026-10-09T09:00:00.000Z', kind: 'board' }),
      ];
      const other = aFrozenReport({ plan: 'plan-2' });
      for (const report of [september, other, again, june]) await issue(stores, report);
      const heads = [again, september, june].map(({ issued }) => issued);
      expect(await stores.reports.ofPlan('plan-1')).toEqual(heads);
      expect(await stores.reports.ofPlan('plan-3')).toEqual([]);
    });

    test('are issued once: what comes second under the same id changes nothing', async () => {
      const stores = await open();
      const first = aFrozenReport();
      const second = aFrozenReport(first.issued, [anAction(), anAction({ text: 'Something else' })]);
      await issue(stores, first);
      expect(await issue(stores, second)).toEqual({ refused: 'already-there' });
      expect(await stores.reports.find(first.issued.id)).toEqual(first);
      expect(await stores.reports.ofPlan('plan-1')).toEqual([first.issued]);
    });

    test('are not there before they are issued', async () => {
      const stores = await open();
      const frozen = aFrozenReport();
      await stores.reports.toIssue(frozen);
      expect(await stores.reports.find(frozen.issued.id)).toBeNull();
      expect(await stores.reports.ofPlan('plan-1')).toEqual([]);
    });

    test('may say more than one item holds', async () => {
      const stores = await open();
      const many = Array.from({ length: 90 }, (_, at) =>
        anAction({ position: at + 1, text: `${at} ${LONG}` }),
      );
      const frozen = aFrozenReport({}, many);
      expect(JSON.stringify(frozen).length).toBeGreaterThan(700_000);
      expect(await issue(stores, frozen)).toEqual({ refused: null });
      expect(await stores.reports.find(frozen.issued.id)).toEqual(frozen);
    });
  });
