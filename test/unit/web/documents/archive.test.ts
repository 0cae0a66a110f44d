import { beforeEach, describe, expect, test } from 'vitest';
import { documentKinds } from '#domain/documents/document.ts';
import { aDocument, aFile, BOROUGH, WARD } from '#test/support/stores/records.ts';
import type { Browser } from '../browser.ts';
import { AUDITOR, COORDINATOR, ELSEWHERE, NEIGHBOUR, openWorld, PRACTITIONER, type World } from '../world.ts';
import { leadsTo, pageOf } from './valid-html.ts';

let world: World;
let browser: Browser;

beforeEach(async () => {
  world = await openWorld();
  browser = await world.signedIn();
});

const withdrawn = { reason: 'Replaced', at: '2026-06-01T09:30:00.000Z', by: PRACTITIONER.email };

describe('the search of the archive', () => {
  const search = (query = '') => browser.get(`/staff/documents${query}`);

  test('says when there is nothing yet, and where to upload', async () => {
    const body = await pageOf(search());
    expect(body).toContain('No documents yet');
    expect(body).toContain('href="/staff/documents/new"');
    const reader = await world.signedIn(AUDITOR);
    expect((await reader.get('/staff/documents')).body).not.toContain('href="/staff/documents/new"');
  });

  test('shows the newest first when nothing is asked for', async () => {
    await world.addDocument({ title: 'Older', to: '2026-01-31' });
    await world.addDocument({ title: 'Newer <i>', to: '2026-03-31', audience: 'public' });
    const body = await pageOf(search());
    expect(body).toContain('2 documents, the newest first');
    expect(body.indexOf('Newer &lt;i&gt;')).toBeLessThan(body.indexOf('Older'));
    for (const words of [
      'Results of a consultation',
      '31 March 2026',
      'Exampleham',
      'Millbrook team',
      'Public',
    ])
      expect(body).toContain(words);
  });

  test('marks what was found in the text, and escapes all of it', async () => {
    const { id } = await world.addDocument({}, 'Some say <script> patrols & lights help');
    const body = await pageOf(search('?q=patrols'));
    expect(body).toContain('Some say &lt;script&gt; <mark>patrols</mark> &amp; lights help');
    expect(body).toContain('1 document found');
    expect(body).toContain(`href="/staff/documents/${id}"`);
  });

  test('says what was searched for instead, and what to try when nothing fits', async () => {
    world.searchIndex.spellings.set('patrrols', 'patrols');
    await world.addDocument();
    const body = await pageOf(search('?q=patrrols'));
    expect(body).toContain('Nothing is called “patrrols”. These are the results for “patrols”.');
    const none = await pageOf(search('?q=%3Cb%3Enothing'));
    expect(none).toContain('No document fits “&lt;b&gt;nothing”.');
    expect(none).toContain('use fewer words');
  });

  test('counts by what it can be narrowed, and takes each away again', async () => {
    await world.addDocument({ kind: 'minutes', from: '2025-12-01', to: '2026-01-31' });
    await world.addDocument({ kind: 'report', areas: [ELSEWHERE.ward], unit: 'farside-team' });
    const all = await pageOf(search());
    for (const option of [
      'Minutes (1)',
      'Report (1)',
      'Exampleham (1)',
      'Otherham (1)',
      '2025 (1)',
      '2026 (2)',
    ])
      expect(all).toContain(option);
    expect(all).toContain('Farside team (1)');
    expect(all).not.toContain('Farside (1)');
    const query = `?q=patrols&kind=minutes&kind=report&area=${BOROUGH}&year=2025`;
    const body = await pageOf(search(query));
    expect(body).toMatch(/value="minutes" checked/);
    expect(world.searchIndex.asked?.filters).toEqual({
      ...{ kind: ['minutes', 'report'], areas: [BOROUGH], years: ['2025'] },
    });
    expect(body).toContain(
      `href="/staff/documents?q=patrols&amp;kind=report&amp;area=${BOROUGH}&amp;year=2025"`,
    );
    expect(body).toContain('href="/staff/documents?q=patrols"');
    expect(body).toMatch(/<details[^>]* open/);
  });

  test('narrowed down to a ward shows its name, though wards are no choices', async () => {
    await world.addDocument({ areas: [WARD] });
    const body = await pageOf(search(`?area=${WARD}`));
    expect(body).toContain('Millbrook (1)');
    expect(body).toContain('1 document found');
  });

  test('leaves out what can be no filter', async () => {
    await world.addDocument();
    const query = '?kind=%3Cscript%3E&area=x&year=20&unit=..%2F&page=-1&page=x&q=%00%ED%A0%80';
    const body = await pageOf(search(query));
    expect(world.searchIndex.asked?.filters).toEqual({});
    expect(body).not.toContain('Narrowed down to');
  });

  test('goes on over pages', async () => {
    for (let number = 0; number < 21; number += 1)
      await world.addDocument({ title: `Document ${number}`, to: `2026-01-${String(31 - number)}` });
    const first = await pageOf(search('?kind=results'));
    expect(first).toContain('href="/staff/documents?kind=results&amp;page=2"');
    const second = await pageOf(search('?kind=results&page=2'));
    expect(second).toContain('Document 20');
    expect(second).toContain('href="/staff/documents?kind=results"');
    const beyond = await pageOf(search('?kind=results&page=9'));
    expect(beyond).toContain('There are no more results on this page.');
  });

  test('finds nothing that somebody may not know of', async () => {
    await world.addDocument({ title: 'Of my unit', audience: 'unit' });
    await world.addDocument({ title: 'Of their unit', audience: 'unit', unit: 'farside-team' });
    const mine = (await search()).body;
    expect(mine).toContain('Of my unit');
    expect(mine).not.toContain('Of their unit');
    expect(mine).toContain('1 document<');
    const theirs = (await (await world.signedIn(NEIGHBOUR)).get('/staff/documents')).body;
    expect(theirs).not.toContain('Of my unit');
    for (const actor of [COORDINATOR, AUDITOR]) {
      const { body } = await (await world.signedIn(actor)).get('/staff/documents');
      expect(body).toContain('Of my unit');
      expect(body).toContain('Of their unit');
    }
  });

  test('shows nothing that was withdrawn or hidden since the index was told', async () => {
    const gone = await world.addDocument({ title: 'Withdrawn meanwhile' });
    const hidden = await world.addDocument({ title: 'Hidden meanwhile', unit: 'farside-team' });
    await world.facts.commit([
      world.documents.toChange(gone, { ...gone, withdrawn }),
      world.documents.toChange(hidden, { ...hidden, audience: 'unit' }),
    ]);
    const { body } = await search();
    expect(body).not.toContain('meanwhile');
    expect(body).toContain('There are no documents here.');
  });

  test('is not for the community’s own groups', async () => {
    await world.changeAccount(PRACTITIONER, { roles: ['group-admin'] });
    const group = await world.signedIn();
    for (const path of ['', '/boroughs', `/boroughs/${BOROUGH}`, '/some-id'])
      expect((await group.get(`/staff/documents${path}`)).statusCode).toBe(403);
  });
});

