import { beforeEach, describe, expect, test } from 'vitest';
import type { Mailing } from '#domain/mailings/mailing.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { aMailing, aRecipient, LIMIT, people } from '#test/support/mailings/mailing-fakes.ts';
import { BOROUGH, WARD } from '#test/support/stores/records.ts';
import type { HttpReply } from '#web/http/event.ts';
import type { Browser } from '../browser.ts';
import {
  AUDITOR,
  COORDINATOR,
  ELSEWHERE,
  NEIGHBOUR,
  OTHER_WARD,
  openWorld,
  PRACTITIONER,
  type World,
} from '../world.ts';

let world: World;
let browser: Browser;
beforeEach(async () => {
  world = await openWorld();
  browser = await world.signedIn();
});

const NOW = '2026-11-23T09:30:00.000Z';
const LATER = '2026-11-24T09:30:00.000Z';
const HERE = { kind: 'wrote', areas: [WARD] } as const;

const put = async (changes: Partial<Mailing> = {}): Promise<Mailing> => {
  const mailing = aMailing({ audience: HERE, ...changes });
  await world.facts.commit([world.mailings.toAdd(mailing)]);
  return mailing;
};
const location = (reply: HttpReply): string => reply.headers.location ?? `stayed with ${reply.statusCode}`;
const at = (path = '') => `/staff/mailings/mailing-1${path}`;
const statusNow = async () => (await world.mailings.find('mailing-1'))?.status;
/** The addresses of what can be pressed or followed on a page, below one mailing. */
const offered = ({ body }: HttpReply): readonly string[] =>
  [...body.matchAll(/(?:action|href)="\/staff\/mailings\/mailing-1\/([a-z]+)"/g)].map(
    ([, name = '']) => name,
  );

const FORM = { subject: 'Speeding', source: 'Hello ((area))', kind: 'wrote', areas: WARD };

describe('the list', () => {
  test('says when there is nothing, and how to begin', async () => {
    const { body } = await browser.get('/staff/mailings');
    expect(body).toContain('There are no mailings for your areas yet.');
    expect(body).toContain('href="/staff/mailings/new"');
    expect((await (await world.signedIn(AUDITOR)).get('/staff/mailings')).body).not.toContain(
      '/mailings/new',
    );
  });

  test('shows the newest first, each with its state, when and how many', async () => {
    await put({
      id: 'old',
      subject: 'Older',
      createdAt: '2026-11-01T09:00:00.000Z',
      status: 'sent',
      startedAt: NOW,
      finishedAt: NOW,
      total: 1234,
    });
    await put({ id: 'new', subject: 'Newer <b>', status: 'scheduled', sendAt: LATER });
    const { body } = await browser.get('/staff/mailings');
    expect(body.indexOf('Newer &lt;b&gt;')).toBeLessThan(body.indexOf('Older'));
    for (const words of ['Scheduled', 'To go on Tuesday 24 November at 9:30am', 'Not known yet'])
      expect(body).toContain(words);
    for (const words of ['Sent on 23 November 2026', '1,234 people']) expect(body).toContain(words);
  });

  test('goes on through those of others to one’s own', async () => {
    for (let number = 10; number < 90; number += 1)
      await put({
        id: `other-${number}`,
        createdAt: `2026-11-20T09:${10 + (number % 50)}:00.000Z`,
        audience: { kind: 'wrote', areas: [ELSEWHERE.borough] },
      });
    await put({ id: 'own', subject: 'My own', createdAt: '2026-01-01T09:00:00.000Z' });
    expect((await browser.get('/staff/mailings')).body).toContain('My own');
    expect((await browser.get('/staff/mailings')).body).not.toContain('other-');
    const coordinator = await world.signedIn(COORDINATOR);
    const first = await coordinator.get('/staff/mailings');
    const next =
      /href="(\/staff\/mailings\?after=[^"]+)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await coordinator.get(next);
    expect([second.statusCode, second.body.includes('Back to the start')]).toEqual([200, true]);
  });
});

