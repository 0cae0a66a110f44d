import { beforeEach, describe, expect, test } from 'vitest';
import type { DocumentDetails } from '#domain/documents/document.ts';
import { refusalReasons, type Upload } from '#domain/documents/upload.ts';
import { addSeconds } from '#domain/shared/clock.ts';
import { aDocument, aFile, anUpload, BOROUGH, WARD } from '#test/support/stores/records.ts';
import { en } from '#web/messages/en.ts';
import type { Browser } from '../browser.ts';
import { AUDITOR, COORDINATOR, NEIGHBOUR, openWorld, PRACTITIONER, type World } from '../world.ts';
import { UPLOAD_ORIGIN } from './fakes.ts';
import { leadsTo, pageOf } from './valid-html.ts';

let world: World;
let browser: Browser;

// The world's clock stands at 9:30 on 23 November 2026.
beforeEach(async () => {
  world = await openWorld();
  browser = await world.signedIn();
});

const SHA = 'b2'.repeat(32);
const readable = {
  outcome: 'readable',
  type: 'pdf',
  ...{ sha256: SHA, pages: 3, characters: 900, language: 'cy-GB', title: 'What <b>people</b> said' },
} as const;
const object = { versionId: 'v-1', bytes: 2_000, at: '2026-11-23T09:29:50.000Z' };

const put = async (changes: Partial<Upload> = {}): Promise<Upload> => {
  const upload = anUpload({ unit: PRACTITIONER.unit.id, at: '2026-11-23T09:29:00.000Z', ...changes });
  await world.facts.commit([world.uploads.toAdd(upload)]);
  return upload;
};

const checked = (changes: Partial<Upload> = {}): Promise<Upload> =>
  put({
    ...{ object, inspection: readable, scan: 'clean' },
    ...{ outcome: { kind: 'checked', at: '2026-11-23T09:30:00.000Z' } },
    ...changes,
  });

const at = ({ id }: Pick<Upload, 'id'>, more = '') => `/staff/documents/uploads/${id}${more}`;
const idOn = (body: string): string => /name="id" value="([^"]*)"/.exec(body)?.[1] ?? '';

const filled = { title: 'Survey on Mill Lane', kind: 'results', language: 'en', audience: 'staff' };

