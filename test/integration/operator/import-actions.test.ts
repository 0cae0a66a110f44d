import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeXlsx } from '#test/support/sheets/make-xlsx.ts';
import { aPlan } from '#test/support/stores/records.ts';
import { type LaptopStore, startLaptopStore } from './laptop-store.ts';

let laptop: LaptopStore;

const PERIOD = ['--from', '2010-05-01', '--to', '2011-04-30'];
const importing = (file: string, title: string, ...more: readonly string[]) =>
  laptop.run(['import', 'actions', file, '--title', title, ...PERIOD, ...more]);

const actionsOf = async (title: string) => {
  const store = await laptop.open();
  const plan = (await store.actionPlans.list()).find((each) => each.title === title);
  return plan ? store.actions.ofPlan(plan.id) : null;
};

const bytes = (name: string, content: Uint8Array | string): string => {
  const file = join(laptop.folder, name);
  writeFileSync(file, content);
  return file;
};

const HEADER =
  'Theme,Objective,Action required,Lead officer,By when,Performance measure,Funding/budget,RAG,Progress';
const PLAN = [
  'Community engagement,,,,,,,,',
  HEADER,
  'Young people,Hear them,Meet every school council,Ann Smith and Bob Jones,By March 2011,"Schools met; target: 12","£12,500",Green,Begun in May',
  ',,Ask the youth clubs,Cara Lee,Ongoing,,,,',
  'Roads,Safer roads,Mark the crossings,Ann Smith Bob Jones,Deferred to 2011,,,Amber,',
].join('\r\n');

beforeAll(async () => {
  laptop = await startLaptopStore();
});

afterAll(() => laptop.close());

