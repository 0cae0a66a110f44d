import { describe, expect, it } from 'vitest';
import { kindOfHeader } from '#domain/actions/import/columns.ts';
import { Officers, readLeads, writeLeads } from '#domain/actions/import/leads-cell.ts';
import { addTargets, readMeasures, writeMeasures } from '#domain/actions/import/measures-cell.ts';
import { penceOf, readMoney, writeMoney } from '#domain/actions/import/money-cell.ts';
import { readPriority } from '#domain/actions/import/priority-cell.ts';
import { colourOf, joinColour, readState } from '#domain/actions/import/rag-cell.ts';
import { statusSaid } from '#domain/actions/import/status-words.ts';

describe('the name of a column', () => {
  it.each([
    ['Theme', 'theme'],
    ['THEMATIC AREA', 'theme'],
    ['Strand:', 'theme'],
    ['Objective', 'objective'],
    ['Product or outcome', 'objective'],
    ['Action', 'action'],
    ['Action(s)', 'action'],
    ['Action required', 'action'],
    ['Lead officer', 'lead'],
    ['Lead officer(s)', 'lead'],
    ['Responsibility', 'lead'],
    ['Lead', 'lead'],
    ['Action owner', 'lead'],
    ['Responsible body', 'body'],
    ['Lead organisation', 'body'],
    ['Funding', 'funding'],
    ['Funding / budget', 'funding'],
    ['Budget (£)', 'budget'],
    ['Cost', 'actual'],
    ['Actual', 'actual'],
    ['Estimated cost', 'budget'],
    ['Timescale', 'timescale'],
    ['Time scale', 'timescale'],
    ['Time-scales', 'timescale'],
    ['By when?', 'timescale'],
    ['Implementation year', 'timescale'],
    ['Target date', 'timescale'],
    ['Performance measure', 'measures'],
    ['Performance measures', 'measures'],
    ['Measure', 'measures'],
    ['Success criteria', 'measures'],
    ['Progress', 'progress'],
    ['Progress to date', 'progress'],
    ['Update (March)', 'progress'],
    ['RAG', 'rag'],
    ['RAG status', 'rag'],
    ['R.A.G.', null],
    ['Status', 'status'],
    ['Priority', 'priority'],
    ['Benefits', 'benefits'],
    ['Commitment', 'commitment'],
    ['Ref', 'commitment'],
    ['Ref.', 'commitment'],
    ['Start date', null],
    ['Date of last update', null],
    ['Notes', null],
    ['', null],
    ['Community action plan 2010/11', null],
    ['This action is one of many that will be taken by the lead officer in the time of the plan', null],
  ])('%j is %s', (header, kind) => {
    expect(kindOfHeader(header)).toBe(kind);
  });
});

