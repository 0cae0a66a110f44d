import { describe, expect, it } from 'vitest';
import { understandWorkbook } from '#domain/actions/import/understand-plan.ts';
import type { Sheet } from '#domain/actions/import/workbook.ts';
import { aSheet, aWorkbook, type CellMade, under } from '#test/support/sheets/sheets.ts';

const period = { from: '2010-05-01', to: '2011-04-30' };

const understand = (sheet: Sheet, ...others: readonly Sheet[]) => {
  const understood = understandWorkbook(aWorkbook(sheet, ...others), { period, officers: [] });
  if (!understood.ok) throw new Error(understood.error.problem);
  return understood.value;
};

const problemOf = (...sheets: readonly Sheet[]) => {
  const understood = understandWorkbook(aWorkbook(...sheets), { period, officers: [] });
  return understood.ok ? null : understood.error.problem;
};

const csv = { knowsMerges: false };

describe('the header', () => {
  it('is found below titles, in any order, and columns that nobody knows are told of', () => {
    const { rows, leftOut } = understand(
      aSheet([
        ['Community action plan 2010/11'],
        ['Owner: the engagement unit', 'updated monthly'],
        [],
        ['Lead', 'Notes', 'Action required', 'Theme', '', 'Lead officer'],
        ['Ann Smith', 'see me', 'Paint it', 'Roads', 'stray', 'Bob'],
      ]),
    );
    expect(rows).toMatchObject([
      { row: 5, text: 'Paint it', theme: 'Roads', leads: [{ name: 'Ann Smith' }] },
    ]);
    expect(leftOut).toEqual([
      { letters: 'B', header: 'Notes', why: 'not-recognised' },
      { letters: 'E', header: '', why: 'no-header' },
      { letters: 'F', header: 'Lead officer', why: 'repeated' },
    ]);
  });

  it('may have two rows, whether or not cells are merged', () => {
    const merged = aSheet([
      ['Action', 'Responsibility', under(0, 1), 'By when'],
      [under(0, 0), 'Lead officer', 'Organisation', under(0, 3)],
      ['Paint it', 'Ann', 'Council', 'March 2011'],
    ]);
    const blank = aSheet([
      ['', 'Who and when', ''],
      ['Action', 'Lead officer', 'Timescale'],
      ['', '', ''],
      ['Paint it', 'Ann', 'March 2011'],
    ]);
    const second = aSheet([
      ['Action', 'Performance', ''],
      ['', 'Measure', 'RAG'],
      ['Paint it', 'Painted', 'Green'],
    ]);
    expect(understand(merged).rows).toMatchObject([
      { row: 3, text: 'Paint it', body: 'Council', timescale: { milestones: [{ due: '2011-03-31' }] } },
    ]);
    expect(understand(blank).rows).toMatchObject([{ row: 4, text: 'Paint it', leads: [{ name: 'Ann' }] }]);
    expect(understand(second).rows).toMatchObject([
      { row: 3, text: 'Paint it', rag: 'green', measures: [{ text: 'Painted' }] },
    ]);
  });

  it('has one row where the first row below it is a title', () => {
    const header = ['Theme', 'Objective', 'Action'];
    const titled = understand(aSheet([header, ['Theme 1: Roads', 'Objective A', ''], ['', '', 'Paint']]));
    expect(titled.rows).toMatchObject([{ row: 3, theme: 'Theme 1: Roads', objective: 'Objective A' }]);
  });

  it('that comes again on a later page is no action', () => {
    const header = ['Theme', 'Action', 'Lead'];
    const { rows, refused } = understand(
      aSheet([header, ['Roads', 'Paint', 'Ann'], header, ['', 'Sweep', 'Bob']]),
    );
    expect(rows.map(({ text, theme }) => [text, theme])).toEqual([
      ['Paint', 'Roads'],
      ['Sweep', 'Roads'],
    ]);
    expect(refused).toEqual([]);
  });

  it.each([
    [
      'no-header',
      aSheet([
        ['Name', 'Age'],
        ['Ann', '40'],
      ]),
    ],
    ['no-header', aSheet([...Array.from({ length: 10 }, () => ['x']), ['Theme', 'Action'], ['a', 'b']])],
    ['no-header', aSheet([])],
    ['wrong-delimiter', aSheet([['Theme^Action^Lead officer^Timescale'], ['Roads^Paint^Ann^2011']])],
    ['wrong-delimiter', aSheet([['Theme', 'Action', 'Lead'], ['Roads;Paint;Ann'], ['Roads;Sweep;Bob']])],
    [
      'no-rows',
      aSheet([
        ['Theme', 'Action'],
        ['', ''],
      ]),
    ],
  ])('%s', (problem, sheet) => {
    expect(problemOf(sheet)).toBe(problem);
  });

  it('is looked for in every sheet; others that have one are told of', () => {
    const plan = (name: string, isHidden = false) =>
      aSheet(
        [
          ['Theme', 'Action'],
          ['Roads', name],
        ],
        { name, isHidden },
      );
    const found = understand(
      aSheet([['Key']], { name: 'Key' }),
      plan('Draft', true),
      plan('One'),
      plan('Two'),
    );
    expect(found).toMatchObject({ sheet: 'One', otherSheets: ['Two', 'Draft'], rows: [{ text: 'One' }] });
  });
});

