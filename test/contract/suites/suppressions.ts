import { describe, expect, test } from 'vitest';
import { suppressionReasons } from '#domain/mailings/ports.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const FIRST = '2026-11-23T09:30:00.000Z';
const LATER = '2026-11-24T09:30:00.000Z';
const NOTHING = { unsubscribed: null, complained: null, bounced: null, softBounces: 0 };

export const describeSuppressions = (open: OpenStores) =>
  describe('suppressions', () => {
    test.each(suppressionReasons)('note that somebody has %s, since the first time', async (reason) => {
      const { facts, suppressions } = await open();
      expect(await suppressions.find('key-1')).toBeNull();
      for (const at of [FIRST, LATER])
        expect(await facts.commit([suppressions.toSuppress('key-1', reason, at)])).toEqual({ refused: null });
      expect(await suppressions.find('key-1')).toEqual({ ...NOTHING, [reason]: FIRST });
      expect(await suppressions.find('key-2')).toBeNull();
    });

    test('lift one reason and keep the others', async () => {
      const { facts, suppressions } = await open();
      for (const reason of suppressionReasons)
        await facts.commit([suppressions.toSuppress('key-1', reason, FIRST)]);
      await facts.commit([suppressions.toLift('key-1', 'unsubscribed')]);
      expect(await suppressions.find('key-1')).toEqual({ ...NOTHING, complained: FIRST, bounced: FIRST });
      await facts.commit([suppressions.toLift('key-1', 'bounced')]);
      await facts.commit([suppressions.toLift('key-1', 'complained')]);
      expect(await suppressions.find('key-1')).toBeNull();
    });

    test('count bounces in a row, until one mail arrives or the mailbox works again', async () => {
      const { facts, suppressions } = await open();
      const known = async (count: number) => {
        await facts.commit([suppressions.toCountSoftBounces('key-1', count)]);
        return suppressions.find('key-1');
      };
      expect(await known(1)).toEqual({ ...NOTHING, softBounces: 1 });
      expect(await known(4)).toEqual({ ...NOTHING, softBounces: 4 });
      expect(await known(0)).toBeNull();
      await known(4);
      await facts.commit([suppressions.toSuppress('key-1', 'bounced', FIRST)]);
      await facts.commit([suppressions.toSuppress('key-1', 'unsubscribed', FIRST)]);
      expect(await known(4)).toEqual({ ...NOTHING, bounced: FIRST, unsubscribed: FIRST, softBounces: 4 });
      await facts.commit([suppressions.toLift('key-1', 'unsubscribed')]);
      expect(await suppressions.find('key-1')).toEqual({ ...NOTHING, bounced: FIRST, softBounces: 4 });
      await facts.commit([suppressions.toLift('key-1', 'bounced')]);
      expect(await suppressions.find('key-1')).toBeNull();
    });

    test('lift what never was', async () => {
      const { facts, suppressions } = await open();
      expect(await facts.commit([suppressions.toLift('key-1', 'unsubscribed')])).toEqual({ refused: null });
      expect(await suppressions.find('key-1')).toBeNull();
      await facts.commit([suppressions.toSuppress('key-1', 'unsubscribed', LATER)]);
      expect(await suppressions.find('key-1')).toEqual({ ...NOTHING, unsubscribed: LATER });
    });
  });
