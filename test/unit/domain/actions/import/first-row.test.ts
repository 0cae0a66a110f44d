import { expect, test } from 'vitest';
import { readWorkbook } from '#adapters/files/read-workbook.ts';
import { understandPlan } from '#domain/actions/import/understand-plan.ts';

const PERIOD = { from: '2026-04-01', to: '2027-03-31' };

const textsOf = async (csv: string): Promise<readonly string[] | string> => {
  const understand = understandPlan({ readWorkbook });
  const read = await understand(new TextEncoder().encode(csv), 'plan.csv', { period: PERIOD, officers: [] });
  return read.ok ? read.value.rows.map(({ text }) => text) : read.error.problem;
};

// Words that could name a column are no second header where the column has its name already.
test.each([
  ['Action,Timescale\nReview actions,TBC\nSecond,Ongoing', ['Review actions', 'Second']],
  [
    'Action,Lead officer\nUpdate the action log,Task owner\nSecond,Somebody',
    ['Update the action log', 'Second'],
  ],
  ['Action,Lead officer\nReview actions,Progress team\nSecond,Somebody', ['Review actions', 'Second']],
  ['Theme,Action,Timescale\nRoads,Take action,March 2027', ['Take action']],
  ['Action,Measure\nActions,Measures\nSecond,12', ['Actions', 'Second']],
])('no row is taken for a part of the header: %j', async (csv, texts) => {
  expect(await textsOf(csv)).toEqual(texts);
});

test('two rows that name the columns together are one header', async () => {
  const csv =
    'Action,Responsibility,,Timescale\n,Lead officer,Responsible body,\nFirst,Somebody,A body,Ongoing';
  expect(await textsOf(csv)).toEqual(['First']);
});
