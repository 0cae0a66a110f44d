import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTimescale } from '#domain/actions/timescale/read-timescale.ts';
import { timescaleSchema } from '#domain/actions/timescale/timescale.ts';
import { addDays, daysFrom } from '#domain/shared/days.ts';
import { anyTimescale, nonsense, vocabulary } from './timescales.ts';

const PLAN = { from: '2010-04-01', to: '2013-03-31' };

const read = (text: string, plan = PLAN) => {
  const { timescale, questions } = readTimescale(text, plan);
  return { ...timescale, questions };
};

describe('a timescale of known spellings', () => {
  it('reads back to what it was written from', () => {
    fc.assert(
      fc.property(anyTimescale, ({ text, milestones }) => {
        expect(read(text)).toMatchObject({ text, milestones, questions: [] });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.array(fc.oneof(vocabulary, nonsense), { maxLength: 14 }).map((words) => words.join(' ')),
    fc.array(vocabulary, { maxLength: 14 }).map((words) => words.join('')),
  );

  it('is kept, and gives days of the calendar in their order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { timescale, questions } = readTimescale(text, PLAN);
        timescaleSchema.parse(timescale);
        expect(timescale.text).toBe(text);
        const days = timescale.milestones.map(({ due }) => due);
        expect(days).toEqual(days.toSorted());
        for (const question of questions) expect(text).toContain(question.text);
        for (const { label } of timescale.milestones) expect(label).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });

  it('says something, or asks', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { ongoing, recurring, milestones, questions } = read(text);
        const silent = !ongoing && recurring === null && milestones.length === 0 && questions.length === 0;
        if (silent) expect(text).toMatch(/^[\s\p{Cf}\p{Cc}]*$/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('loses no word that it does not know', () => {
    const words = fc.array(fc.oneof(vocabulary, nonsense, fc.constantFrom('777', '12345', 'zzé', 'zz%')), {
      minLength: 1,
      maxLength: 14,
    });
    fc.assert(
      fc.property(words, (written) => {
        const { milestones, questions } = read(written.join(' '));
        const kept = [...milestones.map(({ label }) => label), ...questions.map(({ text }) => text)].join(
          ' ',
        );
        for (const word of written) if (/^zz|^777$|^12345$/.test(word)) expect(kept).toContain(word);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('days in numbers', () => {
  it('are read for every day of two centuries', () => {
    const plan = { from: '2000-01-01', to: '2000-12-31' };
    for (const day of daysFrom('2000-01-01', '2100-12-31')) {
      const [year = '', month = '', date = ''] = day.split('-');
      for (const text of [day, `${date}/${month}/${year}`, `${Number(date)}.${Number(month)}.${year}`]) {
        const { milestones, questions } = read(text, plan);
        if (questions.length > 0 || milestones[0]?.due !== day) expect.fail(text);
      }
    }
  });

  it('take the century that is nearest to the plan', () => {
    for (let year = 2000; year <= 2100; year += 1) {
      const plan = { from: `${year}-04-01`, to: addDays(`${year + 1}-04-01`, -1) };
      for (const near of [year - 40, year - 1, year, year + 40]) {
        const text = `31/12/${String(near).slice(2)}`;
        expect(read(text, plan).milestones).toEqual([
          { due: `${near}-12-31`, precision: 'day', label: null },
        ]);
      }
    }
  });

  it('are never days that the calendar lacks', () => {
    for (let month = 1; month <= 12; month += 1) {
      const last = Number(addDays(`2011-${String((month % 12) + 1).padStart(2, '0')}-01`, -1).slice(8));
      for (let day = last + 1; day <= 31; day += 1)
        expect(read(`${day}/${month}/2011`)).toMatchObject({
          milestones: [],
          questions: [{ why: day <= 12 ? 'month-first' : 'impossible-day' }],
        });
    }
  });
});

describe('a very long text', () => {
  const LENGTH = 100_000;
  const units = [
    'by ',
    'soon ',
    'latest ',
    '(',
    '- ',
    ', ',
    'weekly a; ',
    'every may, ',
    '1/',
    '½',
    'q1-',
    'a)',
  ];

  it.each([...units, '(i) ', "'", 'between ', 'to be ', '?', 'June and '])(
    'of %j takes less than a second',
    (unit) => {
      const text = unit.repeat(Math.ceil(LENGTH / unit.length));
      // The best of three, in seconds of this thread alone: other programs run beside the tests.
      const times = [1, 2, 3].map(() => {
        const before = process.threadCpuUsage();
        readTimescale(text, PLAN);
        const { user, system } = process.threadCpuUsage(before);
        return (user + system) / 1_000_000;
      });
      expect(Math.min(...times)).toBeLessThan(1);
    },
  );
});
