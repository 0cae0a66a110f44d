import { describe, expect, it } from 'vitest';
import type { Action } from '#domain/actions/action.ts';
import { comparePlan } from '#domain/actions/import/compare-plan.ts';
import { understandWorkbook } from '#domain/actions/import/understand-plan.ts';
import { noTimescale } from '#domain/actions/timescale/timescale.ts';
import { aSheet, aWorkbook } from '#test/support/sheets/sheets.ts';
import { anAction, aProgress } from '#test/support/stores/records.ts';

const period = { from: '2010-05-01', to: '2011-04-30' };

const compare = (rows: readonly string[][], actions: readonly Action[], told: readonly string[] = []) => {
  const understood = understandWorkbook(aWorkbook(aSheet(rows)), { period, officers: [] });
  if (!understood.ok) throw new Error(understood.error.problem);
  const known = actions.map((action) => ({
    action,
    progress: told.map((text) => aProgress({ action: action.id, text })),
  }));
  return comparePlan(understood.value, known);
};

const HEADER = ['Objective', 'Action', 'Timescale'];
const roads = (text: string, changes: Partial<Action> = {}) =>
  anAction({
    ...{ theme: '', objective: 'Safer roads', text, leads: [], measures: [], priority: null },
    timescale: {
      ...noTimescale,
      text: 'March 2011',
      milestones: [{ due: '2011-03-31', precision: 'month', label: null }],
    },
    ...changes,
  });