describe('writing', () => {
  test('offers the areas of the unit, and nothing else', async () => {
    const { body } = await browser.get('/staff/mailings/new');
    expect(body).toMatch(new RegExp(`value="${WARD}" checked`));
    expect(body).not.toContain(`value="${ELSEWHERE.borough}"`);
    expect(body).not.toContain('The whole force');
    const all = (await (await world.signedIn(COORDINATOR)).get('/staff/mailings/new')).body;
    for (const value of ['everywhere', BOROUGH, ELSEWHERE.borough]) expect(all).toContain(`value="${value}"`);
    expect(all).not.toContain(`value="${WARD}"`);
  });

  test('saves a draft and shows it', async () => {
    await browser.get('/staff/mailings/new');
    const saved = await browser.post('/staff/mailings/new', FORM);
    expect(location(saved)).toMatch(/^\/staff\/mailings\/[0-9a-f-]+\?done=drafted$/);
    const { body } = await browser.follow(saved);
    for (const words of [
      'The draft is saved.',
      'Speeding',
      'Draft',
      'Millbrook',
      'millbrook@folkmoot.example',
    ])
      expect(body).toContain(words);
  });

  test('says what is missing, at each field', async () => {
    await browser.get('/staff/mailings/new');
    const { statusCode, body } = await browser.post('/staff/mailings/new', {});
    expect(statusCode).toBe(400);
    for (const field of ['subject', 'source', 'kind', 'areas']) {
      expect(body).toContain(`href="#${field}"`);
      expect(body).toContain(`id="${field}-error"`);
    }
    expect(body).toContain('<title>Error: ');
  });

  test.each([
    [{ subject: 'x'.repeat(121) }, 'The subject must be 120 characters or fewer. It is 1 character too long'],
    [
      { source: 'x'.repeat(10_002) },
      'The text must be 10,000 characters or fewer. It is 2 characters too long',
    ],
    [{ source: 'Dear ((first name))' }, 'Only ((area)) can be filled in. Change or take out ((first name))'],
    [{ subject: 'News for ((aera))' }, 'Only ((area)) can be filled in. Change or take out ((aera))'],
    [{ source: '[Click](javascript:alert(1))' }, 'Links must begin with https:// or mailto:.'],
    [{ source: '[](https://example.org)' }, 'Write what people see between the brackets'],
    [{ source: '![Us](https://example.org/us.png)' }, 'Mails have no images.'],
    [{ source: '* a\n  * b' }, 'A list or quotation cannot be inside another one.'],
    [{ kind: 'subscribed' }, 'Select at least one topic'],
    [{ kind: 'subscribed', topics: 'gossip' }, 'Select topics from the list'],
    [{ kind: 'everybody' }, 'Select who it is for'],
    [{ areas: ELSEWHERE.borough }, 'Select areas from the list'],
    [{ areas: 'everywhere' }, 'Select areas from the list'],
  ])('refuses %j and keeps what was typed', async (wrong, sentence) => {
    await browser.get('/staff/mailings/new');
    const fields = { ...FORM, ...wrong };
    const { statusCode, body } = await browser.post('/staff/mailings/new', fields);
    expect(statusCode).toBe(400);
    expect(body).toContain(sentence);
    expect(body).toContain(`value="${fields.subject}"`);
    expect(body).toContain(`>${fields.source}</textarea>`);
    expect((await world.mailings.list({ after: null, size: 9 })).items).toEqual([]);
  });

  test('for the whole force is for those who plan everywhere, and for nothing beside it', async () => {
    const coordinator = await world.signedIn(COORDINATOR);
    await coordinator.get('/staff/mailings/new');
    const saved = await coordinator.post('/staff/mailings/new', { ...FORM, areas: 'everywhere' });
    expect((await coordinator.follow(saved)).body).toContain('The whole force');
    const body = new URLSearchParams([
      ...Object.entries({ csrf: coordinator.csrf, ...FORM, areas: BOROUGH }),
      ['areas', 'everywhere'],
    ]);
    const both = await coordinator.send('/staff/mailings/new', { method: 'POST', body: body.toString() });
    expect([both.statusCode, both.body.includes('Select the whole force, or single areas')]).toEqual([
      400,
      true,
    ]);
  });

  test('changes a draft once, however often it is pressed', async () => {
    await put({ audience: { kind: 'subscribed', areas: [WARD], topics: ['news'] } });
    const form = await browser.get(at('/change'));
    expect(form.body).toMatch(/value="news" checked/);
    const fields = { ...FORM, version: '1' };
    expect(location(await browser.post(at('/change'), fields))).toBe(at('?done=changed'));
    expect(location(await browser.post(at('/change'), fields))).toBe(at('?done=changed'));
    expect(await world.mailings.find('mailing-1')).toMatchObject({ subject: 'Speeding', version: 2 });
    expect((await browser.post(at('/change'), { ...fields, subject: 'Otherwise' })).statusCode).toBe(409);
  });

  test('leads back when it is no draft any more', async () => {
    await put({ status: 'sent' });
    expect(location(await browser.get(at('/change')))).toBe(at());
    expect((await browser.post(at('/change'), { ...FORM, version: '1' })).statusCode).toBe(409);
  });
});

