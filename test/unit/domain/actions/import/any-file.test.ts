import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '#adapters/files/read-workbook.ts';
import { understandPlan, understandWorkbook } from '#domain/actions/import/understand-plan.ts';
import { fileProblems } from '#domain/actions/import/workbook.ts';
import { anyText } from '#test/support/any-text.ts';
import { makeXlsx } from '#test/support/sheets/make-xlsx.ts';
import { aSheet, aWorkbook } from '#test/support/sheets/sheets.ts';

const wanted = {
  period: { from: '2010-05-01', to: '2011-04-30' },
  officers: [{ name: 'Ann Smith', email: 'ann@folkmoot.example' }],
};
const understand = understandPlan({ readWorkbook });

const isAnswer = async (bytes: Uint8Array, name: string): Promise<void> => {
  const understood = await understand(bytes, name, wanted);
  if (!understood.ok) expect(fileProblems).toContain(understood.error.problem);
};

const HEADERS =
  'Theme|Objective|Action|Lead|Funding|Budget|Cost|Priority|By when|Measures|Target|Benefits|Progress|Update|RAG|Status|Reason|Notes|'.split(
    '|',
  );
const WORDS =
  'Red|amber|Complete|Deferred to 2011|soon|Ongoing|TBC|£12k|Ann Smith|Ann Smith, B|1. a; 2. b|March 2011|-|n/a|'.split(
    '|',
  );
const cell = fc.oneof(fc.constantFrom(...WORDS), anyText(6), fc.constantFrom(...HEADERS));

const anyCell = fc.record({
  text: cell,
  fill: fc.constantFrom(null, null, 'FF0000', 'FFFF00', '00B0F0', 'FFFFFF'),
  mergedFrom: fc.constantFrom(
    null,
    null,
    null,
    { row: 1, column: 0 },
    { row: 2, column: 1 },
    { row: 90, column: 90 },
  ),
  trouble: fc.constantFrom(null, null, null, 'formula' as const, 'error' as const),
});

describe('whatever somebody brings', () => {
  it('every cell that is not understood is asked about, and no row is lost', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(HEADERS, { minLength: 2 }),
        fc.array(fc.array(anyCell, { maxLength: 19 }), { maxLength: 8 }),
        (header, rows) => {
          const understood = understandWorkbook(aWorkbook(aSheet([header, ...rows])), wanted);
          if (!understood.ok) return;
          const { rows: read, questions, refused } = understood.value;
          const numbers = new Set(read.map(({ row }) => row));
          for (const question of questions) expect(numbers).toContain(question.row);
          for (const { row } of refused) expect(numbers).not.toContain(row);
          for (const { text } of read) expect(text).not.toBe('');
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('bytes are answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => isAnswer(bytes, 'plan.csv')),
      { numRuns: 500 },
    );
  });

  it('text is answered', async () => {
    const text = fc
      .array(fc.oneof(cell, fc.constantFrom(',', '\n', '"', ';')), { maxLength: 60 })
      .map((cells) => new TextEncoder().encode(`Theme,Action\n${cells.join('')}`));
    await fc.assert(
      fc.asyncProperty(text, (bytes) => isAnswer(bytes, 'plan.csv')),
      { numRuns: 500 },
    );
  });

  const workbook = makeXlsx({
    sheets: [
      {
        rows: [
          ['Theme', 'Action', 'RAG'],
          ['Roads', 'Paint', { text: '', fill: 'FF0000' }],
          [null, { formula: 'A1' }, { number: 40633, format: 'mmm-yy' }],
        ],
        merges: ['A2:A3'],
      },
    ],
  });

  it('a workbook with wrong bytes in it is answered', async () => {
    const wrong = fc.array(fc.tuple(fc.nat(workbook.length - 1), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(wrong, (changes) => {
        const bytes = workbook.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        return isAnswer(bytes, 'plan.xlsx');
      }),
      { numRuns: 1000 },
    );
  });

  it('a workbook with wrong bytes in one of its parts is answered', async () => {
    const parts = unzipSync(workbook);
    const names = Object.keys(parts);
    const wrong = fc.tuple(
      fc.constantFrom(...names),
      fc.array(fc.tuple(fc.nat(2000), fc.constantFrom(...'<>/"&;=A9-[!')), { minLength: 1, maxLength: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(wrong, ([name, changes]) => {
        const part = (parts[name] ?? new Uint8Array()).slice();
        for (const [at, character] of changes) part[at % part.length] = character.charCodeAt(0);
        return isAnswer(zipSync({ ...parts, [name]: part }), 'plan.xlsx');
      }),
      { numRuns: 1000 },
    );
  });
});
