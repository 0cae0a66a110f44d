import { beforeEach, describe, expect, test } from 'vitest';
import type { Mail } from '#domain/mailings/message.ts';
import { addHours } from '#domain/shared/clock.ts';
import { BOROUGH, WARD } from '#test/support/stores/records.ts';
import type { HttpReply } from '#web/http/event.ts';
import { AUDITOR, ELSEWHERE, OTHER_WARD, openWorld, PRACTITIONER, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

const location = (reply: HttpReply): string => reply.headers.location ?? `stayed with ${reply.statusCode}`;

const RETURN = '/sign-in/callback?state=state-1&code=';

describe('signing in', () => {
  test('leads to the issuer, and back to where somebody was going', async () => {
    const browser = world.stranger();
    const asked = await browser.get('/staff/inbox?after=x');
    expect(location(asked)).toBe('/sign-in?returnTo=%2Fstaff%2Finbox%3Fafter%3Dx');
    const sent = await browser.follow(asked);
    expect(location(sent)).toBe('https://issuer.example/authorize');
    expect(location(await browser.get(`${RETURN}${PRACTITIONER.email}`))).toBe('/staff/inbox?after=x');
    expect((await browser.get('/staff')).body).toContain(PRACTITIONER.post);
  });

  test('opens a visit under another id and token, so that one known before is worth nothing', async () => {
    const browser = world.stranger();
    await browser.get('/sign-in');
    const before = browser.cookie ?? '';
    const session = await world.sessions.find(before.split('=')[1] ?? '');
    await browser.get(`${RETURN}${PRACTITIONER.email}`);
    expect(browser.cookie).not.toBe(before);
    expect(await world.sessions.find(before.split('=')[1] ?? '')).toBeNull();
    await browser.get('/staff');
    expect(browser.csrf).not.toBe(session?.csrf);
    expect((await browser.send('/staff', { cookies: [before] })).statusCode).toBe(303);
  });

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/staff\\..\\evil',
    '/staff@evil.example',
    '/staff.evil.example',
    '/staffing',
    '/staff//evil.example',
    '/staff/..//evil.example',
    '/staff/%2e%2E//evil.example',
    '/staff/../evil',
    '/staff/.',
    '/staff/\r\nSet-Cookie: a=b',
    '/staff?next=https://evil.example/',
    'javascript:alert(1)',
    '/sign-out',
    '/',
    'staff',
    ' /staff',
    '/staff\u0000',
    '/staff#x',
    '',
  ])('never leads to another site: %j', async (returnTo) => {
    const browser = world.stranger();
    await browser.get(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
    expect(location(await browser.get(`${RETURN}${PRACTITIONER.email}`))).toBe('/staff');
    expect(location(await browser.get(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`))).toBe('/staff');
  });

  test.each([
    '/staff/inbox',
    '/staff/submissions/0-1?done=sent',
    '/staff/priorities?borough=E09000007&x=%2F',
  ])('leads to %s', async (returnTo) => {
    const browser = world.stranger();
    await browser.get(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
    expect(location(await browser.get(`${RETURN}${PRACTITIONER.email}`))).toBe(returnTo);
  });

  test('takes a return once, and only one that was waited for', async () => {
    const browser = world.stranger();
    expect((await browser.get(`${RETURN}${PRACTITIONER.email}`)).headers.location).toBe('/staff');
    expect((await browser.get('/staff')).statusCode).toBe(303);
    await browser.get('/sign-in');
    const { cookie } = browser;
    const forged = await browser.get(`/sign-in/callback?state=forged&code=${PRACTITIONER.email}`);
    expect(forged.statusCode).toBe(403);
    expect(forged.body).toContain('You could not be signed in');
    browser.cookie = cookie;
    expect(location(await browser.get(`${RETURN}${PRACTITIONER.email}`))).toBe('/staff');
    expect(location(await browser.get('/staff'))).toMatch(/^\/sign-in/);
  });

  test('with an address that has no account, or a suspended one, says so', async () => {
    await world.changeAccount(AUDITOR, { status: 'suspended' });
    for (const email of ['nobody@folkmoot.example', AUDITOR.email, '']) {
      const browser = world.stranger();
      await browser.get('/sign-in');
      const reply = await browser.get(`${RETURN}${email}`);
      expect(reply.statusCode).toBe(403);
      expect(reply.body).toContain('There is no account for you yet');
      expect((await browser.get('/staff')).statusCode).toBe(303);
    }
  });

  test('ends with signing out, after half an hour, and when the account is suspended', async () => {
    const browser = await world.signedIn();
    const { cookie } = browser;
    const out = await browser.post('/sign-out', {});
    expect(location(out)).toBe('/signed-out?from=staff');
    expect(out.cookies?.[0]).toContain('Max-Age=0');
    browser.cookie = cookie;
    expect((await browser.get('/staff')).statusCode).toBe(303);

    const idle = await world.signedIn();
    world.clock.advance(0.6);
    expect((await idle.get('/staff')).statusCode).toBe(303);

    const suspended = await world.signedIn();
    await world.changeAccount(PRACTITIONER, { status: 'suspended' });
    expect((await suspended.get('/staff')).statusCode).toBe(403);
  });

  test('lasts no longer than twelve hours, however busy somebody is', async () => {
    const browser = await world.signedIn();
    for (let passed = 0; passed < 11.9; passed += 0.4) {
      expect((await browser.get('/staff')).statusCode, String(passed)).toBe(200);
      world.clock.advance(0.4);
    }
    expect((await browser.get('/staff')).statusCode).toBe(303);
  });
});

describe('who may do what', () => {
  const addressesOf = (submission: string, priority: string) =>
    world.routes.staff
      .filter(({ may }) => may !== 'anyone')
      .map((route) => ({
        ...route,
        address: route.path.replace('{id}', route.path.includes('submissions') ? submission : priority),
      }));

  test('a stranger is asked to sign in, whatever they ask for, and can post nothing', async () => {
    const submission = await world.addSubmission();
    const priority = await world.addPriority();
    for (const { method, address } of addressesOf(submission.id, priority.id)) {
      const browser = world.stranger();
      await browser.get('/sign-in');
      const reply =
        method === 'GET'
          ? await browser.get(address)
          : await browser.post(address, { decision: 'pass-on', to: 'x', version: '1' });
      if (method === 'GET') expect(location(reply), address).toMatch(/^\/sign-in\?returnTo=%2Fstaff/);
      else expect(reply.statusCode, address).toBe(403);
    }
    expect(await world.left()).toEqual([submission]);
  });

  test('a record of another area is not there, by whatever address and method', async () => {
    const submission = await world.addSubmission({
      area: ELSEWHERE.ward,
      borough: ELSEWHERE.borough,
      text: 'Secret words',
    });
    const priority = await world.addPriority({ area: ELSEWHERE.ward, title: 'Secret title' });
    const browser = await world.signedIn();
    for (const { method, address, path } of addressesOf(submission.id, priority.id)) {
      if (!/\/(?:submissions|priorities)\/\{id\}/.test(path)) continue;
      const fields = {
        version: '1',
        decision: 'not-take-up',
        reason: 'x',
        answer: 'x',
        update: 'x',
        status: 'closed',
        closedReason: 'x',
      };
      const reply = method === 'GET' ? await browser.get(address) : await browser.post(address, fields);
      if (reply.statusCode === 303) expect(location(await browser.follow(reply))).toBe('stayed with 404');
      else expect(reply.statusCode, address).toBe(404);
      expect(reply.body).not.toContain('Secret');
    }
    expect((await browser.get('/staff/inbox')).body).not.toContain('Secret');
    expect((await browser.get(`/staff/priorities?borough=${ELSEWHERE.borough}`)).body).not.toContain(
      'Secret',
    );
    expect(await world.left()).toEqual([submission]);
    expect(await world.priorities.find(priority.id)).toEqual(priority);
  });

  const READING: readonly string[] = [
    'read action plans',
    'read submissions',
    'see the staff pages',
    'manage sessions',
    'read the audit trail',
    'read mailings',
  ];

  test('an auditor reads everything and changes nothing', async () => {
    const submission = await world.addSubmission({
      status: 'triaged',
      outcome: { kind: 'passed-on', to: 'The council' },
    });
    const priority = await world.addPriority();
    const browser = await world.signedIn(AUDITOR);
    expect((await browser.get('/staff/inbox')).body).toContain(submission.reference);
    const page = await browser.get(`/staff/submissions/${submission.id}`);
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('name="decision"');
    for (const { method, address, may } of addressesOf(submission.id, priority.id)) {
      if (READING.includes(may)) continue;
      const fields = { version: '1', decision: 'not-take-up', reason: 'x', answer: 'x' };
      const reply = method === 'GET' ? await browser.get(address) : await browser.post(address, fields);
      expect(reply.statusCode, `${method} ${address}`).toBe(403);
    }
    expect(await world.left()).toEqual([submission]);
  });

  test('pages of staff are nobody else’s to keep', async () => {
    const submission = await world.addSubmission();
    const browser = await world.signedIn();
    for (const address of [
      '/staff',
      '/staff/inbox',
      '/staff/priorities',
      `/staff/submissions/${submission.id}`,
    ])
      expect((await browser.get(address)).headers['cache-control'], address).toBe('no-store');
  });
});

describe('the inbox', () => {
  test('shows what waits, the nearest deadline first, with its clock in words', async () => {
    await world.addSubmission({ text: 'Second', answerBy: '2026-11-24T08:30:00.000Z' });
    await world.addSubmission({ text: 'Third', answerBy: '2026-11-26T09:30:00.000Z' });
    await world.addSubmission({
      text: 'First',
      answerBy: '2026-11-23T07:00:00.000Z',
      cautions: ['emergency'],
    });
    await world.addSubmission({ text: 'Done', status: 'answered' });
    await world.addSubmission({ text: 'Next door', area: OTHER_WARD });
    const { body } = await (await world.signedIn()).get('/staff/inbox');
    expect(body).toMatch(/First[\s\S]*Second[\s\S]*Third/);
    expect(body).not.toMatch(/Done|Next door/);
    for (const words of ['2 hours overdue', '23 hours left', '72 hours left', 'Possible emergency'])
      expect(body).toContain(words);
    const home = (await (await world.signedIn()).get('/staff')).body;
    expect(home).toContain('3 submissions await an answer');
    expect(home).toContain('1 of them is overdue');
    expect(home).toContain('1 is due within 24 hours');
  });

  test('goes on from page to page, and takes any cursor', async () => {
    for (let index = 0; index < 30; index += 1)
      await world.addSubmission({ answerBy: addHours('2026-11-23T10:00:00.000Z', index) });
    const browser = await world.signedIn();
    const first = (await browser.get('/staff/inbox')).body;
    const next = /href="([^"]*after=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = (await browser.get(next)).body;
    const rows = (body: string) => [...body.matchAll(/\/staff\/submissions\/([\w-]+)"/g)].map(([, id]) => id);
    expect(rows(first)).toHaveLength(25);
    expect(rows(second)).toHaveLength(5);
    expect(new Set([...rows(first), ...rows(second)]).size).toBe(30);
    for (const after of ['x', '%00', '<script>', '9'.repeat(2000), '__proto__'])
      expect((await browser.get(`/staff/inbox?after=${after}`)).statusCode).toBe(200);
  });

  test('is empty in words', async () => {
    expect((await (await world.signedIn()).get('/staff/inbox')).body).toContain(
      'Nothing waits for an answer',
    );
  });
});

describe('from a submission to its answer', () => {
  test('decided, written, looked at, changed, sent', async () => {
    const submission = await world.addSubmission({ email: 'resident@example.org' });
    const browser = await world.signedIn();
    const page = `/staff/submissions/${submission.id}`;
    await browser.get(page);
    const decided = await browser.post(page, {
      version: '1',
      decision: 'adopt',
      title: 'Dark underpass',
      description: 'Lamps.',
    });
    const written = await browser.follow(decided);
    expect(location(decided)).toContain(`${page}/answer`);
    expect(written.body).toContain('Adopted as “Dark underpass”');
    expect(written.body).toContain('Your decision is saved.');
    const preview = await browser.post(`${page}/answer`, { version: '2', answer: 'We asked <the council>.' });
    expect(preview.statusCode).toBe(200);
    expect(preview.body).toContain('We asked &lt;the council&gt;.');
    expect(preview.body).toContain('Dark underpass');
    const again = await browser.post(`${page}/answer`, { version: '2', answer: 'We asked.', change: 'yes' });
    expect(again.body).toContain('>We asked.</textarea>');
    expect(world.outbox.mails).toEqual([]);
    const sent = await Promise.all(
      [1, 2, 3].map(() => browser.post(`${page}/answer/send`, { version: '2', answer: 'We asked.' })),
    );
    for (const reply of sent) expect(location(reply)).toBe(`${page}?done=sent`);
    expect(world.outbox.mails).toMatchObject([
      { to: 'resident@example.org', message: { answer: 'We asked.' } },
    ]);
    expect((await browser.follow(sent[0] as HttpReply)).body).toContain('on its way by e-mail');
    expect(await world.left()).toEqual([]);
  });

  test('the mail that is shown is the mail that is sent', async () => {
    const submission = await world.addSubmission({
      email: 'resident@example.org',
      status: 'triaged',
      outcome: { kind: 'not-taken-up', reason: 'It is private land.' },
    });
    const browser = await world.signedIn();
    await browser.get('/staff/inbox');
    const preview = await browser.post(`/staff/submissions/${submission.id}/answer`, {
      version: '1',
      answer: 'Sorry.',
    });
    await browser.post(`/staff/submissions/${submission.id}/answer/send`, { version: '1', answer: 'Sorry.' });
    const [mail] = world.outbox.mails;
    const { subject, text } = world.renderMail(mail as Mail);
    const shown = preview.body.replaceAll('&gt;', '>').replaceAll('&#39;', "'");
    expect(shown).toContain(text.trim());
    expect(shown).toContain(subject);
  });

  test('a wrong decision is said at its field, with what was typed', async () => {
    const submission = await world.addSubmission();
    const browser = await world.signedIn();
    const page = `/staff/submissions/${submission.id}`;
    await browser.get(page);
    const wrong = await browser.post(page, {
      version: '1',
      decision: 'adopt',
      title: 'A title "kept"',
      description: '',
    });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.body).toContain('A title &quot;kept&quot;');
    expect(wrong.body).toContain('href="#description"');
    const closed = await world.addPriority({ status: 'closed' });
    for (const priority of [closed.id, 'nothing', 'x'.repeat(500), '__proto__']) {
      const reply = await browser.post(page, { version: '1', decision: 'join', priority });
      expect(reply.statusCode).toBe(400);
      expect(reply.body).toContain('still open');
    }
    const none = await browser.post(page, {});
    expect(none.body).toContain('href="#decision"');
  });

  test('what somebody else has changed meanwhile is said, and nothing is saved', async () => {
    const submission = await world.addSubmission();
    const browser = await world.signedIn();
    const page = `/staff/submissions/${submission.id}`;
    await browser.get(page);
    await browser.post(page, { version: '1', decision: 'pass-on', to: 'The council' });
    for (const version of ['1', '0', 'x', '99'])
      expect(
        (await browser.post(page, { version, decision: 'pass-on', to: 'Somebody else' })).statusCode,
      ).toBe(409);
    expect(
      (await browser.post(page, { version: '1', decision: 'pass-on', to: 'The council' })).statusCode,
    ).toBe(303);
    expect((await browser.post(`${page}/answer/send`, { version: '1', answer: 'x' })).statusCode).toBe(409);
    expect((await browser.post(`${page}/answer/send`, { version: '2', answer: '' })).statusCode).toBe(400);
  });

  test('the same decision saved again is no fault', async () => {
    const priority = await world.addPriority();
    const submission = await world.addSubmission();
    const browser = await world.signedIn();
    const page = `/staff/submissions/${submission.id}`;
    await browser.get(page);
    for (const version of ['1', '2', '1'])
      expect(
        (await browser.post(page, { version, decision: 'join', priority: priority.id })).statusCode,
      ).toBe(303);
    expect(await world.supporters.countsOf(WARD)).toEqual(new Map([[priority.id, 1]]));
  });

  test('there is no answer to write before it was decided, or after it was sent', async () => {
    const browser = await world.signedIn();
    const fresh = await world.addSubmission();
    const done = await world.addSubmission({
      status: 'answered',
      outcome: { kind: 'passed-on', to: 'x' },
      answer: { text: 'Done', at: '2026-11-23T09:00:00.000Z' },
    });
    for (const { id } of [fresh, done]) {
      expect(location(await browser.get(`/staff/submissions/${id}/answer`))).toBe(`/staff/submissions/${id}`);
      expect(
        location(await browser.post(`/staff/submissions/${id}/answer`, { version: '1', answer: 'x' })),
      ).toBe(`/staff/submissions/${id}`);
    }
    expect(
      (await browser.post(`/staff/submissions/${fresh.id}/answer/send`, { version: '1', answer: 'x' }))
        .statusCode,
    ).toBe(409);
    expect(world.outbox.mails).toEqual([]);
  });
});

describe('telling about a priority', () => {
  test('publishes an update, which the public sees', async () => {
    const priority = await world.addPriority();
    const browser = await world.signedIn();
    const page = `/staff/priorities/${priority.id}`;
    expect((await browser.get('/staff/priorities')).body).toContain(priority.title);
    await browser.get(page);
    const published = await browser.post(page, {
      version: '1',
      update: 'Walked <it>.',
      status: 'in-progress',
    });
    expect((await browser.follow(published)).body).toContain('Published.');
    const { body } = await world.visitor().get(`/priorities/${priority.id}`);
    expect(body).toContain('Walked &lt;it&gt;.');
    expect(body).toContain('In progress');
    expect(
      (await browser.post(page, { version: '1', update: 'Again.', status: 'in-progress' })).statusCode,
    ).toBe(409);
  });

  test('says what is missing, and keeps what was typed', async () => {
    const priority = await world.addPriority();
    const browser = await world.signedIn();
    const page = `/staff/priorities/${priority.id}`;
    await browser.get(page);
    const closed = await browser.post(page, { version: '1', update: 'Kept words', status: 'closed' });
    expect(closed.statusCode).toBe(400);
    expect(closed.body).toContain('Kept words');
    expect(closed.body).toContain('href="#closedReason"');
    expect((await browser.post(page, { version: '1', update: '', status: 'adopted' })).body).toContain(
      'href="#update"',
    );
  });

  test('lists nothing for a unit without areas, and says so', async () => {
    await world.changeAccount(PRACTITIONER, { unit: 'inspectorate' });
    const { statusCode, body } = await (await world.signedIn()).get('/staff/priorities');
    expect(statusCode).toBe(200);
    expect(body).toContain('Your account covers no areas');
    expect(body).not.toContain(BOROUGH);
  });
});

test('what staff and public typed is in no line of the log', async () => {
  const submission = await world.addSubmission({ text: 'canary words', email: 'canary@example.org' });
  const browser = await world.signedIn();
  const page = `/staff/submissions/${submission.id}`;
  await browser.get(page);
  await browser.post(page, { version: '1', decision: 'pass-on', to: 'canary council' });
  await browser.post(`${page}/answer`, { version: '2', answer: 'canary answer' });
  world.facts.commit = () => Promise.reject(new Error('canary answer'));
  expect(
    (await browser.post(`${page}/answer/send`, { version: '2', answer: 'canary answer' })).statusCode,
  ).toBe(500);
  const written = JSON.stringify(world.lines);
  for (const secret of ['canary', PRACTITIONER.email, submission.id, submission.reference])
    expect(written).not.toContain(secret);
  expect(world.lines.every(({ details }) => details.correlationId === 'request-1')).toBe(true);
});