describe('who may see a mailing', () => {
  const pages = ['', '/change', '/send', '/cancel', '/test', '/clone', '/withdraw', '/pause', '/resume'];

  test.each(pages)('%s is not there for another area', async (page) => {
    await put();
    const neighbour = await world.signedIn(NEIGHBOUR);
    expect((await neighbour.get(at(page))).statusCode).toBe(404);
    if (page !== '') expect((await neighbour.post(at(page), { version: '1' })).statusCode).toBe(404);
    expect(await world.mailings.find('mailing-1')).toMatchObject({ version: 1, status: 'draft' });
    expect(world.outbox.mails).toEqual([]);
  });

  test('an auditor reads it, without addresses and without anything to press', async () => {
    await put();
    world.audiences.people = people(2);
    const auditor = await world.signedIn(AUDITOR);
    const shown = await auditor.get(at());
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain('2 people');
    expect(shown.body).not.toContain('person-1@example.org');
    expect(offered(shown)).toEqual([]);
    for (const page of pages.slice(1)) expect((await auditor.get(at(page))).statusCode).toBe(403);
  });

  test('somebody who works in one of its areas only does not see it', async () => {
    await put({ audience: { kind: 'wrote', areas: [WARD, OTHER_WARD] } });
    expect((await browser.get(at())).statusCode).toBe(404);
  });
});

