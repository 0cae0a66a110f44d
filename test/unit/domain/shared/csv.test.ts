import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRow, unescapeCell } from '#domain/shared/csv.ts';

describe('a row of CSV', () => {
  test('has quotes where they are needed', () => {
    expect(csvRow(['plain', 'a,b', 'say "yes"', 'two\nlines', '', ' blank '])).toBe(
      'plain,"a,b","say ""yes""","two\nlines",," blank "\r\n',
    );
  });

  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\n=1',
    ' =1',
    '\u00a0=1',
    '\u200b=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '\u0000=1',
    '\ufeff=1',
    "'=1",
  ])('%j is no formula any more', (cell) => {
    const [[read] = []] = parse(csvRow([cell, 'next']), { bom: false }) as string[][];
    expect(read).toBe(`'${cell}`);
  });

  test.each(['a=1', '12 May', '{"a":-1}', "'tis", "'", '2027-03-28T09:30:00.000Z'])(
    '%j stays as it is',
    (cell) => {
      const [[read] = []] = parse(csvRow([cell])) as string[][];
      expect(read).toBe(cell);
    },
  );

  test('whatever is in its cells comes out of a reader again', () => {
    const cells = fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(cells, (row) => {
        const [read = []] = parse(csvRow(row), { skip_empty_lines: false }) as string[][];
        expect(read.map(unescapeCell)).toEqual(row);
      }),
    );
  });
});
