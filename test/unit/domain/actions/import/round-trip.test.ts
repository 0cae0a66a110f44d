import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '#adapters/files/read-workbook.ts';
import { writeXlsx } from '#adapters/files/write-xlsx.ts';
import { comparePlan } from '#domain/actions/import/compare-plan.ts';
import { exportPlan, type PlanTable } from '#domain/actions/import/export-plan.ts';
import { understandPlan } from '#domain/actions/import/understand-plan.ts';
import { noTimescale } from '#domain/actions/timescale/timescale.ts';
import { csvRow } from '#domain/shared/csv.ts';
import { type ActionMade, anyAction, PERIOD } from '#test/support/sheets/any-action.ts';
import { anAction } from '#test/support/stores/records.ts';

const tableOf = (known: readonly ActionMade[]): PlanTable =>
  exportPlan(
    known.map(({ action }, at) => ({ ...action, position: at + 1 })),
    new Map(known.map(({ action, progress }) => [action.id, progress[0]?.text ?? ''])),
  );

const asCsv = async ({ rows }: PlanTable) => new TextEncoder().encode(`\uFEFF${rows.map(csvRow).join('')}`);
const asXlsx = (table: PlanTable) => writeXlsx(table, 'Action plan');

const importAgain = async (
  known: readonly ActionMade[],
  write: (table: PlanTable) => Promise<Uint8Array>,
) => {
  const bytes = await write(tableOf(known));
  const understood = await understandPlan({ readWorkbook })(bytes, 'plan', { period: PERIOD, officers: [] });
  if (!understood.ok) throw new Error(understood.error.problem);
  return {
    refused: understood.value.refused,
    leftOut: understood.value.leftOut,
    ...comparePlan(understood.value, known),
  };
};

const NOTHING = { refused: [], leftOut: [], added: [], changed: [], gone: [], questions: [] };

describe('what was exported', () => {
  it('is meant as it stands where it says "as above"', async () => {
    const known = ['Roads', '"', '"ditto"', 'As above', '"""'].map((words, at) => ({
      action: anAction({
        ...{ text: `Action ${at}`, theme: words, objective: words, leads: [{ name: words, email: null }] },
        ...{
          timescale: noTimescale,
          measures: [],
          priority: null,
          rag: null,
          status: 'not-started' as const,
        },
      }),
      progress: [],
    }));
    expect(await importAgain(known, asCsv)).toEqual({ ...NOTHING, unchanged: known.length });
  });

  it.each([
    ['CSV', asCsv, 300],
    ['XLSX', asXlsx, 100],
  ] as const)(
    'changes nothing when it is imported again (%s)',
    async (_, write, numRuns) => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyAction, { minLength: 1, maxLength: 6 }), async (known) => {
          expect(await importAgain(known, write)).toEqual({ ...NOTHING, unchanged: known.length });
        }),
        { numRuns },
      );
    },
    60_000,
  );
});