describe('leads', () => {
  const officers = new Officers([
    { name: 'Ann Smith', email: 'ann@folkmoot.example' },
    { name: 'Bob Jones', email: 'Bob@folkmoot.example' },
    { name: 'Head of Finance and Estates', email: 'finance@folkmoot.example' },
    { name: 'Sam Hill', email: 'sam1@folkmoot.example' },
    { name: 'Sam  Hill', email: 'sam2@folkmoot.example' },
  ]);
  const names = (cell: string) => readLeads(cell, officers).value.leads.map(({ name }) => name);

  it.each([
    ['Ann Smith; Bob Jones', ['Ann Smith', 'Bob Jones']],
    ['Ann Smith/Bob Jones', ['Ann Smith', 'Bob Jones']],
    ['Ann Smith / Cara Lee', ['Ann Smith', 'Cara Lee']],
    ['Ann Smith and Cara Lee', ['Ann Smith', 'Cara Lee']],
    ['Cara Lee & Dan Poe', ['Cara Lee', 'Dan Poe']],
    ['Cara Lee + Dan Poe', ['Cara Lee', 'Dan Poe']],
    ['Cara Lee+Dan Poe', ['Cara Lee', 'Dan Poe']],
    ['cara+plans@folkmoot.example', ['cara+plans@folkmoot.example']],
    ['Cara Lee +44 20 7946 0000', ['Cara Lee +44 20 7946 0000']],
    ['Cara Lee\nDan Poe', ['Cara Lee', 'Dan Poe']],
    ['Cara Lee, Dan Poe and Ed Roe', ['Cara Lee', 'Dan Poe', 'Ed Roe']],
    ['Ann Smith Bob Jones', ['Ann Smith', 'Bob Jones']],
    ['ANN SMITH  bob jones', ['ANN SMITH', 'bob jones']],
    ['Cara Lee Dan Poe', ['Cara Lee Dan Poe']],
    ['Head of Finance and Estates', ['Head of Finance and Estates']],
    ['Head of Finance and Estates and Cara Lee', ['Head of Finance and Estates', 'Cara Lee']],
    ['T/DCI Cara Lee', ['T/DCI Cara Lee']],
    ['A/Supt Cara Lee/Ch Insp Dan Poe', ['A/Supt Cara Lee', 'Ch Insp Dan Poe']],
    ['Anderson', ['Anderson']],
    ['"Research and Development"', ['Research and Development']],
    ['Cara Lee; cara lee', ['Cara Lee']],
    ['bob@folkmoot.example', ['Bob Jones']],
    ['-', []],
    ['', []],
    ['n/a', []],
  ])('%j are %j', (cell, expected) => {
    expect(names(cell)).toEqual(expected);
    expect(readLeads(cell, officers).unclear).toEqual([]);
  });

  it('are given the address of whoever is called so, and none when nobody is known', () => {
    expect(readLeads('ann smith and Cara Lee', officers).value.leads).toEqual([
      { name: 'ann smith', email: 'ann@folkmoot.example' },
      { name: 'Cara Lee', email: null },
    ]);
    expect(readLeads('Cara Lee <Cara@Folkmoot.Example>', officers).value.leads).toEqual([
      { name: 'Cara Lee', email: 'cara@folkmoot.example' },
    ]);
  });

  it.each([
    ['Smith, Ann', ['lead.comma']],
    ['TBC', ['lead.to-be-confirmed']],
    ['Ann Smith / to be confirmed', ['lead.to-be-confirmed']],
    ['Sam Hill', ['lead.two-accounts']],
  ])('%j is a question', (cell, why) => {
    expect(readLeads(cell, officers).unclear).toEqual(why);
  });

  it.each([
    [[{ name: 'Ann Smith', email: null }]],
    [
      [
        { name: 'Research and Development', email: null },
        { name: 'Smith, Ann', email: 'ann@folkmoot.example' },
      ],
    ],
    [
      [
        { name: 'TBC', email: null },
        { name: 'A; B', email: null },
      ],
    ],
    [[{ name: 'ann@folkmoot.example', email: 'ann@folkmoot.example' }]],
  ])('are written as they are read: %j', (leads) => {
    expect(readLeads(writeLeads(leads), new Officers([])).value.leads).toEqual(leads);
    expect(readLeads(writeLeads(leads), new Officers([])).unclear).toEqual([]);
  });
});