describe('a newer file of a plan', () => {
  it('shows what is added, changed and gone', () => {
    const stored = [roads('Paint the crossings'), roads('Mend the lights'), roads('Sweep the leaves')];
    const { added, changed, gone, unchanged, questions } = compare(
      [
        HEADER,
        ['Safer roads', 'Paint the crossings.', 'March 2011'],
        ['Safer roads', 'Mend the lights', 'June 2010'],
        ['Safer roads', 'Count bicycles', 'Ongoing'],
      ],
      stored,
    );
    expect(added.map(({ row }) => row.text)).toEqual(['Count bicycles']);
    expect(changed.map(({ row, fields }) => [row.row, fields])).toEqual([
      [2, ['text']],
      [3, ['timescale']],
    ]);
    expect(gone.map(({ text }) => text)).toEqual(['Sweep the leaves']);
    expect([unchanged, questions]).toEqual([0, []]);
  });

  it('knows an action in other words under its objective when it is clearly the nearest', () => {
    const stored = [roads('Paint all zebra crossings near schools'), roads('Mend broken street lights')];
    const { added, changed, gone } = compare(
      [
        HEADER,
        ['Safer roads', 'Paint all zebra crossings near primary schools', 'March 2011'],
        ['', 'Mend broken street lights', 'March 2011'],
      ],
      stored,
    );
    expect([added, gone]).toEqual([[], []]);
    expect(changed.map(({ fields, after }) => [fields, after.id])).toEqual([[['text'], stored[0]?.id]]);
  });

  it('asks when it may be one of several', () => {
    const stored = [
      roads('Paint crossings near the north school'),
      roads('Paint crossings near the south school'),
    ];
    const { added, questions } = compare(
      [HEADER, ['Safer roads', 'Paint crossings near the west school', '']],
      stored,
    );
    expect(questions).toMatchObject([{ row: 2, column: 'action', why: 'action.several-like-it' }]);
    expect(added).toMatchObject([{ questions: [{ why: 'action.several-like-it' }] }]);
  });

  const MEETING = ['Objective', 'Action', 'Lead', 'Timescale', 'Progress', 'RAG'];
  const meeting = (name: string, text: string, rag: Action['rag']) =>
    roads('Hold a meeting', {
      ...{ leads: [{ name, email: null }], rag, status: 'in-progress' },
      timescale: { ...noTimescale, text },
    });
  const twoMeetings = () => [meeting('Jane', 'June 2010', 'red'), meeting('Robert', 'May 2010', 'green')];

  it('tells actions of the same text apart by who leads and when', () => {
    const [jane, robert] = twoMeetings();
    const stored = [jane, robert].flatMap((action) => action ?? []);
    const only = compare([MEETING, ['Safer roads', 'Hold a meeting', 'Robert', 'May 2010', '', '']], stored);
    expect(only).toMatchObject({ added: [], changed: [], unchanged: 1, questions: [] });
    expect(only.gone).toEqual([jane]);
    const turned = compare(
      [
        MEETING,
        ['Safer roads', 'Hold a meeting', 'Robert', 'July 2010', '', ''],
        ['Safer roads', 'Hold a meeting', 'Janet', 'June 2010', '', ''],
      ],
      stored,
    );
    expect(turned.changed.map(({ before, fields }) => [before.id, fields])).toEqual([
      [robert?.id, ['timescale']],
      [jane?.id, ['leads']],
    ]);
  });

  it('asks which of several of the same text is left when nothing tells them apart', () => {
    const { added, gone, questions } = compare(
      [MEETING, ['Safer roads', 'Hold a meeting', 'Cara', 'July 2010', '', '']],
      twoMeetings(),
    );
    expect([added.length, gone.length]).toEqual([1, 2]);
    expect(questions).toMatchObject([{ row: 2, why: 'action.several-like-it' }]);
  });

  it('knows an action that has moved to another objective', () => {
    const { changed, added } = compare(
      [HEADER, ['Cleaner roads', 'Paint the crossings', 'March 2011']],
      [roads('Paint the crossings')],
    );
    expect(added).toEqual([]);
    expect(changed.map(({ fields }) => fields)).toEqual([['objective']]);
  });

  it('keeps what it does not speak of, and what blank cells leave open', () => {
    const action = roads('Paint', {
      leads: [{ name: 'Ann Smith', email: 'ann@folkmoot.example' }],
      ...{
        rag: 'amber',
        status: 'in-progress',
        met: ['2010-06-30'],
        budget: 5,
        funding: '£0.05',
        priority: 'high',
      },
      measures: [{ text: 'Painted', target: null, actuals: [{ period: 'Q1', value: '3' }] }],
    });
    const rows = [
      ['Action', 'Objective', 'Lead', 'RAG', 'Status', 'Priority', 'Measures'],
      ['Paint', 'Safer roads', 'ann smith', '', '', '', 'Painted\nSeen'],
    ];
    const { changed } = compare(rows, [action]);
    expect(changed).toHaveLength(1);
    expect(changed[0]?.fields).toEqual(['leads', 'measures']);
    expect(changed[0]?.after).toMatchObject({
      ...{
        rag: 'amber',
        status: 'in-progress',
        met: ['2010-06-30'],
        budget: 5,
        funding: '£0.05',
        priority: 'high',
      },
      leads: [{ name: 'ann smith', email: 'ann@folkmoot.example' }],
      timescale: action.timescale,
      measures: [
        { text: 'Painted', actuals: [{ period: 'Q1', value: '3' }] },
        { text: 'Seen', actuals: [] },
      ],
    });
  });

  it('tells of progress only what was not told before', () => {
    const rows = (text: string) => [
      ['Action', 'Objective', 'Progress'],
      ['Paint', 'Safer roads', text],
    ];
    const action = roads('Paint', { status: 'in-progress' });
    expect(compare(rows('Begun'), [action], ['Half done', 'Begun'])).toMatchObject({
      changed: [],
      unchanged: 1,
    });
    expect(compare(rows('All done'), [action], ['Begun']).changed).toMatchObject([
      { progress: 'All done', fields: [] },
    ]);
  });

  it('does not ask again what was asked or answered before', () => {
    const rows = [HEADER, ['Safer roads', 'Paint', 'soon']];
    const answered = roads('Paint', {
      timescale: {
        ...noTimescale,
        text: 'soon',
        milestones: [{ due: '2010-07-31', precision: 'month', label: null }],
      },
    });
    expect(compare(rows, [answered])).toMatchObject({ questions: [], changed: [], unchanged: 1 });
    expect(compare(rows, [])).toMatchObject({ questions: [{ why: 'timescale.vague' }] });
  });

  it('leaves a field alone that is a question now', () => {
    const action = roads('Paint');
    const { changed, questions } = compare([HEADER, ['Safer roads', 'Paint', 'soon']], [action]);
    expect(questions).toHaveLength(1);
    expect(changed[0]?.after).toMatchObject({
      timescale: action.timescale,
      questions: [{ column: 'timescale', text: 'soon' }],
    });
  });

  it('puts off what it says is deferred', () => {
    const rows = [
      ['Action', 'Objective', 'Timescale', 'Status'],
      ['Paint', 'Safer roads', 'March 2011', 'Deferred to 2012'],
    ];
    const { changed } = compare(rows, [roads('Paint')]);
    expect(changed[0]?.after).toMatchObject({
      status: 'deferred',
      reason: 'Deferred to 2012',
      timescale: { text: 'March 2011', milestones: [{ due: '2012-12-31' }] },
    });
  });
});
