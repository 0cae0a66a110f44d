import { strFromU8, unzipSync } from 'fflate';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Action } from '#domain/actions/action.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { anAction, aPlan, aProgress, BOROUGH, WARD } from '#test/support/stores/records.ts';
import type { HttpReply } from '#web/http/event.ts';
import type { Browser } from '../browser.ts';
import { AUDITOR, COORDINATOR, ELSEWHERE, openWorld, PRACTITIONER, type World } from '../world.ts';
import { decodePng } from './decode-png.ts';

let world: World;
let plan: ActionPlan;
let reader: Browser;
let coordinator: Browser;

// The world's clock stands at 9:30 on 23 November 2026.
beforeEach(async () => {
  world = await openWorld();
  plan = aPlan({ title: 'Plan <i>of</i> the year' });
  await world.facts.commit([world.actionPlans.toAdd(plan)]);
  reader = await world.signedIn();
  coordinator = await world.signedIn(COORDINATOR);
});

const put = async (changes: Partial<Action> = {}): Promise<Action> => {
  const action = anAction({ plan: plan.id, ...changes });
  await world.facts.commit([world.actions.toAdd(action)]);
  return action;
};

const location = (reply: HttpReply): string => reply.headers.location ?? `stayed with ${reply.statusCode}`;
const list = () => `/staff/plans/${plan.id}/reports`;
const draft = (query = 'kind=committee&asOf=2026-09-30') => `${list()}/draft?${query}`;

/** Opens a draft and issues it. */
const issue = async (query?: string): Promise<string> => {
  const { body } = await coordinator.get(draft(query));
  const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
  const fields = { id: value('id'), kind: value('kind'), asOf: value('asOf') };
  const reply = await coordinator.post(`${list()}/draft`, fields);
  expect(location(reply)).toBe(`/staff/reports/${fields.id}?done=issued`);
  return `/staff/reports/${fields.id}`;
};

describe('the reports of a plan', () => {
  test('say when there is none, and ask which is wanted, up to the end of the last quarter', async () => {
    const { body } = await reader.get(list());
    expect(body).toContain('No report of this plan has been issued yet.');
    for (const words of ['Quarterly report to the committee', 'Half-yearly report', 'Annual review'])
      expect(body).toContain(words);
    expect(body).toMatch(/name="asOf-day"[^>]*value="30"/);
    expect(body).toMatch(/name="asOf-month"[^>]*value="9"/);
  });

  test('are listed, the latest day first, each with its file', async () => {
    const june = await issue('kind=committee&asOf=2026-06-30');
    const september = await issue('kind=board&asOf=2026-09-30');
    const { body } = await reader.get(list());
    expect(body.indexOf(september)).toBeLessThan(body.indexOf(june));
    expect(body).toContain(`href="${june}/report.docx"`);
    expect((await reader.get(`/staff/plans/${plan.id}`)).body).toContain(`href="${list()}"`);
  });

  test('are 404 for a plan that is not there', async () => {
    for (const path of ['', '/draft?kind=committee&asOf=2026-09-30'])
      expect((await reader.get(`/staff/plans/nothing/reports${path}`)).statusCode).toBe(404);
  });
});