describe('measures', () => {
  const texts = (cell: string) => readMeasures(cell).map(({ text }) => text);

  it.each([
    ['One thing', ['One thing']],
    ['One\nTwo', ['One', 'Two']],
    ['One; two', ['One', 'two']],
    ['• One\n• Two\nand its second line', ['One', 'Two\nand its second line']],
    ['- One\n- Two', ['One', 'Two']],
    ['1. One\n2. Two', ['One', 'Two']],
    ['1) One; 2) Two', ['One', 'Two']],
    ['(i) One\n(ii) Two', ['One', 'Two']],
    ['1. ten meetings 2. five reports', ['ten meetings', 'five reports']],
    ['1) ten meetings, 2) five reports and 3) a film', ['ten meetings', 'five reports', 'a film']],
    ['(i) a (ii) b', ['a', 'b']],
    ['(a) one (b) two', ['one', 'two']],
    ['1. ten meetings 3. five reports', ['1. ten meetings 3. five reports']],
    ['1. Version 1.5 by 2011', ['Version 1.5 by 2011']],
    ['-5% crime', ['-5% crime']],
    ['', []],
  ])('%j are %j', (cell, expected) => {
    expect(texts(cell)).toEqual(expected);
  });

  it.each([
    ['Calls answered; target: 80%', '80%'],
    ['Calls answered (target: 80%)', '80%'],
    ['Calls answered\nTarget: 80%', '80%'],
    ['Calls answered', null],
  ])('%j has the target %j', (cell, target) => {
    expect(readMeasures(cell)).toEqual([{ text: 'Calls answered', target, actuals: [] }]);
  });

  it('take their targets from a column of their own when it is clear whose they are', () => {
    const two = readMeasures('One\nTwo');
    expect(addTargets(two, '5\n6').value.map(({ target }) => target)).toEqual(['5', '6']);
    expect(addTargets(readMeasures('One'), '5; more').value[0]?.target).toBe('5; more');
    expect(addTargets(two, '5').unclear).toEqual(['target.of-which-measure']);
  });

  it.each([
    [[{ text: 'One; and more', target: '80%', actuals: [{ period: 'Q1 2010/11', value: '70%' }] }]],
    [
      [
        { text: '1. numbered', target: null, actuals: [] },
        { text: 'two\nlines', target: null, actuals: [] },
      ],
    ],
    [[{ text: 'None', target: null, actuals: [] }]],
    [[{ text: 'a; b 2. c', target: null, actuals: [] }]],
    [[{ text: '1. ten meetings 3. five reports', target: null, actuals: [] }]],
    [[{ text: '1. ten 2. five', target: null, actuals: [] }]],
    [
      [
        { text: 'a\n    b', target: 'c', actuals: [] },
        { text: '• d', target: null, actuals: [] },
      ],
    ],
  ])('are written as they are read: %j', (measures) => {
    expect(readMeasures(writeMeasures(measures))).toEqual(measures);
  });
});

describe('money', () => {
  it.each([
    ['£12,500', 1_250_000],
    ['12.5k', 1_250_000],
    ['£1.2m', 120_000_000],
    ['12500', 1_250_000],
    ['£0.50', 50],
    ['GBP 3', 300],
    ['nil', 0],
    ['£12,50', null],
    ['within existing budget', null],
    ['£10 per head', null],
    ['0.001', null],
    ['-5', null],
  ])('%j is %j pence', (text, pence) => {
    expect(penceOf(text)).toBe(pence);
  });

  it('is a question when it is in words, and nothing when nothing is said', () => {
    expect(readMoney('about 5k')).toEqual({ value: null, unclear: ['money.unclear'] });
    expect(readMoney('n/a')).toEqual({ value: null, unclear: [] });
    for (const pence of [0, 5, 1_250_050, 123_456_789]) expect(penceOf(writeMoney(pence))).toBe(pence);
  });
});

describe('priority', () => {
  it.each([
    ['Very High', 'very-high'],
    ['VH', 'very-high'],
    ['high', 'high'],
    ['M', 'medium'],
    ['Low priority', 'low'],
    ['On-going', 'ongoing'],
    ['', null],
  ])('%j is %s', (text, priority) => {
    expect(readPriority(text)).toEqual({ value: priority, unclear: [] });
  });

  it.each(['1', 'Medium/high', 'Urgent'])('%j is a question', (text) => {
    expect(readPriority(text).unclear).toEqual(['priority.unclear']);
  });
});

