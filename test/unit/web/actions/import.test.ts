import { beforeEach, describe, expect, test } from 'vitest';
import { writeXlsx } from '#adapters/files/write-xlsx.ts';
import { planTable } from '#domain/actions/import/plan-table.ts';
import { aPlan } from '#test/support/stores/records.ts';
import type { HttpReply } from '#web/http/event.ts';
import type { Browser } from '../browser.ts';
import { COORDINATOR, openWorld, PRACTITIONER, type World } from '../world.ts';

const PLAN = {
  title: 'Engagement plan 2026/27',
  ...{ 'from-day': '1', 'from-month': '4', 'from-year': '2026' },
  ...{ 'to-day': '31', 'to-month': '3', 'to-year': '2027' },
};
const IMPORT = '/staff/plans/import';
const HEADER = 'Theme,Action,Lead officer,Timescale,RAG,Progress';

const csv = (...rows: readonly string[]) => ({
  name: 'plan.csv',
  bytes: new TextEncoder().encode([HEADER, ...rows].join('\n')),
});

let world: World;
let coordinator: Browser;

beforeEach(async () => {
  world = await openWorld();
  coordinator = await world.signedIn(COORDINATOR);
  await coordinator.get(IMPORT);
});

const location = (reply: HttpReply): string => reply.headers.location ?? `stayed with ${reply.statusCode}`;

const bring = async (...rows: readonly string[]): Promise<string> =>
  location(await coordinator.upload(IMPORT, PLAN, csv(...rows)));

const actionsNow = async () => {
  const [plan] = await world.actionPlans.list();
  return plan ? world.actions.ofPlan(plan.id) : [];
};