describe('a draft', () => {
  test('is shown for a kind and a day, which make an address that can be kept', async () => {
    const asked = await reader.get(draft('kind=board&asOf-day=30&asOf-month=Sep&asOf-year=26'));
    expect(location(asked)).toBe(draft('kind=board&asOf=2026-09-30'));
    const { body } = await reader.follow(asked);
    expect(body).toContain('Half-yearly report to the board: draft');
    expect(body).toContain('Draft, not issued');
    expect(body).toContain('Period: 1 April 2026 to 30 September 2026.');
    expect(body).toContain('Plan &lt;i&gt;of&lt;/i&gt; the year');
  });

  test.each([
    ['kind=nothing&asOf=2026-09-30', 'kind', 'Select which report it is'],
    ['asOf=2026-09-30', 'kind', 'Select which report it is'],
    ['kind=annual&asOf=2026-09-31', 'asOf-day', 'The day must be a real date, like 30 9 2026'],
    ['kind=annual', 'asOf-day', 'The day must be a real date, like 30 9 2026'],
    ['kind=annual&asOf=2026-11-24', 'asOf-day', 'The day must be today or in the past'],
    ['kind=annual&asOf=2026-03-31', 'asOf-day', 'The day must not be before the plan begins'],
    [
      'kind=annual&asOf-day=x&asOf-month=13&asOf-year=2026',
      'asOf-day',
      'The day must be a real date, like 30 9 2026',
    ],
  ])('of %s says what is wrong', async (query, field, words) => {
    const { statusCode, body } = await reader.get(draft(query));
    expect(statusCode).toBe(400);
    expect(body).toContain('<title>Error: ');
    expect(body).toContain(`href="#${field}"`);
    expect(body.split(words).length).toBe(3);
    expect(body).toContain(`id="${field}"`);
  });

  test('tells everything that a committee asks', async () => {
    const money = { budget: 1_250_000, actual: 500_000 };
    const late = await put({ position: 1, text: 'Late <b>', timescale: due('2026-08-31'), ...money });
    await put({ position: 2, text: 'Due soon', timescale: due('2026-12-31'), theme: 'Roads', rag: 'amber' });
    await put({
      ...{ position: 3, theme: '', status: 'deferred', reason: 'Elections', timescale: due('2027-06-30') },
      measures: [{ text: 'Schools met', target: '12', actuals: [{ period: 'Q1 2026/27', value: '4' }] }],
    });
    const entry = aProgress({
      action: late.id,
      at: '2026-07-01T09:00:00.000Z',
      text: 'One\nTwo',
      rag: 'red',
    });
    await world.facts.commit([world.progressEntries.toAdd(entry)]);
    const { body } = await reader.get(draft('kind=committee&asOf=2026-11-23'));
    for (const words of [
      ...['Late &lt;b&gt;', 'Schools met', '12', 'Q1 2026/27: 4', '£12,500', '£7,500', 'Without a theme'],
      ...['31 August 2026', '31 December 2026', 'Elections', '1 July 2026: One\nTwo', 'Schools officer'],
      ...[
        'Dates and progress suggest Red',
        'This is the first report of its kind',
        'Due by 23 February 2027',
      ],
      'No progress report from 24 August 2026 to 23 November 2026',
    ])
      expect(body).toContain(words);
    expect(body).not.toContain('lead@folkmoot.example');
    expect(body).not.toContain('What is not known of that day');
  });

  test('of a day in the past says what is not known of it', async () => {
    await put({ status: 'complete' });
    const { body } = await reader.get(draft());
    expect(body).toContain('What is not known of that day');
    expect(body).toContain('One action has a state that was set without a progress report.');
  });

  test('of an empty plan says so', async () => {
    const { statusCode, body } = await reader.get(draft());
    expect(statusCode).toBe(200);
    for (const words of ['There are no actions in this plan yet.', 'No action is overdue.'])
      expect(body).toContain(words);
    expect(body).not.toContain('<svg class="app-chart"');
  });

  test('has a chart in patterns and colours, and the same figures as a table', async () => {
    await put({ rag: 'red' });
    await put({ position: 2, theme: 'Roads', rag: 'green' });
    const { body } = await reader.get(draft());
    for (const colour of ['red', 'green']) expect(body).toContain(`fill="url(#chart-${colour})"`);
    expect(body).toContain('role="img" aria-labelledby="chart-title"');
    expect(body).toContain('Bars for 2 themes, by how many of the actions are red');
    expect(body).not.toContain(' style=');
  });

  test('is offered to be issued to coordinators alone, with a warning when one was issued', async () => {
    expect((await reader.get(draft())).body).not.toContain('Issue this report');
    expect((await coordinator.get(draft())).body).toContain('Issue this report');
    expect((await coordinator.get(draft())).body).not.toContain('was issued on');
    const issued = await issue();
    const { body } = await coordinator.get(draft());
    expect(body).toContain('A report of this kind and day was issued on 23 November 2026.');
    expect(body).toContain(`href="${issued}"`);
  });
});

describe('issuing', () => {
  test('is for those who keep action plans', async () => {
    const id = '00000000-0000-7000-8000-000000000001';
    for (const account of [PRACTITIONER, AUDITOR]) {
      const browser = await world.signedIn(account);
      await browser.get(draft());
      const reply = await browser.post(`${list()}/draft`, { id, kind: 'committee', asOf: '2026-09-30' });
      expect(reply.statusCode).toBe(403);
    }
    expect(await world.reports.ofPlan(plan.id)).toEqual([]);
  });

  test('twice from one form issues one report', async () => {
    const { body } = await coordinator.get(draft());
    const id = /name="id" value="([^"]*)"/.exec(body)?.[1] ?? '';
    const fields = { id, kind: 'committee', asOf: '2026-09-30' };
    const replies = [
      await coordinator.post(`${list()}/draft`, fields),
      await coordinator.post(`${list()}/draft`, fields),
    ];
    expect(new Set(replies.map(location)).size).toBe(1);
    expect(await world.reports.ofPlan(plan.id)).toHaveLength(1);
  });

  test('of what was tampered with is refused', async () => {
    const id = '00000000-0000-7000-8000-000000000001';
    await coordinator.get(draft());
    const send = async (fields: Record<string, string>) =>
      (await coordinator.post(`${list()}/draft`, fields)).statusCode;
    expect(await send({ id: '../x', kind: 'committee', asOf: '2026-09-30' })).toBe(400);
    expect(await send({ id, kind: 'x', asOf: '2026-09-30' })).toBe(400);
    expect(await send({ id, kind: 'committee', asOf: '2099-09-30' })).toBe(400);
    expect(await world.reports.ofPlan(plan.id)).toEqual([]);
  });
});