describe('npx folkmoot import actions', () => {
  it('tells as JSON what was understood of every row, and stores nothing when it is dry', async () => {
    const officers = laptop.write(
      'officers.csv',
      'name,email\nAnn Smith,ann@folkmoot.example\nBob Jones,bob@folkmoot.example\n',
    );
    const { code, out } = await importing(
      laptop.write('dry.csv', PLAN),
      'Dry',
      '--officers',
      officers,
      '--dry-run',
      '--json',
    );
    expect(code).toBe(0);
    const { rows, ...others } = JSON.parse(out);
    expect(others).toEqual({ questions: [], refused: [] });
    expect(rows[0]).toEqual({
      row: 3,
      theme: 'Young people',
      objective: 'Hear them',
      action: 'Meet every school council',
      leads: ['Ann Smith', 'Bob Jones'],
      timescale: {
        text: 'By March 2011',
        ongoing: false,
        recurring: null,
        milestones: [{ due: '2011-03-31', precision: 'month', label: null }],
      },
      measures: ['Schools met (target: 12)'],
      funding: '£12,500',
      progress: 'Begun in May',
      rag: 'green',
      status: 'in-progress',
      priority: null,
    });
    expect(rows[2]).toMatchObject({
      row: 5,
      leads: ['Ann Smith', 'Bob Jones'],
      status: 'deferred',
      rag: 'amber',
    });
    expect(await actionsOf('Dry')).toBeNull();
  });

  it('begins a plan, and changes nothing when its file comes again, as it was or as it was handed out', async () => {
    const file = laptop.write('plan.csv', PLAN);
    const first = await importing(file, 'Plan');
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/^3 added, 0 changed, 0 gone, 0 unchanged; plan \S+\n$/);
    const before = await actionsOf('Plan');
    expect(before).toHaveLength(3);
    expect((await importing(file, ' plan ')).out).toContain('0 added, 0 changed, 0 gone, 3 unchanged');
    for (const name of ['out.csv', 'out.xlsx']) {
      const out = join(laptop.folder, name);
      expect(await laptop.run(['export', 'actions', '--plan', 'Plan', '--out', out])).toEqual({
        code: 0,
        out: '',
        err: '',
      });
      expect(await importing(out, 'Plan')).toMatchObject({
        code: 0,
        out: expect.stringContaining('0 added, 0 changed, 0 gone, 3 unchanged'),
      });
    }
    expect(await actionsOf('Plan')).toEqual(before);
    const { out } = await laptop.run(['export', 'actions', '--plan', 'plan']);
    expect(out).toBe(readFileSync(join(laptop.folder, 'out.csv'), 'utf8'));
  });

  it('refuses a file when two plans have its title and period, and names both', async () => {
    const store = await laptop.open();
    const [from, to] = [PERIOD[1] ?? '', PERIOD[3] ?? ''];
    const alike = [aPlan({ title: 'Twice', from, to }), aPlan({ title: 'Twice', from, to })];
    await store.facts.commit(alike.map((plan) => store.actionPlans.toAdd(plan)));
    const { code, err } = await importing(laptop.write('twice.csv', PLAN), 'Twice');
    expect(code).toBe(1);
    for (const { id } of alike) expect(err).toContain(id);
  });

  it('merges a newer file, and drops what is gone when it is told to', async () => {
    await importing(laptop.write('old.csv', 'Action,Lead,RAG\nPaint,Ann,Green\nSweep,Bob,\n'), 'Newer');
    const newer = laptop.write('new.csv', 'Lead;Action;RAG\nAnn;Paint;Red\nCara;Count;\n');
    const { out } = await importing(newer, 'Newer');
    expect(out).toMatch(
      /^changed: row 2, rag\ngone: "Sweep" is in the plan and not in the file; kept\n1 added, 1 changed, 1 gone, 0 unchanged; /,
    );
    expect((await actionsOf('Newer'))?.map(({ text, rag, status }) => [text, rag, status])).toEqual([
      ['Paint', 'red', 'not-started'],
      ['Sweep', null, 'not-started'],
      ['Count', null, 'not-started'],
    ]);
    await importing(newer, 'Newer', '--drop-gone');
    expect((await actionsOf('Newer'))?.[1]).toMatchObject({ text: 'Sweep', status: 'dropped' });
  });

  it('stores nothing while there are questions, and leaves them with their actions when it is told to', async () => {
    const file = laptop.write('asks.csv', 'Action,By when,RAG\nPaint,soon,Yellow\nSweep,March 2011,Red\n');
    const asked = await importing(file, 'Asks');
    expect(asked).toMatchObject({ code: 1, out: '' });
    expect(asked.err.split('\n')).toEqual([
      expect.stringMatching(/asks\.csv, row 2, column B \(By when\): "soon": This names no day\./),
      expect.stringMatching(/asks\.csv, row 2, column C \(RAG\): "Yellow": This colour is none of red/),
      'Nothing was imported: 2 questions to answer.',
      '',
    ]);
    expect(await actionsOf('Asks')).toBeNull();
    expect((await importing(file, 'Asks', '--leave-questions')).code).toBe(0);
    expect((await actionsOf('Asks'))?.map(({ questions }) => questions.length)).toEqual([2, 0]);
    expect((await importing(file, 'Asks')).out).toContain('2 unchanged');
  });

  it('stores nothing when a row is refused, and lists all of them', async () => {
    const file = laptop.write('bad.csv', 'Action,Lead\nPaint,Ann\n,Bob\n,Cara\n');
    const { code, out, err } = await importing(file, 'Bad', '--leave-questions', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).refused).toMatchObject([
      { row: 3, column: 'action', text: '', why: expect.stringContaining('no action') },
      { row: 4, column: 'action' },
    ]);
    expect(err).toContain('Nothing was imported: 2 cells or rows to mend.');
    expect(await actionsOf('Bad')).toBeNull();
  });

  it('completes what a kill has interrupted; nothing of the plan is seen before', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => `Action ${at},Ann,March 2011,Begun`);
    const file = laptop.write('many.csv', ['Action,Lead,By when,Progress', ...rows].join('\n'));
    const killed = await laptop.run(['import', 'actions', file, '--title', 'Many', ...PERIOD], {
      killAtWrite: 3,
    });
    expect(killed.code).toBeNull();
    expect(await actionsOf('Many')).toBeNull();
    const again = await importing(file, 'Many');
    expect(again.code).toBe(0);
    expect(again.out).toMatch(/[1-9]\d* unchanged/);
    expect(await actionsOf('Many')).toHaveLength(60);
  });

  it('says of every bad file what is wrong and what mends it', async () => {
    const sheet = (...rows: readonly (readonly string[])[]) => makeXlsx({ sheets: [{ rows }] });
    const files: readonly (readonly [string, Uint8Array | string, RegExp])[] = [
      ['empty.csv', '', /the file is empty\. Check/],
      ['no-header.csv', 'Ann,40\nBob,50\n', /none of the first ten rows names the columns\. One row has to/],
      ['large.xlsx', new Uint8Array(50 * 1024 * 1024), /larger than 10 MB\. Remove pictures/],
      ['macros.xlsm', sheet(['Theme', 'Action']), /has macros \(programs\).*Save it/],
      [
        'formula.xlsx',
        makeXlsx({
          sheets: [
            {
              rows: [
                ['Action', 'Lead'],
                ['Paint', { formula: 'A1' }],
              ],
            },
          ],
        }),
        /row 2, column B \(Lead\): "=A1": This is a formula.*Write the value/,
      ],
      [
        'formula.csv',
        'Action,Lead\n=A1+1,Ann\n',
        /row 2, column A \(Action\): "=A1\+1": The action is a formula.*Write the action/,
      ],
      [
        'delimiter.csv',
        'Theme^Action^Lead officer\nRoads^Paint^Ann\n',
        /columns cannot be told apart.*Save it again/,
      ],
      ['picture.csv', Buffer.from('89504e470d0a1a0a', 'hex'), /this is a picture.*Bring the workbook/],
      ['page.csv', '<!DOCTYPE html><html></html>', /this is a web page.*Download/],
      ['missing.csv', 'Action,Lead\n', /a header and no action/],
    ];
    for (const [name, content, expected] of files) {
      const { code, out, err } = await importing(bytes(name, content), 'No plan');
      expect({ name, code, out }).toEqual({ name, code: 1, out: '' });
      expect(err).toMatch(expected);
      expect(err).toContain('Nothing was imported');
    }
    expect(await actionsOf('No plan')).toBeNull();
  });

  it('is not misused in silence', async () => {
    const file = laptop.write('fine.csv', 'Action,Lead\nPaint,Ann\n');
    const run = (...args: readonly string[]) => laptop.run(['import', 'actions', file, ...args]);
    expect(await run('--title', 'X', '--from', '2010-02-30', '--to', '2011-01-01')).toMatchObject({
      code: 2,
      err: expect.stringContaining('"2010-02-30" is not a day'),
    });
    expect(await run('--title', 'X', '--from', '2012-01-01', '--to', '2011-01-01')).toMatchObject({
      code: 2,
    });
    expect(await run('--title', ' ', ...PERIOD)).toMatchObject({ code: 2 });
    expect(await run('--title', 'X', ...PERIOD, '--unit', 'Nobody')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no unit "Nobody"'),
    });
    const officers = laptop.write('wrong.csv', 'Ann Smith,ann\n');
    expect(await run('--title', 'X', ...PERIOD, '--officers', officers)).toMatchObject({
      code: 1,
      err: expect.stringContaining('row 1, column email: "ann" is not an e-mail address'),
    });
    expect(await laptop.run(['export', 'actions', '--plan', 'Nothing'])).toMatchObject({ code: 1 });
    expect(await laptop.run(['export', 'actions', '--plan', 'Plan', '--out', 'plan.pdf'])).toMatchObject({
      code: 2,
    });
  });
});