describe('bringing a file', () => {
  test('shows what was understood, and takes it over when that is wanted', async () => {
    const at = await bring(
      `Young people,Meet school councils,${PRACTITIONER.post},By March 2027,Amber,Four met`,
      'Young people,Answer in time,,Ongoing,,',
    );
    const { body } = await coordinator.get(at);
    for (const said of [
      '2 new actions',
      '31 March 2027',
      PRACTITIONER.email,
      'Ongoing',
      'Four met',
      'Nothing to answer',
    ])
      expect(body).toContain(said);
    expect(await world.actionPlans.list()).toEqual([]);
    const taken = location(await coordinator.post(at, { do: 'import' }));
    expect(taken).toMatch(/^\/staff\/plans\/[^/]+\?done=imported$/);
    expect((await actionsNow()).map(({ text, rag, leads }) => [text, rag, leads[0]?.email])).toEqual([
      ['Meet school councils', 'amber', PRACTITIONER.email],
      ['Answer in time', null, undefined],
    ]);
    expect((await coordinator.get(taken)).body).toContain('The plan is imported.');
  });

  test('is refused when several plans have its title and period', async () => {
    const named = { title: PLAN.title, from: '2026-04-01', to: '2027-03-31' };
    const alike = [aPlan(named), aPlan(named)];
    await world.facts.commit(alike.map((plan) => world.actionPlans.toAdd(plan)));
    const { statusCode, body } = await coordinator.get(await bring('Roads,Lend equipment,,Ongoing,,'));
    expect(statusCode).toBe(409);
    expect(body).toContain('Several plans have this title and period');
  });

  test('asks about what is not clear, takes answers, and guesses nothing', async () => {
    const at = await bring('Roads,Check school streets,,early next year,,', 'Roads,Lend equipment,,TBC,,');
    const { body } = await coordinator.get(at);
    expect(body).toContain('2 cells to answer');
    expect(body).toContain('Row 2, Timescale: “early next year”');
    const refused = await coordinator.post(at, { do: 'import' });
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('Answer the cells that are not clear');
    const answered = await coordinator.post(at, { do: 'answer', 'answer-2-timescale': 'By May 2027' });
    expect(location(answered)).toBe(at);
    const again = await coordinator.get(at);
    expect(again.body).toContain('1 cell to answer');
    expect(again.body).toContain('31 May 2027');
    await coordinator.post(at, { do: 'import', 'answer-3-timescale': 'Q1 2027/28' });
    expect((await actionsNow()).map(({ timescale }) => timescale.milestones[0]?.due)).toEqual([
      '2027-05-31',
      '2027-06-30',
    ]);
  });

  test('leaves questions open on the pages of their actions when that is wanted', async () => {
    const at = await bring('Roads,Lend equipment,,TBC,,');
    await coordinator.get(at);
    expect(location(await coordinator.post(at, { do: 'import', leave: 'yes' }))).toContain('done=imported');
    const [action] = await actionsNow();
    expect(action?.questions).toEqual([expect.objectContaining({ column: 'timescale', text: 'TBC' })]);
    expect((await coordinator.get(`/staff/actions/${action?.id}`)).body).toContain('was not understood');
  });

  test('merges a newer file: shows what is added, changed and gone, and keeps reports', async () => {
    const first = await bring(
      'A,Stays,,By March 2027,,',
      'A,Changes,,By March 2027,Green,Begun',
      'A,Goes,,Ongoing,,',
    );
    await coordinator.get(first);
    await coordinator.post(first, { do: 'import' });
    const changes = (await actionsNow())[1];
    const at = await bring(
      'A,Stays,,By March 2027,,',
      'A,Changes,,By June 2027,Red,Late',
      'A,New,,Ongoing,,',
    );
    const { body } = await coordinator.get(at);
    for (const said of [
      '1 new action',
      '1 action is changed',
      '1 action stays as it is',
      '1 action is not in the file any more',
      '“By March 2027” → “By June 2027”',
      'Green → Red',
    ])
      expect(body).toContain(said);
    const gone = /name="dropped"[^>]* value="([^"]+)"/.exec(body)?.[1] ?? '';
    expect(location(await coordinator.post(at, { do: 'import', dropped: gone }))).toContain('done=merged');
    expect((await actionsNow()).map(({ text, status }) => [text, status])).toEqual([
      ['Stays', 'not-started'],
      ['Changes', 'in-progress'],
      ['Goes', 'dropped'],
      ['New', 'in-progress'],
    ]);
    const { items } = await world.progressEntries.of(changes?.id ?? '', { after: null, size: 9 });
    expect(items.map(({ text }) => text)).toEqual(['Late', 'Begun']);
  });

  test('reads workbooks, and what was exported changes nothing', async () => {
    const first = await bring('A,One,Somebody,By March 2027,Green,Begun', 'B,-10% on all roads,,Ongoing,,');
    await coordinator.get(first);
    await coordinator.post(first, { do: 'import' });
    const [plan] = await world.actionPlans.list();
    const exported = await coordinator.get(`/staff/plans/${plan?.id}/plan.csv`);
    expect(exported.headers['content-disposition']).toContain('engagement-plan-2026-27.csv');
    const table = await planTable(world, { id: plan?.id ?? '' });
    const files = [
      { name: 'plan.csv', bytes: new TextEncoder().encode(exported.body) },
      { name: 'plan.xlsx', bytes: await writeXlsx(table, 'Plan') },
    ];
    for (const file of files) {
      const at = location(await coordinator.upload(IMPORT, PLAN, file));
      const { body } = await coordinator.get(at);
      for (const said of [
        'No new action',
        'No action is changed',
        '2 actions stay as they are',
        'No action is missing',
      ])
        expect(body, file.name).toContain(said);
    }
  });

  test.each([
    [null, 'Select the file'],
    [{ name: 'plan.csv', bytes: new Uint8Array() }, 'The file is empty'],
    [
      { name: 'plan.xlsx', bytes: new TextEncoder().encode('%PDF-1.7 a document') },
      'This is a PDF, not a spreadsheet',
    ],
    [{ name: 'plan.csv', bytes: new TextEncoder().encode('a,b\n1,2') }, 'names the columns'],
    [{ name: 'plan.csv', bytes: new Uint8Array(4_000_001).fill(65) }, 'The file is larger than 4 MB'],
  ])('says what is wrong with %o', async (file, sentence) => {
    const reply = await coordinator.upload(IMPORT, PLAN, file);
    expect(reply.statusCode).toBe(400);
    expect(reply.body).toContain(sentence);
    expect(reply.body).toContain('value="Engagement plan 2026/27"');
  });

  test('is refused when it is far too large, or no form', async () => {
    const file = { name: 'plan.csv', bytes: new Uint8Array(4_400_000).fill(65) };
    expect((await coordinator.upload(IMPORT, PLAN, file)).statusCode).toBe(413);
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect((await coordinator.send(IMPORT, { method: 'POST', body: 'nothing', headers })).statusCode).toBe(
      400,
    );
  });

  test('takes files only where they belong', async () => {
    const reply = await coordinator.upload('/staff/plans/new', PLAN, csv());
    expect(reply.statusCode).toBe(400);
  });

  test('is nobody else’s to look at, and is forgotten after a day', async () => {
    const at = await bring('A,One,,Ongoing,,');
    expect((await coordinator.get(at)).statusCode).toBe(200);
    await world.changeAccount(PRACTITIONER, { roles: ['coordinator'] });
    expect((await (await world.signedIn()).get(at)).statusCode).toBe(404);
    world.clock.set('2026-11-25T09:30:00.000Z');
    const later = await world.signedIn(COORDINATOR);
    expect((await later.get(at)).statusCode).toBe(404);
  });

  test('is for coordinators', async () => {
    expect((await (await world.signedIn()).get(IMPORT)).statusCode).toBe(403);
  });
});
