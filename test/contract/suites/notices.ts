import { describe, expect, test } from 'vitest';
import type { Notice, Notices } from '#domain/priorities/ports.ts';
import { aNotice } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const readAll = async (notices: Notices): Promise<Notice[]> => {
  const read: Notice[] = [];
  for await (const notice of notices.waiting()) read.push(notice);
  return read;
};

export const describeNotices = (open: OpenStores) =>
  describe('notices', () => {
    test('wait area by area, oldest first, until they are told', async () => {
      const { facts, notices } = await open();
      expect(await readAll(notices)).toEqual([]);
      const added = Array.from({ length: 30 }, (_, number) =>
        aNotice({
          area: `E0509990${number % 6}`,
          answerBy: `2026-11-26T${String(23 - Math.floor(number / 2)).padStart(2, '0')}:00:00.000Z`,
          supports: number % 2 === 0,
        }),
      );
      for (const notice of added)
        expect(await facts.commit([notices.toAdd(notice)])).toEqual({ refused: null });
      const waiting = await readAll(notices);
      expect(waiting).toHaveLength(added.length);
      expect(waiting).toEqual(expect.arrayContaining(added));
      const areas = waiting.map(({ area }) => area).filter((area, at, all) => area !== all[at - 1]);
      expect(areas).toHaveLength(6);
      for (const area of areas) {
        const deadlines = waiting.filter((notice) => notice.area === area).map(({ answerBy }) => answerBy);
        expect(deadlines).toEqual(deadlines.toSorted());
      }
    });

    test('are told once', async () => {
      const { facts, notices } = await open();
      const notice = aNotice();
      const another = aNotice();
      await facts.commit([notices.toAdd(notice), notices.toAdd(another)]);
      const answers = await Promise.all([1, 2].map(() => facts.commit([notices.toRemove(notice)])));
      expect(answers.map(({ refused }) => refused).sort()).toEqual(['not-there', null]);
      expect(await readAll(notices)).toEqual([another]);
    });

    test('can be removed while they are read', async () => {
      const { facts, notices } = await open();
      for (let number = 0; number < 20; number += 1) await facts.commit([notices.toAdd(aNotice())]);
      let told = 0;
      for await (const notice of notices.waiting()) {
        await facts.commit([notices.toRemove(notice)]);
        told += 1;
      }
      expect(told).toBe(20);
      expect(await readAll(notices)).toEqual([]);
    });
  });