describe('the page of a mailing', () => {
  const cases: readonly (readonly [Mailing['status'], Partial<Mailing>, Actor, readonly string[]])[] = [
    ['draft', {}, PRACTITIONER, ['send', 'change', 'test', 'cancel']],
    [
      'to-approve',
      { submittedBy: PRACTITIONER.email },
      PRACTITIONER,
      ['test', 'withdraw', 'clone', 'cancel'],
    ],
    [
      'to-approve',
      { submittedBy: PRACTITIONER.email },
      COORDINATOR,
      ['approve', 'test', 'withdraw', 'clone', 'cancel'],
    ],
    ['to-approve', { submittedBy: COORDINATOR.email }, COORDINATOR, ['test', 'withdraw', 'clone', 'cancel']],
    [
      'to-approve',
      { submittedBy: PRACTITIONER.email, total: 9 },
      COORDINATOR,
      ['approve', 'test', 'clone', 'cancel'],
    ],
    ['scheduled', { sendAt: LATER }, PRACTITIONER, ['test', 'withdraw', 'clone', 'cancel']],
    ['freezing', { startedAt: NOW }, PRACTITIONER, ['pause', 'clone', 'cancel']],
    ['sending', { startedAt: NOW, total: 9 }, PRACTITIONER, ['pause', 'clone', 'cancel']],
    [
      'paused',
      { startedAt: NOW, total: 9, pausedFrom: 'sending', pausedFor: 'staff' },
      PRACTITIONER,
      ['resume', 'clone', 'cancel'],
    ],
    ['sent', { startedAt: NOW, finishedAt: NOW, total: 9 }, PRACTITIONER, ['clone']],
    ['cancelled', { finishedAt: NOW }, PRACTITIONER, ['clone']],
  ];
  test.each(cases)('%s %j offers %o.email', async (status, changes, actor, actions) => {
    await put({ status, ...changes });
    const shown = await (await world.signedIn(actor)).get(at());
    expect(shown.statusCode).toBe(200);
    expect(offered(shown).toSorted()).toEqual(actions.toSorted());
  });

  test('counts people and shows some of them before it is sent', async () => {
    await put();
    world.audiences.people = [
      aRecipient({ email: 'first@example.org', area: { code: WARD, name: 'Millbrook' } }),
      ...people(7),
    ];
    const { body } = await browser.get(at());
    expect(body).toContain('8 people');
    expect(body).toContain('first@example.org (Millbrook)');
    expect(body).toContain('person-4@example.org');
    expect(body).not.toContain('person-5@example.org');
    expect(body).toContain('As somebody in Millbrook gets it.');
  });

  test('shows the mail as it is put into words', async () => {
    await put({ subject: '<i>Subject</i>' });
    const { body } = await browser.get(at());
    expect(body).toContain('&lt;i&gt;Subject&lt;/i&gt;');
    expect(body).toContain('We have put up a camera.');
  });

  test('says how far it is, and where it did not go well', async () => {
    await put({ status: 'sending', startedAt: NOW, total: 1000 });
    world.ledger.counted = {
      accepted: 500,
      delivered: 300,
      bounced: 30,
      complained: 2,
      held: 40,
      'in-doubt': 1,
    };
    world.ledger.rows = Array.from({ length: 30 }, (_, number) => ({
      ...aRecipient({ email: `gone-${number}@example.org` }),
      ...{ id: `mailing-1.${number}`, mailing: 'mailing-1', state: 'bounced' as const },
      since: `2026-11-23T09:${10 + number}:00.000Z`,
    }));
    const first = await browser.get(at());
    expect(first.body).toContain('832 sent, of 1,000 people whom it goes to.');
    expect(first.body).toContain('In the weekly digest');
    expect(first.body).toContain('See how far it is now');
    expect(first.body).not.toContain('http-equiv');
    expect(first.body).toMatch(/aria-current="true">In doubt</);
    const bounced = await browser.get(at('?state=bounced'));
    expect(bounced.body).toContain('gone-29@example.org');
    expect(bounced.body).not.toContain('gone-4@example.org');
    const next = /href="([^"]+after=[^"]+)#troubled"/.exec(bounced.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await browser.get(next)).body).toContain('gone-4@example.org');
    const auditor = await world.signedIn(AUDITOR);
    const seen = await auditor.get(at('?state=bounced'));
    expect(seen.body).not.toContain('gone-29@example.org');
    expect((await browser.get(at('?state=__proto__&after=%00'))).statusCode).toBe(200);
  });

  test.each([
    ['staff', 'Somebody of staff has paused it.'],
    ['bounces', 'more than 5% of its mails bounced'],
    ['complaints', 'more than 0.1% of those who got it'],
  ] as const)('says that it was paused for %s', async (pausedFor, sentence) => {
    await put({ status: 'paused', pausedFrom: 'sending', pausedFor, startedAt: NOW, total: 9 });
    expect((await browser.get(at())).body).toContain(sentence);
    expect((await browser.get(at('/resume'))).body).toContain(sentence);
  });
});

