import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTimescale } from '#domain/actions/timescale/read-timescale.ts';

/* A row is a spelling and what people agreed that it means. How to add one: domain/actions/timescale/README.md. */

const file = join(import.meta.dirname, '../../../../corpus/timescales.tsv');
const [head = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');

const listed = (cell: string): string[] => cell.split('; ').filter(Boolean);

const parse = (row: string) => {
  const [text = '', from = '', to = '', ongoing, recurring, milestones = '', questions = ''] =
    row.split('\t');
  return {
    text: text.replaceAll('\\n', '\n'),
    plan: { from, to },
    expected: {
      ongoing: ongoing === 'yes',
      recurring: recurring || null,
      milestones: listed(milestones),
      questions: listed(questions),
    },
  };
};

const read = (text: string, plan: { from: string; to: string }) => {
  const { timescale, questions } = readTimescale(text, plan);
  return {
    ongoing: timescale.ongoing,
    recurring: timescale.recurring,
    milestones: timescale.milestones.map(({ due, precision, label }) =>
      [due, precision, ...(label === null ? [] : [label])].join(' '),
    ),
    questions: questions.map(({ why }) => why),
  };
};

describe('spellings of timescales', () => {
  it('has columns for what is read', () => {
    expect(head.split('\t')).toEqual([
      'text',
      'from',
      'to',
      'ongoing',
      'recurring',
      'milestones',
      'questions',
    ]);
  });

  it.each(rows.map(parse))(
    'reads $text in a plan from $plan.from to $plan.to',
    ({ text, plan, expected }) => {
      expect(read(text, plan)).toEqual(expected);
      expect(readTimescale(text, plan).timescale.text).toBe(text);
    },
  );

  it.each(rows.map(parse))('reads $text alike in capitals and with other blanks', ({ text, plan }) => {
    const plain = readTimescale(text, plan);
    const loud = readTimescale(` ${text.toUpperCase().replaceAll(' ', '\u00a0  ')}\n`, plan);
    const lower = (words: string | null) => words?.toLowerCase().replace(/\s+/g, ' ') ?? null;
    const fold = ({ timescale, questions }: ReturnType<typeof readTimescale>) => ({
      ...timescale,
      text: null,
      milestones: timescale.milestones.map((one) => ({ ...one, label: lower(one.label) })),
      questions: questions.map((one) => ({ ...one, text: lower(one.text) })),
    });
    expect(fold(loud)).toEqual(fold(plain));
  });
});