describe('an issued report', () => {
  test('stays as it was when its actions change', async () => {
    const action = await put({ text: 'As it was', rag: 'green' });
    const at = await issue();
    const before = (await reader.get(at)).body;
    await world.facts.commit([
      world.actions.toChange(action, { ...action, text: 'As it is now', rag: 'red' }),
    ]);
    world.clock.advance(10);
    reader = await world.signedIn();
    const now = (await reader.get(at)).body;
    const content = (body: string) => /<main[\s\S]*<\/main>/.exec(body)?.[0];
    expect(content(now)).toBe(content(before));
    expect(now).toContain('As it was');
    expect((await reader.get(draft())).body).toContain('As it is now');
  });

  test('says what it is, and tells whoever issued it that it is done', async () => {
    const at = await issue();
    const { body } = await reader.get(at);
    expect(body).toContain('Quarterly report to the committee: 30 September 2026');
    expect(body).toContain('Issued on 23 November 2026.');
    expect(body).not.toContain('Draft');
    expect((await coordinator.get(`${at}?done=issued`)).body).toContain('The report is issued.');
  });

  test('tells what changed since the last one', async () => {
    const action = await put({ text: 'Meet every school', rag: 'green', status: 'in-progress' });
    await issue('kind=committee&asOf=2026-06-30');
    const changed = { ...action, rag: 'red' as const };
    await world.facts.commit([world.actions.toChange(action, changed)]);
    await put({ position: 2, text: 'Something new' });
    const { body } = await reader.get(draft());
    expect(body).toContain('What changed since the report of 30 June 2026');
    expect(body).toContain('Going worse');
    expect(body).toContain('1. Meet every school: from Green to Red');
    expect(body).toContain('2. Something new');
  });

  test.each(['practitioner', 'member', 'auditor', 'officer', 'group-admin', 'admin'] as const)(
    'can be read by the role %s, and so can drafts and packs',
    async (role) => {
      const at = await issue();
      await world.changeAccount(PRACTITIONER, { roles: [role] });
      const browser = await world.signedIn();
      for (const path of [list(), draft(), at, `${at}/report.docx`, '/staff/borough-packs'])
        expect([path, (await browser.get(path)).statusCode]).toEqual([path, 200]);
    },
  );

  test('is 404 when there is none, and asks strangers to sign in', async () => {
    for (const path of ['/staff/reports/nothing', '/staff/reports/nothing/report.docx'])
      expect((await reader.get(path)).statusCode).toBe(404);
    expect(location(await world.stranger().get('/staff/reports/nothing'))).toContain('/sign-in?returnTo=');
  });
});