describe('blank cells', () => {
  const header = ['Theme', 'Objective', 'Action', 'Lead'];

  it('mean "as above" for theme and objective, and under a merged cell for the lead', () => {
    const { rows } = understand(
      aSheet([
        header,
        ['Roads', 'Safer', 'Paint', 'Ann'],
        [under(1, 0), '', 'Sweep', under(1, 3)],
        ['', 'Cleaner', 'Mend', ''],
        ['Youth', '', 'Ask', ''],
      ]),
    );
    expect(rows.map(({ theme, objective, leads }) => [theme, objective, leads[0]?.name])).toEqual([
      ['Roads', 'Safer', 'Ann'],
      ['Roads', 'Safer', 'Ann'],
      ['Roads', 'Cleaner', undefined],
      ['Youth', '', undefined],
    ]);
  });

  it('may say in words or marks that they mean the cell above', () => {
    const { rows } = understand(
      aSheet([
        ['Theme', 'Objective', 'Lead', 'Action'],
        ['Roads', 'Safer', 'Ann', 'Paint'],
        ['ditto', 'As above', '"', 'Sweep'],
        ['Parks', 'ditto', '〃', 'Count'],
      ]),
    );
    expect(rows.map(({ theme, objective, leads }) => [theme, objective, leads[0]?.name])).toEqual([
      ['Roads', 'Safer', 'Ann'],
      ['Roads', 'Safer', 'Ann'],
      ['Parks', 'Safer', 'Ann'],
    ]);
    const nothingAbove = understand(
      aSheet([
        ['Lead', 'Action'],
        ['as above', 'Paint'],
      ]),
    );
    expect(nothingAbove.rows).toMatchObject([{ leads: [{ name: 'as above' }] }]);
  });

  it('mean "as above" for the lead, too, where the file cannot tell what was merged', () => {
    const { rows } = understand(
      aSheet(
        [header, ['Roads', 'Safer', 'Paint', 'Ann'], ['', '', 'Sweep', ''], ['', 'Cleaner', 'Mend', '']],
        csv,
      ),
    );
    expect(rows.map(({ leads }) => leads[0]?.name)).toEqual(['Ann', 'Ann', undefined]);
  });

  it('end at a dash', () => {
    const { rows } = understand(
      aSheet([header, ['Roads', 'Safer', 'Paint', 'Ann'], ['–', '–', 'Sweep', '–']], csv),
    );
    expect(rows[1]).toMatchObject({ theme: '', objective: '', leads: [] });
  });

  it('follow titles across the table', () => {
    const { rows } = understand(
      aSheet([
        ['Ref', 'Action', 'Lead'],
        ['Theme 1: Roads', under(1, 0), under(1, 0)],
        ['1.1', 'Paint', 'Ann'],
        ['Theme 2: Youth', under(3, 0), under(3, 0)],
        ['2.1', 'Ask', 'Bob'],
      ]),
    );
    expect(rows.map(({ theme, text, commitment }) => [theme, text, commitment])).toEqual([
      ['Theme 1: Roads', 'Paint', '1.1'],
      ['Theme 2: Youth', 'Ask', '2.1'],
    ]);
  });
});