describe('sending', () => {
  const send = async (fields: Readonly<Record<string, string>>) => {
    await browser.get(at('/send'));
    return browser.post(at('/send'), { version: '1', ...fields });
  };
  const DATE = { 'at-day': '24', 'at-month': '11', 'at-year': '2026', time: '9:30am' };

  test('says to how many people, and begins', async () => {
    await put();
    world.audiences.people = people(LIMIT);
    expect((await browser.get(at('/send'))).body).toContain('Send it to 3 people?');
    const sent = await send({ when: 'now' });
    expect(location(sent)).toBe(at('?done=started'));
    expect(await statusNow()).toBe('freezing');
    expect(location(await browser.post(at('/send'), { version: '1', when: 'now' }))).toBe(location(sent));
    expect(world.steps.posted).toHaveLength(1);
  });

  test('to many asks for a second person', async () => {
    await put();
    world.audiences.people = people(LIMIT + 1);
    const { body } = await browser.get(at('/send'));
    expect(body).toContain('It goes to more than 3 people, so a second person has to approve it');
    expect(body).toContain('Ask for approval');
    expect(location(await send({ when: 'now' }))).toBe(at('?done=submitted'));
    expect(await statusNow()).toBe('to-approve');
  });

  test('at a time waits for it', async () => {
    await put();
    expect(location(await send({ when: 'later', ...DATE }))).toBe(at('?done=scheduled'));
    expect(await world.mailings.find('mailing-1')).toMatchObject({ status: 'scheduled', sendAt: LATER });
    expect((await browser.get(at())).body).toContain('Tuesday 24 November at 9:30am');
  });

  test.each([
    [{}, 'when', 'Select when it should go'],
    [{ when: 'later' }, 'at-day', 'Enter the date'],
    [{ when: 'later', ...DATE, time: '9' }, 'time', 'Enter the time like 9:30am or 14:00'],
    [{ when: 'later', ...DATE, 'at-day': '22' }, 'at-day', 'The date and time must be in the future'],
  ])('%j is told at the field %s', async (fields, field, sentence) => {
    await put();
    const reply = await send(fields);
    expect(reply.statusCode).toBe(400);
    expect(reply.body).toContain(`href="#${field}">${sentence}`);
    expect(reply.body).toContain(`id="${field}"`);
    for (const value of Object.values(fields)) expect(reply.body).toContain(`value="${value}"`);
    expect(await statusNow()).toBe('draft');
  });

  test('asks for a recent proof of identity, and for the mail that was seen', async () => {
    await put();
    await browser.get(at('/send'));
    expect((await browser.post(at('/send'), { when: 'now' })).statusCode).toBe(409);
    world.clock.advance(0.25);
    expect(location(await browser.get(at('/send')))).toContain('/sign-in/again');
    expect((await browser.post(at('/send'), { version: '1', when: 'now' })).statusCode).toBe(403);
    expect(await statusNow()).toBe('draft');
  });

  test('says when nobody would get it', async () => {
    await put();
    expect((await browser.get(at('/send'))).body).toContain('Nobody would get it as it is now.');
  });
});