describe('the Word file', () => {
  const open = async (at: string) => {
    const reply = await reader.get(`${at}/report.docx`);
    expect(reply.isBase64Encoded).toBe(true);
    const files = unzipSync(new Uint8Array(Buffer.from(reply.body, 'base64')));
    const xml = (name: string) => strFromU8(files[name] ?? new Uint8Array());
    return { reply, files, document: xml('word/document.xml'), xml };
  };
  const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;
  const textsOf = (xml: string) => [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text);

  beforeEach(async () => {
    await put({ text: 'Meet & greet <all>\u0000\uFFFF', rag: 'red', theme: 'Young people' });
    await put({ position: 2, text: 'Speed signs', rag: 'green', theme: 'Roads' });
  });

  test('comes as bytes, with a name that says what it is', async () => {
    const { reply, files } = await open(await issue());
    expect(reply.headers).toMatchObject({
      'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'content-disposition': 'attachment; filename="plan-i-of-i-the-year-committee-2026-09-30.docx"',
      'cache-control': 'no-store',
    });
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['[Content_Types].xml', 'word/document.xml', 'docProps/core.xml']),
    );
  });

  test('has headings, tables with headers that repeat, and the words of the page', async () => {
    const { document } = await open(await issue());
    expect(count(document, /<w:pStyle w:val="Title"\/>/g)).toBe(1);
    expect(count(document, /<w:pStyle w:val="Heading1"\/>/g)).toBe(10);
    expect(count(document, /<w:pStyle w:val="Heading2"\/>/g)).toBe(2);
    const tables = count(document, /<w:tbl>/g);
    expect(tables).toBe(9);
    expect(count(document, /<w:tblHeader\/>/g)).toBe(tables);
    const texts = textsOf(document);
    for (const words of ['Summary', 'Red', 'Speed signs', 'Meet &amp; greet &lt;all&gt;'])
      expect(texts).toContain(words);
  });

  test('has a title, a language, page numbers, and one wide part', async () => {
    const { document, xml, files } = await open(await issue());
    expect(xml('docProps/core.xml')).toContain('Quarterly report to the committee – Plan &lt;i&gt;');
    expect(xml('word/styles.xml')).toContain('<w:lang w:val="en-GB"/>');
    const footers = Object.keys(files).filter((name) => /word\/footer\d+\.xml/.test(name));
    expect(footers.length).toBeGreaterThan(0);
    for (const footer of footers) expect(xml(footer)).toContain('PAGE');
    expect(count(document, /w:orient="landscape"/g)).toBe(1);
  });

  test('has the chart as a picture with words for it, and a key with one for each colour', async () => {
    const { document, files } = await open(await issue());
    const pictures = Object.keys(files).filter((name) => name.startsWith('word/media/'));
    expect(count(document, /<pic:pic /g)).toBe(5);
    expect(pictures).toHaveLength(5);
    for (const picture of pictures)
      expect(decodePng(files[picture] ?? new Uint8Array()).types[0]).toBe('IHDR');
    const described = [...document.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map(([, words]) => words);
    expect(described).toEqual([
      expect.stringContaining('Bars for 2 themes'),
      ...['Red', 'Amber', 'Green', 'Not given'],
    ]);
  });

  test('is well-formed, whatever people have typed', async () => {
    const { document } = await open(await issue());
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML forbids is what it looks for
    expect(document).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
    expect(document.isWellFormed()).toBe(true);
  });

  test('of an empty plan opens, too', async () => {
    plan = aPlan({ title: '???' });
    await world.facts.commit([world.actionPlans.toAdd(plan)]);
    const { reply, document } = await open(await issue());
    expect(reply.headers['content-disposition']).toBe('attachment; filename="committee-2026-09-30.docx"');
    expect(textsOf(document)).toContain('There are no actions in this plan yet.');
  });
});

describe('borough packs', () => {
  test('are listed by borough, and in the menu', async () => {
    const { body } = await reader.get('/staff/borough-packs');
    for (const code of [BOROUGH, ELSEWHERE.borough]) expect(body).toContain(`/staff/borough-packs/${code}`);
    expect((await reader.get('/staff')).body).toContain('href="/staff/borough-packs"');
  });

  test('tell of priorities, answers and actions', async () => {
    const priority = await world.addPriority({ title: 'Speeding <b>', area: WARD });
    await world.facts.commit([world.supporters.toCount(WARD, priority.id, 1)]);
    await put({ text: 'Speed signs', leads: [{ name: 'Officer', email: PRACTITIONER.email }] });
    const { statusCode, body } = await reader.get(`/staff/borough-packs/${BOROUGH}`);
    expect(statusCode).toBe(200);
    for (const words of [
      ...['Pack for Exampleham', 'Speeding &lt;b&gt;', 'Millbrook', 'Speed signs'],
      ...['Fewer than 10', 'Not told, because there are few of them', '1 July 2026 to 30 September 2026'],
    ])
      expect(body).toContain(words);
    expect(body).not.toContain(PRACTITIONER.email);
  });

  test('of a quiet borough say so; of what is none are 404', async () => {
    const { body } = await reader.get(`/staff/borough-packs/${ELSEWHERE.borough}`);
    expect(body).toContain('There is no open priority in this borough.');
    expect(body).toContain('No action of a plan for this time concerns this borough.');
    for (const code of [WARD, 'E09000001', 'x'])
      expect((await reader.get(`/staff/borough-packs/${code}`)).statusCode).toBe(404);
  });
});

function due(...days: readonly string[]): Action['timescale'] {
  const milestones = days.map((day) => ({ due: day, precision: 'day' as const, label: null }));
  return { text: days.join(), ongoing: false, recurring: null, milestones };
}