describe('beginning an upload', () => {
  const path = '/staff/documents/new';

  test('asks without scripts for a name and a type, of all that the archive takes', async () => {
    const body = await pageOf(browser.get(path));
    expect(body.match(/name="type"/g)).toHaveLength(11);
    expect(body).toContain('upload.');
    expect(idOn(body)).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('leads to the page with the form for the bucket, and twice to the same', async () => {
    const id = idOn((await browser.get(path)).body);
    for (const _ of [1, 2]) {
      const sent = browser.post(path, { id, name: 'Minutes of May', type: 'docx' });
      expect(await leadsTo(sent)).toBe(at({ id }));
    }
    expect(await world.uploads.find(id)).toMatchObject({ name: 'Minutes of May.docx', type: 'docx' });
    const permitted = world.quarantine.permitted.at(-1);
    expect(permitted?.then).toBe(`https://folkmoot.example${at({ id })}?sent=1`);
    expect(permitted?.mediaType).toMatch(/wordprocessingml\.document$/);
  });

  test.each([
    ['Report.PDF', 'pdf', 'Report.PDF'],
    ['C:\\papers\\notes.markdown', 'md', 'notes.markdown'],
    ['report.exe', 'pdf', 'report.exe.pdf'],
    ['photo.jpeg', 'jpg', 'photo.jpeg'],
    [`${'long '.repeat(45)}.docx`, 'docx', `${'long '.repeat(29)}….docx`.replace(' …', '…')],
  ])('takes the name %s of type %s as %s', async (name, type, kept) => {
    const id = idOn((await browser.get(path)).body);
    await browser.post(path, { id, name, type });
    expect((await world.uploads.find(id))?.name).toBe(kept);
  });

  test('says what is missing and keeps the rest', async () => {
    const id = idOn((await browser.get(path)).body);
    const body = await pageOf(browser.post(path, { id, name: '<i>', type: '' }), 400);
    expect(body).toContain('Select which type of file it is');
    expect(body).toContain('value="&lt;i&gt;"');
    expect(idOn(body)).toBe(id);
    const none = await pageOf(browser.post(path, { id, name: ' ', type: 'svg' }), 400);
    expect(none).toContain('Enter what the file is called');
    expect((await browser.post(path, { id: 'x', name: 'a', type: 'pdf' })).statusCode).toBe(400);
  });

  test('under an id that was used for another file says that it was sent before', async () => {
    const upload = await put();
    expect((await browser.post(path, { id: upload.id, name: 'other', type: 'pdf' })).statusCode).toBe(409);
    const theirs = await put({ owner: NEIGHBOUR.email });
    expect((await browser.post(path, { id: theirs.id, name: 'other', type: 'pdf' })).statusCode).toBe(403);
  });

  test('allows the page to send to the bucket and to nothing else', async () => {
    const policy = (await browser.get(path)).headers['content-security-policy'] ?? '';
    expect(policy).toContain(`connect-src 'self' ${UPLOAD_ORIGIN};`);
    expect(policy).toContain(`form-action 'self' ${UPLOAD_ORIGIN};`);
    expect(policy).not.toContain('*');
    const other = (await browser.get('/staff/documents')).headers['content-security-policy'] ?? '';
    expect(other).not.toContain(UPLOAD_ORIGIN);
  });

  test('is for those who keep documents', async () => {
    const auditor = await world.signedIn(AUDITOR);
    for (const where of [path, '/staff/documents/uploads', at({ id: 'x' }), at({ id: 'x' }, '/describe')])
      expect([where, (await auditor.get(where)).statusCode]).toEqual([where, 403]);
    expect((await auditor.post(path, {})).statusCode).toBe(403);
  });
});

describe('a new version', () => {
  test('begins an upload that replaces the document', async () => {
    const document = await world.addDocument({ title: 'Plan <1>' });
    const path = `/staff/documents/${document.id}/new-version`;
    const body = await pageOf(browser.get(path));
    expect(body).toContain('Plan &lt;1&gt;');
    const id = idOn(body);
    expect(await leadsTo(browser.post(path, { id, name: 'plan', type: 'pdf' }))).toBe(at({ id }));
    expect((await world.uploads.find(id))?.replaces).toBe(document.id);
    expect(await pageOf(browser.get(at({ id })))).toContain('To be a new version of');
  });

  test('of a withdrawn document leads back, and of one of others is refused or is not there', async () => {
    const withdrawn = { reason: 'Old', at: '2026-06-01T09:30:00.000Z', by: PRACTITIONER.email };
    const gone = await world.addDocument({ withdrawn });
    const path = (id: string) => `/staff/documents/${id}/new-version`;
    expect(await leadsTo(browser.get(path(gone.id)))).toBe(`/staff/documents/${gone.id}`);
    expect(await leadsTo(browser.post(path(gone.id), {}))).toBe(`/staff/documents/${gone.id}`);
    const theirs = await world.addDocument({ unit: 'farside-team' });
    const hidden = await world.addDocument({ unit: 'farside-team', audience: 'unit' });
    for (const ask of [browser.get(path(theirs.id)), browser.post(path(theirs.id), {})])
      expect((await ask).statusCode).toBe(403);
    for (const ask of [browser.get(path(hidden.id)), browser.post(path(hidden.id), {})])
      expect((await ask).statusCode).toBe(404);
  });
});

describe('an upload', () => {
  test('that is expected shows the form of the bucket with its fields in their order before the file', async () => {
    const upload = await put({ name: 'a "b" <c>.pdf' });
    const reply = await browser.get(at(upload));
    const body = await pageOf(reply);
    expect(body).toContain(`action="${UPLOAD_ORIGIN}/quarantine"`);
    expect(body).toContain('enctype="multipart/form-data"');
    const inForm = body.slice(body.indexOf(`action="${UPLOAD_ORIGIN}`));
    const names = [...inForm.matchAll(/<input[^>]* name="([^"]*)"/g)].map(([, name]) => name);
    expect(names).toEqual(['Content-Type', 'success_action_redirect', 'key', 'Policy', 'file']);
    expect(body).toContain('value="signed &quot;so&quot;"');
    expect(body).toContain('accept=".pdf"');
    expect(body).toContain('until 9:44am on Monday 23 November');
    expect(reply.headers['content-security-policy']).toContain(`form-action 'self' ${UPLOAD_ORIGIN}`);
    expect(reply.headers.refresh).toBeUndefined();
    expect(body).toContain('a &quot;b&quot; &lt;c&gt;.pdf');
  });

  test('gives a script a form that sends it nowhere afterwards', async () => {
    const path = '/staff/documents/new';
    const id = idOn((await browser.get(path)).body);
    const fields = { id, name: 'a.pdf', type: 'pdf', by: 'script' };
    const asked = await browser.post(path, fields);
    expect(await leadsTo(asked)).toBe(`${at({ id })}?by=script`);
    const body = await pageOf(browser.follow(asked));
    expect(body).toContain('name="success_action_status" value="201"');
    expect(body).not.toContain('success_action_redirect');
    expect(world.quarantine.permitted.at(-1)?.then).toBeNull();
  });

  test('that the browser has sent waits for the bucket, and can be sent again', async () => {
    const upload = await put();
    const reply = await browser.get(at(upload, '?sent=1'));
    const body = await pageOf(reply);
    expect(body).toContain('Your file is arriving');
    expect(body).toContain(`href="${at(upload)}"`);
    expect(reply.headers.refresh).toBe('5');
    expect(body).toContain(`href="${at(upload)}/describe"`);
  });

  test('that was not sent in time begins again', async () => {
    const upload = await put({ at: '2026-11-23T09:14:59.000Z' });
    const body = await pageOf(browser.get(at(upload)));
    expect(body).toContain('The file was not sent in time');
    expect(body).toContain('href="/staff/documents/new"');
    expect(body).not.toContain('<form method="post" action="https:');
  });

  test('under check loads itself again, until somebody stops that', async () => {
    const upload = await put({ object });
    const reply = await browser.get(at(upload));
    const body = await pageOf(reply);
    expect(body).toContain('We are checking your file');
    expect(body).toContain('You have not said yet what it is.');
    expect(reply.headers.refresh).toBe('5');
    const still = await browser.get(at(upload, '?refresh=off'));
    expect(still.headers.refresh).toBeUndefined();
    expect(await pageOf(still)).toContain('See whether there is news');
  });

  test('under check for some minutes loads itself again less often, and tells what was said', async () => {
    const details = { ...detailsOf(), title: 'Survey' };
    const upload = await put({ object: { ...object, at: '2026-11-23T09:20:00.000Z' }, details });
    const reply = await browser.get(at(upload));
    expect(reply.headers.refresh).toBe('30');
    expect(await pageOf(reply)).toContain('It goes into the archive as soon as the check is done.');
  });

  test('that was checked waits for details', async () => {
    const body = await pageOf(browser.get(at(await checked())));
    expect(body).toContain('say what it is');
    expect(body).not.toContain('scanner for malware');
    const unscanned = await pageOf(browser.get(at(await checked({ scan: 'not-scanned' }))));
    expect(unscanned).toContain('This installation has no scanner for malware.');
  });

  test.each(refusalReasons)('that was refused as %s says why', async (reason) => {
    const upload = await put({ outcome: { kind: 'refused', at: object.at, reason } });
    const body = await pageOf(browser.get(at(upload)));
    expect(body).toContain('The file was not taken');
    expect(body).toContain(en[`mail.refused.${reason}`]);
    expect(body).toContain('Upload it again');
  });

  test('that was filed leads to its document', async () => {
    const document = await world.addDocument({ title: 'Filed & found' });
    const outcome = { kind: 'filed', at: object.at, document: document.id } as const;
    const body = await pageOf(browser.get(at(await put({ object, outcome }))));
    expect(body).toContain(`href="/staff/documents/${document.id}">Filed &amp; found`);
  });

  test('of somebody else is not there', async () => {
    const upload = await checked({ owner: NEIGHBOUR.email });
    for (const path of [at(upload), at(upload, '/describe')])
      expect((await browser.get(path)).statusCode).toBe(404);
    expect((await browser.post(at(upload, '/describe'), filled)).statusCode).toBe(404);
    expect((await (await world.signedIn(COORDINATOR)).get(at(upload))).statusCode).toBe(404);
  });

  test('of which the very file is in the archive offers to be a version of that document', async () => {
    const document = await world.addDocument({ title: 'The <same>', files: [aFile({ sha256: SHA })] });
    const named = await world.addDocument({ title: 'Of the name', files: [aFile()] });
    const upload = await checked();
    const body = await pageOf(browser.get(at(upload)));
    expect(body).toMatch(/This very file is in the archive already:[^<]*<a[^>]*>The &lt;same&gt;</);
    expect(body).toMatch(/A file of this name is in the archive already:[^<]*<a[^>]*>Of the name</);
    const told = browser.post(at(upload, '/describe'), { replaces: document.id });
    expect(await leadsTo(told)).toBe(`/staff/documents/${document.id}?done=filed`);
    expect((await world.documents.find(document.id))?.files).toHaveLength(2);
    expect((await world.documents.find(named.id))?.files).toHaveLength(1);
  });

  test('of a name that many have offers the five that changed last', async () => {
    for (let number = 1; number <= 7; number += 1)
      await world.addDocument({ title: `Agenda ${number}`, changedAt: `2026-06-0${number}T09:30:00.000Z` });
    const body = await pageOf(browser.get(at(await checked())));
    for (const number of [7, 6, 5, 4, 3]) expect(body).toContain(`>Agenda ${number}<`);
    for (const number of [2, 1]) expect(body).not.toContain(`>Agenda ${number}<`);
  });

  test('of a file that only others have says nothing of theirs', async () => {
    const theirs = { unit: 'farside-team', audience: 'unit', title: 'Secret' } as const;
    await world.addDocument({ ...theirs, files: [aFile({ sha256: SHA })] });
    expect(await pageOf(browser.get(at(await checked())))).not.toContain('Is it a new version?');
  });
});

const detailsOf = (): DocumentDetails => {
  const { title, summary, kind, areas, consultation, from, to, language, audience, tags, related } =
    aDocument();
  return {
    ...{ title, summary, kind, areas, consultation, from, to, language, audience, tags, related },
    reviewOn: null,
  };
};

describe('saying what it is', () => {
  test('begins with what the file says of itself, and with a review in three years', async () => {
    const body = await pageOf(browser.get(at(await checked(), '/describe')));
    expect(body).toContain('value="What &lt;b&gt;people&lt;/b&gt; said"');
    expect(body).toMatch(/<option value="cy" selected>/);
    expect(body).toMatch(/name="review-year"[^>]*value="2029"/);
    expect(body).not.toContain('Is it a new version of a document?');
    expect(body).not.toMatch(/name="audience"[^>]*checked/);
  });

  test('takes the name of the file where it has no title', async () => {
    const upload = await put({ name: 'minutes_of_May.v2.pdf' });
    const body = await pageOf(browser.get(at(upload, '/describe')));
    expect(body).toContain('value="minutes of May.v2"');
    expect(body).toMatch(/<option value="en" selected>/);
  });

  test('files a checked file at once, with everything that was said', async () => {
    const upload = await checked();
    await browser.get(at(upload, '/describe'));
    const told = browser.post(at(upload, '/describe'), [
      ...Object.entries({ ...filled, summary: 'One\nTwo', consultation: 'Mill Lane 2026' }),
      ...Object.entries({ tags: 'Roads; schools,roads ,', wards: 'millbrook, exampleham' }),
      ...Object.entries({ 'from-day': '1', 'from-month': 'Jan', 'from-year': '26' }),
      ...Object.entries({ 'review-day': '1', 'review-month': '2', 'review-year': '2030' }),
      ['boroughs', BOROUGH],
    ]);
    expect(await leadsTo(told)).toBe(`/staff/documents/${upload.id}?done=filed`);
    expect(await world.documents.find(upload.id)).toMatchObject({
      ...{ title: 'Survey on Mill Lane', summary: 'One\nTwo', kind: 'results', audience: 'staff' },
      ...{ areas: [BOROUGH, WARD], consultation: 'Mill Lane 2026', from: '2026-01-01', to: null },
      ...{ tags: ['roads', 'schools'], reviewOn: '2030-02-01', related: [], owner: PRACTITIONER.email },
    });
    const done = await pageOf(browser.get(`/staff/documents/${upload.id}?done=filed`));
    expect(done).toContain('The file is in the archive.');
  });

  test('before the check is kept until then, and can be changed', async () => {
    const upload = await put({ object });
    const told = browser.post(at(upload, '/describe'), filled);
    expect(await leadsTo(told)).toBe(`${at(upload)}?done=described`);
    expect((await world.uploads.find(upload.id))?.details?.title).toBe('Survey on Mill Lane');
    const body = await pageOf(browser.get(at(upload, '/describe')));
    expect(body).toContain('value="Survey on Mill Lane"');
    expect(body).toMatch(/value="staff" checked/);
  });

  test('keeps what was typed, and names every fault once in the order of the form', async () => {
    const upload = await checked();
    const wrong = browser.post(at(upload, '/describe'), [
      ...Object.entries({ title: ' ', kind: 'x', language: 'xx', audience: '', summary: 'a'.repeat(1001) }),
      ...Object.entries({ wards: 'Nowhere <i>', tags: `good, ${'t'.repeat(41)}` }),
      ...Object.entries({ 'from-day': '31', 'from-month': '2', 'from-year': '2026' }),
      ...Object.entries({ 'review-day': '23', 'review-month': '11', 'review-year': '2026' }),
      ['boroughs', BOROUGH],
    ]);
    const body = await pageOf(wrong, 400);
    const links = [...body.matchAll(/<a href="#([\w-]+)">([^<]*)</g)].map(([, field, words]) => [
      field,
      words,
    ]);
    expect(links).toEqual([
      ['title', 'Enter a title'],
      ['summary', 'The summary must have 1,000 characters or fewer. You have 1 too many'],
      ['kind', 'Select what kind of document it is'],
      ['wards', 'There is no ward called “Nowhere &lt;i&gt;”. Check how it is spelt'],
      ['from-day', 'The first date must be a real date, like 27 3 2026'],
      ['language', 'Select which language it is in'],
      ['audience', 'Select who may see it'],
      ['tags', `A tag must have 40 characters or fewer. Shorten “${'t'.repeat(41)}”`],
      ['review-day', 'The day of the next review must be in the future'],
    ]);
    for (const [field] of links) expect(body).toContain(`id="${field}"`);
    expect(body).toContain('Nowhere &lt;i&gt;</textarea>');
    expect(body).toMatch(new RegExp(`value="${BOROUGH}" checked`));
    expect(body).toMatch(/name="from-day"[^>]*value="31"/);
    expect((await world.uploads.find(upload.id))?.outcome?.kind).toBe('checked');
  });

  test('asks whether it is a new version when there is a document like it', async () => {
    const document = await world.addDocument({ files: [aFile({ sha256: SHA })] });
    const upload = await checked();
    const body = await pageOf(browser.get(at(upload, '/describe')));
    expect(body).toContain('Is it a new version of a document?');
    const unsaid = await pageOf(browser.post(at(upload, '/describe'), filled), 400);
    expect(unsaid).toContain('Select whether it is a new version of a document');
    const anew = browser.post(at(upload, '/describe'), { ...filled, replaces: 'new' });
    expect(await leadsTo(anew)).toBe(`/staff/documents/${upload.id}?done=filed`);
    expect((await world.documents.find(document.id))?.files).toHaveLength(1);
  });

  test('cannot make it a version of a document of others', async () => {
    const theirs = await world.addDocument({ unit: 'farside-team', files: [aFile({ sha256: SHA })] });
    const upload = await checked();
    expect((await browser.post(at(upload, '/describe'), { replaces: theirs.id })).statusCode).toBe(400);
    expect((await world.documents.find(theirs.id))?.files).toHaveLength(1);
  });

  test('is over when it was filed or refused', async () => {
    const refused = await put({ outcome: { kind: 'refused', at: object.at, reason: 'infected' } });
    expect(await leadsTo(browser.get(at(refused, '/describe')))).toBe(at(refused));
    expect(await leadsTo(browser.post(at(refused, '/describe'), filled))).toBe(at(refused));
    const outcome = { kind: 'filed', at: object.at, document: 'd-1' } as const;
    const filed = await put({ object, outcome });
    expect(await leadsTo(browser.get(at(filed, '/describe')))).toBe('/staff/documents/d-1');
    expect(await leadsTo(browser.post(at(filed, '/describe'), filled))).toBe('/staff/documents/d-1');
  });
});

describe('one’s uploads', () => {
  const path = '/staff/documents/uploads';

  test('say when there are none', async () => {
    expect(await pageOf(browser.get(path))).toContain('You have not uploaded anything yet.');
  });

  test('show first what needs details, and nothing of others', async () => {
    await put({ name: 'expected.pdf' });
    await checked({ name: 'needs <details>.pdf', at: addSeconds('2026-11-20T09:00:00.000Z', 1) });
    await put({ name: 'theirs.pdf', owner: NEIGHBOUR.email });
    const body = await pageOf(browser.get(path));
    expect(body.indexOf('needs &lt;details&gt;.pdf')).toBeLessThan(body.indexOf('expected.pdf'));
    expect(body).toContain('Needs details');
    expect(body).toContain('Not sent yet');
    expect(body).not.toContain('theirs.pdf');
  });

  test('go on over pages', async () => {
    for (let number = 0; number < 26; number += 1)
      await put({ name: `file-${number}.pdf`, at: addSeconds('2026-11-23T08:00:00.000Z', number) });
    const body = await pageOf(browser.get(path));
    expect(body).toContain('file-25.pdf');
    expect(body).not.toContain('file-0.pdf');
    const next = /href="([^"]*after=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const last = await pageOf(browser.get(next));
    expect(last).toContain('file-0.pdf');
    expect(last).toContain('Back to the newest');
  });
});