describe('approving', () => {
  test('is done by a second person who sees to how many people', async () => {
    await put({ status: 'to-approve', submittedBy: PRACTITIONER.email });
    world.audiences.people = people(9);
    const coordinator = await world.signedIn(COORDINATOR);
    const asked = await coordinator.get(at('/approve'));
    for (const words of ['9 people', PRACTITIONER.email, 'It goes out at once'])
      expect(asked.body).toContain(words);
    expect(location(await coordinator.post(at('/approve'), { version: '1' }))).toBe(at('?done=started'));
    expect(location(await coordinator.post(at('/approve'), { version: '1' }))).toBe(at('?done=started'));
    expect(world.steps.posted).toHaveLength(1);
  });

  test('of one’s own is refused', async () => {
    await put({ status: 'to-approve', submittedBy: COORDINATOR.email });
    const coordinator = await world.signedIn(COORDINATOR);
    expect((await coordinator.get(at())).body).toContain('somebody else has to approve it');
    const refused = await coordinator.post(at('/approve'), { version: '1' });
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('Somebody else has to approve it');
    expect(await statusNow()).toBe('to-approve');
  });

  test('is not for those who plan', async () => {
    await put({ status: 'to-approve', submittedBy: 'x@folkmoot.example' });
    expect((await browser.get(at('/approve'))).statusCode).toBe(403);
    expect((await browser.post(at('/approve'), { version: '1' })).statusCode).toBe(403);
  });

  test('says when the planned time has passed', async () => {
    await put({ status: 'to-approve', submittedBy: PRACTITIONER.email, sendAt: '2026-11-23T09:00:00.000Z' });
    const coordinator = await world.signedIn(COORDINATOR);
    expect((await coordinator.get(at('/approve'))).body).toContain(
      'The time for which it was planned has passed.',
    );
  });
});

describe('what is pressed', () => {
  test('a test goes to oneself', async () => {
    await put();
    await browser.get(at());
    expect(location(await browser.post(at('/test'), {}))).toBe(at('?done=tested'));
    expect(world.outbox.mails.map(({ to }) => to)).toEqual([PRACTITIONER.email]);
  });

  test('taking back, twice', async () => {
    await put({ status: 'scheduled', sendAt: LATER, submittedBy: PRACTITIONER.email });
    await browser.get(at());
    for (const _ of [1, 2])
      expect(location(await browser.post(at('/withdraw'), { version: '1' }))).toBe(at('?done=withdrawn'));
    expect(await world.mailings.find('mailing-1')).toMatchObject({ status: 'draft', version: 2 });
    expect((await browser.post(at('/withdraw'), {})).statusCode).toBe(400);
  });

  test('pausing stops it as it is now, and resuming goes on', async () => {
    await put({ status: 'sending', startedAt: NOW, total: 9, version: 5 });
    await browser.get(at());
    for (const _ of [1, 2]) expect(location(await browser.post(at('/pause'), {}))).toBe(at('?done=paused'));
    expect(await statusNow()).toBe('paused');
    world.ledger.counted = { bounced: 2, complained: 1 };
    const asked = await browser.get(at('/resume'));
    expect(asked.body).toContain('2 mails have bounced, and 1 person has marked it as spam.');
    expect(location(await browser.post(at('/resume'), { version: '6' }))).toBe(at('?done=resumed'));
    expect(await world.mailings.find('mailing-1')).toMatchObject({
      status: 'sending',
      tolerated: { bounced: 2, complained: 1 },
    });
  });

  test('pausing what is sent already shows that, and what was never begun is refused', async () => {
    await put({ status: 'sent', startedAt: NOW, finishedAt: NOW, total: 9 });
    await put({ id: 'mailing-2' });
    await browser.get(at());
    expect(location(await browser.post(at('/pause'), {}))).toBe(at());
    expect((await browser.post('/staff/mailings/mailing-2/pause', {})).statusCode).toBe(409);
  });

  test('cancelling, twice', async () => {
    await put();
    expect((await browser.get(at('/cancel'))).body).toContain('It will not be sent.');
    for (const _ of [1, 2])
      expect(location(await browser.post(at('/cancel'), { version: '1' }))).toBe(at('?done=cancelled'));
    expect(location(await browser.get(at('/cancel')))).toBe(at());
    expect((await browser.post(at('/cancel'), {})).statusCode).toBe(400);
  });

  test('cancelling stops it as it is now, though it went on since the page was shown', async () => {
    await put({ status: 'scheduled', sendAt: LATER });
    const shown = await browser.get(at('/cancel'));
    expect(shown.body).toContain('name="version" value="1"');
    const begun = await world.mailings.find('mailing-1');
    if (begun) await world.facts.commit([world.mailings.toChange({ ...begun, status: 'sending', total: 9 })]);
    expect(location(await browser.post(at('/cancel'), { version: '1' }))).toBe(at('?done=cancelled'));
    expect(await world.mailings.find('mailing-1')).toMatchObject({ status: 'cancelled', version: 3 });
  });

  test('what was cancelled is not said to be in the weekly digest', async () => {
    await put({ status: 'cancelled', startedAt: NOW, finishedAt: NOW, total: 2 });
    world.ledger.counted = { held: 2 };
    const { body } = await browser.get(at());
    expect(body).toContain('Whoever had not got it in a digest when it was cancelled does not get it.');
    expect(body).not.toContain('In the weekly digest');
  });

  test('using it again leads to the new draft', async () => {
    await put({ status: 'sent' });
    await browser.get(at());
    const cloned = await browser.post(at('/clone'), {});
    expect(location(cloned)).toMatch(/^\/staff\/mailings\/(?!mailing-1)[0-9a-f-]+\?done=cloned$/);
    expect((await browser.follow(cloned)).body).toContain('This is a new draft');
  });
});