describe('a row', () => {
  const only = (header: readonly string[], row: readonly (string | object)[]) =>
    understand(
      aSheet([
        ['Action', ...header],
        ['Paint', ...row],
      ]),
    );

  it('of an action that is merged over several goes on with it', () => {
    const { rows } = understand(
      aSheet([
        ['Action', 'Timescale', 'Measures'],
        ['Paint', 'By June 2010', 'One'],
        [under(1, 0), 'By February 2011', 'Two'],
      ]),
    );
    expect(rows).toMatchObject([
      {
        row: 2,
        timescale: { milestones: [{ due: '2010-06-30' }, { due: '2011-02-28' }] },
        measures: [{ text: 'One' }, { text: 'Two' }],
      },
    ]);
  });

  const merged = (kind: string, first: CellMade, second: CellMade) =>
    understand(
      aSheet([
        ['Action', kind],
        ['Paint', first],
        [under(1, 0), second],
      ]),
    );

  it.each([
    ['RAG', { text: '', fill: 'FF0000' }, { text: '', fill: '00B050' }],
    ['RAG', 'Red', 'Green'],
    ['Status', { text: '', fill: 'FF0000' }, { text: '', fill: '00B050' }],
    ['Progress', { text: 'Begun', fill: 'FF0000' }, { text: 'Half done', fill: '00B050' }],
  ])('of an action that is merged over several asks which of two colours in %s holds', (kind, one, two) => {
    const { rows, questions } = merged(kind, one, two);
    expect(rows).toMatchObject([{ rag: null }]);
    expect(questions.map(({ row, why }) => [row, why])).toEqual([[2, 'rag.two-colours']]);
  });

  it('of an action that is merged over several takes the one colour that there is', () => {
    const { rows, questions } = merged('RAG', '', { text: '', fill: 'FF0000' });
    expect([rows[0]?.rag, questions]).toEqual(['red', []]);
    expect(merged('RAG', { text: '', fill: 'FF0000' }, under(1, 1)).rows[0]?.rag).toBe('red');
  });

  it.each([
    ['Complete', 'complete', []],
    ['Business as usual', 'business-as-usual', []],
    ['Deferred to 2011', 'deferred', ['2011-12-31']],
    ['Completed June 2010', 'complete', ['2010-06-30']],
    ['Ongoing', 'in-progress', []],
    ['June 2010 Ongoing', null, ['2010-06-30']],
    ['Complete by March 2011', null, ['2011-03-31']],
    ['Complete March 2011', null, ['2011-03-31']],
    ['Withdrawn June 2010', 'dropped', []],
    ['Not started; by June 2010', 'not-started', ['2010-06-30']],
    ['Complete. Report sent.', 'complete', []],
  ])('with the timescale %j is %s', (text, status, dues) => {
    const { rows, questions } = only(['Timescale'], [text]);
    expect(rows[0]).toMatchObject({ status, timescale: { text } });
    expect(rows[0]?.timescale.milestones.map(({ due }) => due)).toEqual(dues);
    expect(questions).toEqual([]);
  });

  it('takes the new date of a status, and keeps the words of the timescale', () => {
    const { rows } = only(['Timescale', 'Status'], ['March 2010', 'Deferred to June 2011']);
    expect(rows[0]).toMatchObject({
      status: 'deferred',
      reason: 'Deferred to June 2011',
      timescale: { text: 'March 2010', milestones: [{ due: '2011-06-30' }] },
    });
  });

  it('fills the budget from a column about money, in pence', () => {
    expect(only(['Funding/budget'], ['£12,500']).rows[0]).toMatchObject({
      funding: '£12,500',
      budget: 1_250_000,
    });
    expect(only(['Budget'], ['from reserves'])).toMatchObject({
      rows: [{ funding: 'from reserves', budget: null }],
      questions: [],
    });
    expect(only(['Funding', 'Budget'], ['£5', 'some']).questions).toMatchObject([
      { column: 'budget', why: 'money.unclear' },
    ]);
  });

  it('keeps the words of its cells beside what was understood, with what stands above', () => {
    const { rows } = understand(
      aSheet([
        ['Theme', 'Action', 'RAG'],
        ['Roads', 'Paint', 'G'],
        ['', 'Sweep', 'a'],
      ]),
    );
    expect(rows[1]?.cells).toEqual({ theme: 'Roads', action: 'Sweep', rag: 'a' });
  });

  it('joins what several columns tell of progress', () => {
    expect(only(['Progress', 'Update June'], ['Begun', 'Half done']).rows[0]?.progress).toBe(
      'Begun\nUpdate June: Half done',
    );
  });

  it('tells its RAG by a colour', () => {
    expect(only(['RAG'], [{ text: '', fill: 'FF0000' }]).rows[0]?.rag).toBe('red');
    expect(only(['Progress'], [{ text: 'Begun', fill: '92D050' }]).rows[0]?.rag).toBe('green');
  });

  it('asks cell by cell about what is not clear', () => {
    const { questions } = understand(
      aSheet([
        ['Action', 'Lead', 'By when', 'RAG', 'Status', 'Priority', 'Cost', 'Progress'],
        ['Paint', 'Smith, Ann', 'soon', 'Yellow', 'In progress', '2', 'some', 'Completed.'],
        ['Sweep', { text: '=A1', trouble: 'formula' }, { text: '#REF!', trouble: 'error' }],
      ]),
    );
    expect(questions.map(({ row, column, text, why }) => [row, column, text, why])).toEqual([
      [2, 'lead', 'Smith, Ann', 'lead.comma'],
      [2, 'actual', 'some', 'money.unclear'],
      [2, 'priority', '2', 'priority.unclear'],
      [2, 'timescale', 'soon', 'timescale.vague'],
      [2, 'rag', 'Yellow', 'rag.other-colour'],
      [2, 'progress', 'Completed.', 'status.contradicts'],
      [3, 'lead', '=A1', 'formula-without-value'],
      [3, 'timescale', '#REF!', 'error-value'],
    ]);
  });

  it('takes answers in the place of its cells', () => {
    const sheet = aSheet([
      ['Action', 'By when', 'RAG'],
      ['Paint', 'soon', { text: '', fill: '00B0F0' }],
    ]);
    const answers = [
      { row: 2, column: 'timescale' as const, text: 'March 2011' },
      { row: 2, column: 'rag' as const, text: 'Green' },
    ];
    const answered = understandWorkbook(aWorkbook(sheet), { period, officers: [], answers });
    expect(answered).toMatchObject({
      value: { questions: [], rows: [{ rag: 'green', timescale: { text: 'March 2011' } }] },
    });
  });

  it('is refused without an action, with one too long, and with a formula for one', () => {
    const { rows, refused } = understand(
      aSheet([
        ['Action', 'Lead', 'Benefits'],
        ['', 'Ann', ''],
        ['x'.repeat(10_001), '', ''],
        [{ text: '=A1', trouble: 'formula' }, '', ''],
        ['Paint', 'x'.repeat(121), ''],
        ['Sweep', 'Ann', ''],
      ]),
    );
    expect(refused.map(({ row, column, why }) => [row, column, why])).toEqual([
      [2, 'action', 'row.no-action'],
      [3, 'action', 'cell.too-long'],
      [4, 'action', 'action.formula'],
      [5, 'lead', 'lead.too-long'],
    ]);
    expect(rows.map(({ text }) => text)).toEqual(['Sweep']);
  });
});