describe('status in words', () => {
  it.each([
    ['Complete', 'complete', ''],
    ['Completed.', 'complete', ''],
    ['DONE', 'complete', ''],
    ['Achieved', 'complete', ''],
    ['Completed June 2010', 'complete', ''],
    ['Completed (31/3/10)', 'complete', ''],
    ['Completed. Report published in May.', 'complete', 'Report published in May.'],
    ['Business as usual', 'business-as-usual', ''],
    ['BAU', 'business-as-usual', ''],
    ['Now business as usual', 'business-as-usual', ''],
    ['Dropped – no money', 'dropped', 'no money'],
    ['Withdrawn (no money)', 'dropped', 'no money'],
    ['No longer required', 'dropped', ''],
    ['Ongoing', 'in-progress', ''],
    ['Not started', 'not-started', ''],
    ['Deferred', 'deferred', ''],
  ])('%j is %s', (text, status, detail) => {
    expect(statusSaid(text)).toEqual({ status, until: null, detail });
  });

  it('tells until when something was deferred, and why', () => {
    expect(statusSaid('Deferred to 2011')).toEqual({ status: 'deferred', until: '2011', detail: '' });
    expect(statusSaid('Postponed until March 2012 - no room')).toEqual({
      status: 'deferred',
      until: 'March 2012',
      detail: 'no room',
    });
  });

  it.each([
    'Completed drafts are with the board',
    'Completed by June 2010',
    'Deferred June 2011',
    'Achieved 80%',
    'Incomplete',
    'The work is done',
    'Bau haus',
  ])('is not said by %j', (text) => {
    expect(statusSaid(text)).toBeNull();
  });
});

describe('RAG', () => {
  it.each([
    ['Red', 'red'],
    ['A', 'amber'],
    ['green', 'green'],
    ['Green - on course', 'green'],
    ['', null],
  ])('%j is %s', (text, rag) => {
    expect(readState(text, 'rag')).toMatchObject({ value: { rag }, unclear: [] });
  });

  it('and a status may stand in one cell', () => {
    const { value } = readState('Green (complete): all done well', 'rag');
    expect(value).toMatchObject({ rag: 'green', status: { status: 'complete' }, detail: 'all done well' });
    expect(readState('Blue (complete)', 'rag')).toMatchObject({
      value: { rag: null, status: { status: 'complete' } },
      unclear: [],
    });
  });

  it.each([
    ['Yellow', 'rag.other-colour'],
    ['Blue', 'rag.other-colour'],
    ['Red/Amber', 'rag.two-colours'],
    ['fine', 'rag.unclear'],
  ])('%j is a question', (text, why) => {
    expect(readState(text, 'rag').unclear).toEqual([why]);
  });

  it.each([
    ['FF0000', 'red'],
    ['C00000', 'red'],
    ['FFC7CE', 'red'],
    ['FFC000', 'amber'],
    ['ED7D31', 'amber'],
    ['FFEB9C', 'amber'],
    ['FFFF00', 'yellow'],
    ['92D050', 'green'],
    ['00B050', 'green'],
    ['C6EFCE', 'green'],
    ['00B0F0', 'other'],
    ['7030A0', 'other'],
    ['FFFFFF', null],
    ['D9D9D9', null],
    ['000000', null],
  ])('the colour %s is near %s', (fill, colour) => {
    expect(colourOf(fill)).toBe(colour);
  });

  const said = (text: string) => readState(text, 'rag').value;

  it('is a colour without a word, and a question when the two disagree', () => {
    expect(joinColour(said(''), 'FFC000', false)).toMatchObject({ value: { rag: 'amber' }, unclear: [] });
    expect(joinColour(said('Amber'), 'FFFF00', false)).toMatchObject({
      value: { rag: 'amber' },
      unclear: [],
    });
    expect(joinColour(said('Green'), 'FF0000', false)).toMatchObject({
      value: { rag: null },
      unclear: ['rag.word-and-colour'],
    });
    expect(joinColour(said(''), '00B0F0', false).unclear).toEqual(['rag.other-colour']);
    expect(joinColour(said('Complete'), '00B0F0', false).unclear).toEqual([]);
    expect(joinColour(said(''), '00B0F0', true).unclear).toEqual([]);
  });
});