describe('the start page of staff', () => {
  test('names mailings to approve to those who may, without their own', async () => {
    await put({ status: 'to-approve', submittedBy: PRACTITIONER.email });
    await put({ id: 'own', status: 'to-approve', submittedBy: COORDINATOR.email });
    const coordinator = await world.signedIn(COORDINATOR);
    const { body } = await coordinator.get('/staff');
    expect(body).toContain('1 mailing waits for somebody to approve it');
    expect(body).toContain('href="/staff/mailings/mailing-1"');
    expect((await browser.get('/staff')).body).not.toContain('to approve');
  });

  test('names those that paused by themselves', async () => {
    const paused = { status: 'paused', pausedFrom: 'sending', startedAt: NOW, total: 9 } as const;
    await put({ ...paused, pausedFor: 'bounces' });
    await put({ ...paused, id: 'two', pausedFor: 'complaints' });
    await put({ ...paused, id: 'three', pausedFor: 'staff' });
    const { body } = await browser.get('/staff');
    expect(body).toContain('2 mailings have paused by themselves');
    expect((await (await world.signedIn(NEIGHBOUR)).get('/staff')).body).not.toContain('paused by');
  });
});

describe('mail that did not arrive', () => {
  const trouble = (number: number) => ({
    id: `mail-${number}`,
    kind: 'submission-answered' as const,
    to: `resident-${number}@example.org`,
    state: number % 2 ? ('bounced' as const) : ('in-doubt' as const),
    since: `2026-11-23T09:${10 + number}:00.000Z`,
  });

  test('is listed, newest first, with addresses for those who may read them', async () => {
    world.mailTroubles.troubles = Array.from({ length: 30 }, (_, number) => trouble(number));
    const coordinator = await world.signedIn(COORDINATOR);
    const first = await coordinator.get('/staff/mail');
    for (const words of ['Answer of a local team', 'Bounced', 'In doubt', 'resident-29@example.org'])
      expect(first.body).toContain(words);
    expect(first.body).not.toContain('resident-4@example.org');
    const next = /href="(\/staff\/mail\?after=[^"]+)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await coordinator.get(next)).body).toContain('resident-4@example.org');
    const auditor = await (await world.signedIn(AUDITOR)).get('/staff/mail');
    expect(auditor.body).toContain('Answer of a local team');
    expect(auditor.body).not.toContain('@example.org');
  });

  test('is for those who see everything', async () => {
    expect((await browser.get('/staff/mail')).statusCode).toBe(403);
    expect((await browser.get('/staff/mailings')).body).not.toContain('href="/staff/mail"');
    const coordinator = await world.signedIn(COORDINATOR);
    expect((await coordinator.get('/staff/mail')).body).toContain('Every mail has arrived');
    expect((await coordinator.get('/staff/mailings')).body).toContain('href="/staff/mail"');
  });
});