describe('borough folders', () => {
  const folder = (code: string) => browser.get(`/staff/documents/boroughs/${code}`);

  test('are listed with their counts, those of their wards among them', async () => {
    await world.addDocument({ areas: [WARD] });
    const body = await pageOf(browser.get('/staff/documents/boroughs'));
    expect(body).toMatch(/>Exampleham<\/a>[^(]*1 document</);
    expect(body).toMatch(/>Otherham<\/a>[^(]*no documents</);
  });

  test('say when there is nothing', async () => {
    expect(await pageOf(folder(ELSEWHERE.borough))).toContain(
      'There are no documents about this borough yet.',
    );
  });

  test('show what is about the borough by kind, and lead to the search', async () => {
    for (let number = 0; number < 6; number += 1)
      await world.addDocument({ title: `Minutes ${number}`, kind: 'minutes', to: `2026-0${number + 1}-01` });
    await world.addDocument({ title: 'A <report>', kind: 'report', areas: [WARD] });
    const body = await pageOf(folder(BOROUGH));
    expect(body).toContain('A &lt;report&gt;');
    expect(body).toContain('Minutes 5');
    expect(body).not.toContain('Minutes 0<');
    expect(body).toContain(`href="/staff/documents?kind=minutes&amp;area=${BOROUGH}"`);
    expect(body).toContain('See all 6');
    expect(body).toMatch(new RegExp(`<input type="hidden" name="area" value="${BOROUGH}">`));
    expect(body.indexOf('<h2 class="govuk-heading-m">Report')).toBeGreaterThan(0);
    expect(documentKinds.indexOf('report')).toBeLessThan(documentKinds.indexOf('minutes'));
  });

  test('are there for boroughs only', async () => {
    for (const code of [WARD, 'nothing']) expect((await folder(code)).statusCode).toBe(404);
  });
});

describe('a document', () => {
  const at = (id: string, more = '') => `/staff/documents/${id}${more}`;

  test('shows everything that is said of it, and its versions with the newest first', async () => {
    const other = await world.addDocument({ title: 'The <other> one' });
    const hidden = await world.addDocument({ title: 'Hidden', audience: 'unit', unit: 'farside-team' });
    const document = await world.addDocument({
      ...{ title: 'Survey <b>', summary: 'Line one\nLine <two>', areas: [WARD, 'E05000000'] },
      ...{ consultation: 'Mill Lane', tags: ['knife crime'], related: [other.id, hidden.id, 'gone'] },
      ...{ reviewOn: '2026-11-22', audience: 'public', from: '2026-01-01', to: null },
      files: [
        aFile({ name: 'first.pdf', type: 'pdf', bytes: 999, pages: 1 }),
        aFile({ name: 'a <second>.xlsx', type: 'xlsx', bytes: 1_240_000, pages: 14, scan: 'not-scanned' }),
      ],
    });
    const body = await pageOf(browser.get(at(document.id)));
    for (const words of [
      ...[
        'Survey &lt;b&gt;',
        'Line one\nLine &lt;two&gt;',
        'Everybody, on the public pages',
        'Millbrook team',
      ],
      ...['From 1 January 2026', 'Mill Lane', 'The &lt;other&gt; one', '22 November 2026', 'Review overdue'],
      ...['Excel spreadsheet, 1.2 MB, 14 sheets', 'PDF, 999 bytes, 1 page', 'Not scanned for malware'],
      ...['Neighbourhood officer (practitioner@folkmoot.example)', 'E05000000', '12 May 2026', '2, current'],
      ...[
        `href="/staff/documents/boroughs/${BOROUGH}">Millbrook`,
        'href="/staff/documents?q=%22knife+crime%22"',
      ],
      `href="/documents/${document.id}"`,
    ])
      expect(body).toContain(words);
    expect(body.indexOf('a &lt;second&gt;.xlsx')).toBeLessThan(body.indexOf('first.pdf'));
    expect(body).not.toContain('Hidden');
    for (const deed of ['edit', 'new-version', 'review', 'withdraw'])
      expect(body).toContain(`href="${at(document.id)}/${deed}"`);
    expect(body).not.toContain(`href="${at(document.id)}/restore"`);
  });

  test('offers nothing to change to whoever only reads it', async () => {
    const { id } = await world.addDocument({ reviewOn: '2026-11-23' });
    for (const actor of [AUDITOR, NEIGHBOUR]) {
      const body = await pageOf((await world.signedIn(actor)).get(at(id)));
      expect(body).not.toContain(`${at(id)}/edit`);
      expect(body).toContain(`${at(id)}/history`);
      expect(body).not.toContain('Review overdue');
    }
  });

  test('of another unit’s own looks like one that is not there', async () => {
    const { id, files } = await world.addDocument({ audience: 'unit', unit: 'farside-team' }, 'Secret');
    const pages = [
      '',
      '/text',
      '/history',
      `/files/${files[0]?.id}`,
      '/edit',
      '/review',
      '/withdraw',
      '/restore',
    ];
    for (const more of pages) {
      const [hidden, none] = [await browser.get(at(id, more)), await browser.get(at('nothing', more))];
      expect([more, hidden.statusCode]).toEqual([more, 404]);
      expect(hidden.body).toBe(none.body);
    }
    for (const more of ['/edit', '/review', '/withdraw', '/restore']) {
      await browser.get('/staff');
      expect([more, (await browser.post(at(id, more), {})).statusCode]).toEqual([more, 404]);
    }
    expect((await (await world.signedIn(AUDITOR)).get(at(id))).statusCode).toBe(200);
  });

  test('of others is refused to whoever may read it and not change it', async () => {
    const { id } = await world.addDocument({ unit: 'farside-team' });
    for (const more of ['/edit', '/review', '/withdraw', '/restore']) {
      expect([more, (await browser.get(at(id, more))).statusCode]).toEqual([more, 403]);
      expect([more, (await browser.post(at(id, more), {})).statusCode]).toEqual([more, 403]);
    }
  });

  test('gives its files by a link that holds for a minute, and notes who got it', async () => {
    const file = aFile({ name: 'a b.pdf' });
    const { id } = await world.addDocument({ files: [file, aFile()] });
    expect(await leadsTo(browser.get(at(id, `/files/${file.id}`)))).toBe(
      `https://files.example/${file.id}?name=a%20b.pdf&seconds=60`,
    );
    expect((await browser.get(at(id, '/files/none'))).statusCode).toBe(404);
    expect((await browser.get(at('none', `/files/${file.id}`))).statusCode).toBe(404);
  });

  test('that is withdrawn is a stub for whoever only reads it', async () => {
    const document = await world.addDocument(
      { withdrawn: { ...withdrawn, reason: 'Wrong <figures>' } },
      'Text',
    );
    const reader = await world.signedIn(AUDITOR);
    const body = await pageOf(reader.get(at(document.id)));
    expect(body).toContain('This document was withdrawn on 1 June 2026.');
    expect(body).toContain('Wrong &lt;figures&gt;');
    expect(body).toContain('Neighbourhood officer (practitioner@folkmoot.example)');
    expect(body).not.toContain('survey results.pdf');
    for (const more of ['/text', '/history', `/files/${document.files[0]?.id}`])
      expect(await leadsTo(reader.get(at(document.id, more)))).toBe(at(document.id));
    const kept = await pageOf(browser.get(at(document.id)));
    expect(kept).toContain('survey results.pdf');
    expect(kept).toContain(`href="${at(document.id)}/restore"`);
    for (const more of ['edit', 'withdraw']) expect(kept).toContain(`href="${at(document.id)}/${more}"`);
    expect(await leadsTo(browser.get(at(document.id, '/review')))).toBe(at(document.id));
  });
});

describe('the text of a document', () => {
  const text = (id: string, query = '') => browser.get(`/staff/documents/${id}/text${query}`);

  test('is told in paragraphs, in its language', async () => {
    const { id } = await world.addDocument({ language: 'cy', title: 'Arolwg' }, 'Un <b>\ndau\n\n  \n\nTri');
    const body = await pageOf(text(id));
    expect(body).toContain('<div lang="cy" dir="auto">');
    expect(body).toContain('<p class="govuk-body app-typed">Un &lt;b&gt;\ndau</p>');
    expect(body).toContain('<p class="govuk-body app-typed">Tri</p>');
    expect(body).not.toContain('The text is longer than we keep.');
  });

  test('says when there is none', async () => {
    const { id } = await world.addDocument({ files: [aFile({ type: 'png', characters: 0 })] });
    expect(await pageOf(text(id))).toContain('It may be a picture or a scan.');
  });

  test('goes on over pages, and says at its end that it was cut', async () => {
    const paragraphs = Array.from({ length: 5 }, (_, at) => `${at} ${'word '.repeat(1900)}end-${at}`);
    const files = [aFile({ characters: 1_000_000 })];
    const { id } = await world.addDocument({ files, language: 'other' }, paragraphs.join('\n\n'));
    const first = await pageOf(text(id));
    expect(first).toContain('Page 1 of 3');
    expect(first).toContain('lang="und"');
    expect(first).toContain('end-1');
    expect(first).not.toContain('end-2');
    expect(first).not.toContain('The text is longer than we keep.');
    expect(first).toContain(`href="/staff/documents/${id}/text?page=2"`);
    const last = await pageOf(text(id, '?page=99'));
    expect(last).toContain('end-4');
    expect(last).toContain('The text is longer than we keep.');
    expect(await pageOf(text(id, '?page=%3Cb%3E'))).toContain('Page 1 of 3');
  });

  test('of one endless paragraph is parted at blanks, and nothing of it is lost', async () => {
    const words = Array.from({ length: 9_000 }, (_, at) => `u${at}`);
    const { id } = await world.addDocument({}, words.join(' '));
    const pages = [1, 2, 3].map(async (page) => (await text(id, `?page=${page}`)).body);
    const shown = (await Promise.all(pages)).flatMap((body) =>
      [...body.matchAll(/\bu\d+\b/g)].map(([word]) => word),
    );
    expect(shown).toEqual(words);
  });
});

describe('changing a document', () => {
  const at = (id: string, more = '') => `/staff/documents/${id}${more}`;
  const details = { title: 'New <title>', kind: 'plan', language: 'en', audience: 'unit' };
  const owner = PRACTITIONER.email;

  test('starts from what is said of it', async () => {
    const other = await world.addDocument({ title: 'Other' });
    const document = await world.addDocument({
      areas: [BOROUGH, WARD],
      related: [other.id],
      reviewOn: '2027-02-01',
    });
    const body = await pageOf(browser.get(at(document.id, '/edit')));
    for (const words of [
      ...[`value="${document.title}"`, `value="${BOROUGH}" checked`, '>Millbrook, Exampleham</textarea>'],
      ...[`>Other https://folkmoot.example/staff/documents/${other.id}</textarea>`, `value="${owner}"`],
      'name="version" value="1"',
    ])
      expect(body).toContain(words);
    expect(body).toMatch(/name="review-day"[^>]*value="1"/);
  });

  test('saves it, keeps related documents that one cannot see, and notes it in the history', async () => {
    const other = await world.addDocument({ title: 'Other <one>' });
    const hidden = await world.addDocument({ audience: 'unit', unit: 'farside-team' });
    const { id } = await world.addDocument({ related: [hidden.id], summary: 'Old\nlines' });
    await browser.get(at(id, '/edit'));
    const fields = { ...details, version: '1', owner: 'coordinator@folkmoot.example' };
    const related = `x\u202e https://folkmoot.example/staff/documents/${other.id}`;
    const saved = browser.post(at(id, '/edit'), { ...fields, related, tags: 'a, b' });
    expect(await leadsTo(saved)).toBe(`${at(id)}?done=edited`);
    expect(await world.documents.find(id)).toMatchObject({
      ...{ title: 'New <title>', audience: 'unit', areas: [], from: null, related: [other.id, hidden.id] },
      ...{ owner: 'coordinator@folkmoot.example', version: 2, tags: ['a', 'b'] },
    });
    expect(await pageOf(browser.get(`${at(id)}?done=edited`))).toContain('The details are saved.');
    const history = await pageOf(browser.get(at(id, '/history')));
    for (const words of [
      ...['Details changed', 'New &lt;title&gt;', 'Old\nlines', 'Its own unit', 'All staff', 'Exampleham'],
      ...['Other &lt;one&gt;', '9:30am on Monday 23 November 2026'],
      ...['Engagement coordinator (coordinator@folkmoot.example)', '1 January 2026', 'patrols'],
    ])
      expect(history).toContain(words);
    expect(history).not.toContain(hidden.id);
    // Pressed twice, it leads to the same page; from an older page, it is refused.
    expect(await leadsTo(browser.post(at(id, '/edit'), { ...fields, related, tags: 'a, b' }))).toBe(
      `${at(id)}?done=edited`,
    );
    const older = browser.post(at(id, '/edit'), { ...fields, title: 'Older', related: '' });
    expect((await older).statusCode).toBe(409);
  });

  test.each([
    [
      { owner: 'nobody@folkmoot.example' },
      'owner',
      'There is no account in use for nobody@folkmoot.example.',
    ],
    [{ owner: 'x' }, 'owner', 'Enter an e-mail address'],
    [{ related: 'https://example.org/' }, 'related', '“https://example.org/” is not the address'],
    [{ related: 'a\n'.repeat(51) }, 'related', 'Enter 50 related documents or fewer'],
    [{ wards: 'x'.repeat(20_001) }, 'wards', 'The list of wards must have 20,000 characters'],
    [{ tags: Array.from({ length: 21 }, (_, at) => `t${at}`).join() }, 'tags', 'Enter 20 tags or fewer'],
    [
      {
        'from-day': '2',
        'from-month': '2',
        'from-year': '2026',
        'to-day': '1',
        'to-month': '2',
        'to-year': '2026',
      },
      'to-day',
      'The last date must not be before the first one',
    ],
    [{ boroughs: 'E09000000' }, 'boroughs', 'One of these boroughs is not known any more.'],
    [{ title: 'x'.repeat(201) }, 'title', 'You have 1 too many'],
  ])('says what is wrong with %j', async (wrong, field, words) => {
    const { id } = await world.addDocument();
    await browser.get(at(id, '/edit'));
    const body = await pageOf(
      browser.post(at(id, '/edit'), { ...details, owner, version: '1', ...wrong }),
      400,
    );
    expect(body).toContain(`href="#${field}"`);
    expect(body).toContain(`id="${field}"`);
    expect(body.split(words).length).toBe(3);
    expect((await world.documents.find(id))?.version).toBe(1);
  });

  test('can mend a title while the review is overdue', async () => {
    const { id } = await world.addDocument({ reviewOn: '2026-01-01' });
    await browser.get(at(id, '/edit'));
    const review = { 'review-day': '1', 'review-month': '1', 'review-year': '2026' };
    const saved = browser.post(at(id, '/edit'), { ...details, ...review, owner, version: '1' });
    expect(await leadsTo(saved)).toBe(`${at(id)}?done=edited`);
  });

  test('of a document that was withdrawn meanwhile is refused', async () => {
    const document = await world.addDocument();
    await browser.get(at(document.id, '/edit'));
    await world.facts.commit([world.documents.toChange(document, { ...document, withdrawn })]);
    const late = await browser.post(at(document.id, '/edit'), { ...details, owner, version: '1' });
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain('New &lt;title&gt;');
    const known = browser.post(at(document.id, '/edit'), { ...details, owner, version: '2' });
    expect(await leadsTo(known)).toBe(`${at(document.id)}?done=edited`);
    expect((await world.documents.find(document.id))?.withdrawn).toEqual(withdrawn);
  });

  test('needs the borough of a ward when two have its name', async () => {
    const twin = { code: 'E05099999', name: 'Millbrook', kind: 'ward', borough: ELSEWHERE.borough } as const;
    await world.areas.save([{ ...twin, edition: 2026, team: null, superseded: null }]);
    const { id } = await world.addDocument();
    await browser.get(at(id, '/edit'));
    const send = (wards: string) =>
      browser.post(at(id, '/edit'), { ...details, audience: 'staff', owner, version: '1', wards });
    expect(await pageOf(send('Millbrook'), 400)).toContain('There are several wards called “Millbrook”.');
    expect(await leadsTo(send('MILLBROOK ,  otherham; Northgate\n'))).toBe(`${at(id)}?done=edited`);
    expect((await world.documents.find(id))?.areas).toEqual(['E05099999', 'E05099902']);
  });
});

describe('reviewing, withdrawing and restoring', () => {
  const at = (id: string, more = '') => `/staff/documents/${id}${more}`;

  test('a review is noted, with the next one or none', async () => {
    const { id } = await world.addDocument({ reviewOn: '2026-01-01' });
    const body = await pageOf(browser.get(at(id, '/review')));
    expect(body).toMatch(/name="review-year"[^>]*value="2029"/);
    const day = { next: 'day', 'review-day': '1', 'review-month': 'March', 'review-year': '2028' };
    expect(await leadsTo(browser.post(at(id, '/review'), { version: '1', ...day }))).toBe(
      `${at(id)}?done=reviewed`,
    );
    expect((await world.documents.find(id))?.reviewOn).toBe('2028-03-01');
    await browser.get(at(id, '/review'));
    expect(await leadsTo(browser.post(at(id, '/review'), { version: '2', next: 'never' }))).toContain(
      'done=reviewed',
    );
    expect((await world.documents.find(id))?.reviewOn).toBeNull();
    expect(await pageOf(browser.get(at(id, '/history')))).toContain('Never');
  });

  test.each([
    [{}, 'next', 'Select when it should be looked at again'],
    [{ next: 'day' }, 'review-day', 'Enter the day of the next review'],
    [
      { next: 'day', 'review-day': '31', 'review-month': '2', 'review-year': '2030' },
      'review-day',
      'must be a real date',
    ],
    [
      { next: 'day', 'review-day': '23', 'review-month': '11', 'review-year': '2026' },
      'review-day',
      'must be in the future',
    ],
  ])('a review with %j says what is wrong', async (fields, field, words) => {
    const { id } = await world.addDocument();
    await browser.get(at(id, '/review'));
    const body = await pageOf(browser.post(at(id, '/review'), { version: '1', ...fields }), 400);
    expect(body).toContain(`href="#${field}"`);
    expect(body).toContain(`id="${field}"`);
    expect(body).toContain(words);
  });

  test('withdrawing needs a reason, says who reads it, and leaves a stub', async () => {
    const { id } = await world.addDocument({ audience: 'public' });
    const asked = await pageOf(browser.get(at(id, '/withdraw')));
    expect(asked).toContain('This document is public: everybody in the world can read this.');
    const none = await pageOf(browser.post(at(id, '/withdraw'), { version: '1', reason: ' ' }), 400);
    expect(none).toContain('Enter why it is withdrawn');
    const send = () => browser.post(at(id, '/withdraw'), { version: '1', reason: 'Wrong figures' });
    for (const _ of [1, 2]) expect(await leadsTo(send())).toBe(`${at(id)}?done=withdrawn`);
    expect((await world.documents.find(id))?.withdrawn).toMatchObject({ reason: 'Wrong figures' });
    expect(await pageOf(browser.get(at(id, '/withdraw')))).toContain('>Wrong figures</textarea>');
    const explain = () =>
      browser.post(at(id, '/withdraw'), { version: '2', again: '1', reason: 'Figures of one ward' });
    for (const _ of [1, 2]) expect(await leadsTo(explain())).toBe(`${at(id)}?done=explained`);
    expect((await world.documents.find(id))?.withdrawn?.reason).toBe('Figures of one ward');
    expect(await pageOf(browser.get(at(id, '/restore')))).toContain('it is published again');
    for (const _ of [1, 2])
      expect(await leadsTo(browser.post(at(id, '/restore'), { version: '3' }))).toMatch(
        new RegExp(`^${at(id)}(\\?done=restored)?$`),
      );
    expect((await world.documents.find(id))?.withdrawn).toBeNull();
    const history = await pageOf(browser.get(at(id, '/history')));
    for (const words of [
      'Withdrawn because',
      'Wrong figures',
      'Reason of the withdrawal changed',
      'Withdrawal taken back',
    ])
      expect(history).toContain(words);
  });

  test('restoring what is not withdrawn leads back to it, and from an older page is refused', async () => {
    const { id } = await world.addDocument();
    expect(await leadsTo(browser.get(at(id, '/restore')))).toBe(at(id));
    const gone = await world.addDocument({ withdrawn });
    await browser.get(at(gone.id, '/restore'));
    expect((await browser.post(at(gone.id, '/restore'), { version: '7' })).statusCode).toBe(409);
  });
});

describe('the history of a document', () => {
  const history = (id: string, query = '') => browser.get(`/staff/documents/${id}/history${query}`);

  test('says when nothing was recorded', async () => {
    const { id } = await world.addDocument();
    expect(await pageOf(history(id))).toContain('Nothing has been recorded yet.');
  });

  test('tells deeds of others in their words, and goes on over pages', async () => {
    const { id } = await world.addDocument();
    const { title } = aDocument();
    for (let number = 10; number < 36; number += 1)
      await world.facts.commit([
        world.documentEvents.toAdd({
          ...{ id: `e-${number}`, document: id, at: `2026-06-01T09:${number}:00.000Z`, by: 'operator' },
          ...{ deed: `mend <${number}>`, before: { title, unknown: 1 }, after: { title: `Title ${number}` } },
          correlationId: 'c-1',
        }),
      ]);
    const body = await pageOf(history(id));
    expect(body).toContain('mend &lt;35&gt;');
    expect(body).toContain('The operator of this service');
    expect(body).not.toContain('unknown');
    const next = /href="([^"]*after=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(await pageOf(browser.get(next))).toContain('Title 10');
  });

  test('of versions tells how many there are and what the newest is called', async () => {
    const { id } = await world.addDocument();
    const event = { id: 'e-1', document: id, at: '2026-06-01T09:00:00.000Z', by: PRACTITIONER.email };
    const files = {
      before: { files: [{ name: 'a.pdf' }] },
      after: { files: [{ name: 'a.pdf' }, { name: 'b.pdf' }] },
    };
    await world.facts.commit([
      world.documentEvents.toAdd({ ...event, ...files, deed: 'add version', correlationId: 'c-1' }),
    ]);
    const body = await pageOf(history(id));
    expect(body).toContain('New version');
    expect(body).toContain('2 versions, the newest: b.pdf');
  });
});
