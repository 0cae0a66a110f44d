import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { anyText } from '#test/support/any-text.ts';
import { BOROUGH, WARD } from '#test/support/stores/records.ts';
import type { HttpReply } from '#web/http/event.ts';
import type { Browser } from '../browser.ts';
import { GONE_WARD, OTHER_WARD, openWorld, type World } from '../world.ts';

let world: World;
let browser: Browser;
beforeEach(async () => {
  world = await openWorld();
  browser = world.visitor();
});

const NEW = `/areas/${WARD}/priorities/new`;
const TEXT = 'The lamps in the underpass are broken.';
const location = (reply: HttpReply): string => reply.headers.location ?? `stayed with ${reply.statusCode}`;
const stepOf = (reply: HttpReply): string => location(reply).replace(/[?].*/, '');

/** Posts to the page that a reply leads to. */
const onwards = async (reply: HttpReply, fields: Readonly<Record<string, string>>): Promise<HttpReply> => {
  const page = await browser.follow(reply);
  expect(page.statusCode).toBe(200);
  return browser.post(location(reply), fields);
};

/** Fills in the whole form up to the page on which it is sent, and answers with the reply that leads there. */
const fillIn = async (text = TEXT, email = 'resident@example.org'): Promise<HttpReply> => {
  await browser.get(NEW);
  const category = await browser.post(NEW, { text });
  const emailPage = await onwards(category, { category: 'road-safety' });
  return onwards(emailPage, { email });
};

describe('leaving a priority', () => {
  test('goes from page to page, shows all of it, and gives the reference', async () => {
    await browser.get(NEW);
    const category = await browser.post(NEW, { text: TEXT });
    expect(stepOf(category)).toBe(`${NEW}/category`);
    const email = await onwards(category, { category: 'road-safety' });
    expect(stepOf(email)).toBe(`${NEW}/email`);
    const check = await onwards(email, { email: ' Resident@Example.org ' });
    expect(stepOf(check)).toBe(`${NEW}/check`);
    const shown = (await browser.follow(check)).body;
    for (const words of [TEXT, 'Road safety', 'resident@example.org']) expect(shown).toContain(words);
    expect(await world.left()).toEqual([]);
    const received = await browser.post(location(check), {});
    expect(stepOf(received)).toBe(`${NEW}/received`);
    const [submission] = await world.left();
    expect(submission).toMatchObject({
      text: TEXT,
      category: 'road-safety',
      email: 'resident@example.org',
      area: WARD,
    });
    const confirmation = (await browser.follow(received)).body;
    expect(confirmation).toContain(submission?.reference);
    expect(confirmation).toContain('Thursday 26 November at 9:30am');
  });

  test('with an e-mail address and a category left empty is anonymous', async () => {
    await browser.get(NEW);
    const category = await browser.post(NEW, { text: TEXT });
    const email = await onwards(category, {});
    const check = await onwards(email, { email: '' });
    const received = await onwards(check, {});
    expect((await browser.follow(received)).body).toContain('You did not leave an e-mail address');
    expect(await world.left()).toMatchObject([{ email: null, category: null }]);
    expect(world.outbox.mails).toEqual([]);
  });

  test('sent three times at once, and reloaded, is left once', async () => {
    const check = await fillIn();
    await browser.follow(check);
    const replies = await Promise.all([1, 2, 3].map(() => browser.post(location(check), {})));
    expect(new Set(replies.map(location)).size).toBe(1);
    expect(stepOf(replies[0] as HttpReply)).toBe(`${NEW}/received`);
    const pages = [
      await browser.follow(replies[0] as HttpReply),
      await browser.follow(replies[1] as HttpReply),
    ];
    expect(pages[0]?.body).toBe(pages[1]?.body);
    expect(await world.left()).toHaveLength(1);
    expect(world.outbox.mails).toHaveLength(1);
  });

  test('once sent cannot be changed: its pages lead to the reference', async () => {
    const check = await fillIn();
    await browser.post(location(check), {});
    const query = location(check).replace(/^[^?]*/, '');
    for (const page of ['', '/category', '/email', '/check', '/warning']) {
      expect(stepOf(await browser.get(`${NEW}${page}${query}`)), page).toBe(`${NEW}/received`);
      if (page !== '/warning' && page !== '/check') {
        const reply = await browser.post(`${NEW}${page}${query}`, {
          text: 'Other.',
          category: '',
          email: '',
        });
        expect(stepOf(reply)).toBe(`${NEW}/received`);
      }
    }
    expect(await world.left()).toHaveLength(1);
  });

  test('lets every answer be changed from the last page, and comes back to it', async () => {
    const check = await fillIn();
    const links = [...(await browser.follow(check)).body.matchAll(/href="([^"]*from=check[^"]*)"/g)].map(
      ([, link = '']) => link.replaceAll('&amp;', '&'),
    );
    expect(links).toHaveLength(3);
    const changes: readonly Readonly<Record<string, string>>[] = [
      { text: 'Other words.' },
      { category: 'drugs' },
      { email: '' },
    ];
    for (const [index, change] of changes.entries()) {
      const page = await browser.get(links[index] ?? '');
      expect(page.statusCode).toBe(200);
      expect(stepOf(await browser.post(links[index] ?? '', change))).toBe(`${NEW}/check`);
    }
    await browser.post(location(check), {});
    expect(await world.left()).toMatchObject([{ text: 'Other words.', category: 'drugs', email: null }]);
  });
});

describe('what is wrong', () => {
  const summaryOf = ({ body }: HttpReply) =>
    /govuk-error-summary__list">([\s\S]*?)<\/ul>/.exec(body)?.[1] ?? '';

  test.each<[string, string, string]>([
    ['nothing', '', 'Enter what the local team should work on'],
    ['blanks and control characters', ' \r\n\t\u0000 ', 'Enter what the local team should work on'],
    ['one character too many', 'x'.repeat(1001), 'It is 1 character too long'],
    ['far too much', '😀'.repeat(3000), 'It is 2,000 characters too long'],
  ])(
    'in the text (%s) is said at the field and above, and what was typed is kept',
    async (_, text, message) => {
      await browser.get(NEW);
      const reply = await browser.post(NEW, { text });
      expect(reply.statusCode).toBe(400);
      expect(reply.body).toMatch(/<title>Error: /);
      expect(summaryOf(reply)).toContain(message);
      expect(summaryOf(reply)).toContain('href="#text"');
      expect(reply.body).toContain('id="text"');
      expect(reply.body.split(message)).toHaveLength(3);
      expect(await world.left()).toEqual([]);
    },
  );

  test('in the e-mail address is said, and the address is kept', async () => {
    await browser.get(NEW);
    const email = await onwards(await browser.post(NEW, { text: TEXT }), { category: '' });
    for (const typed of [
      'name@',
      'name@example.org\nBcc: b@example.org',
      '"><script>alert(1)</script>@example.org',
    ]) {
      const reply = await onwards(email, { email: typed });
      expect(reply.statusCode).toBe(400);
      expect(summaryOf(reply)).toContain('href="#email"');
      expect(reply.body).not.toContain('<script>alert');
    }
  });

  test('in the category is said', async () => {
    await browser.get(NEW);
    const category = await browser.post(NEW, { text: TEXT });
    for (const typed of ['nothing', '__proto__', 'ROAD-SAFETY'])
      expect((await onwards(category, { category: typed })).statusCode).toBe(400);
  });

  test('with a field that came twice is said, and neither is taken', async () => {
    await browser.get(NEW);
    const body = `csrf=${browser.csrf}&text=one&text=two`;
    const reply = await browser.send(NEW, { method: 'POST', body });
    expect(reply.statusCode).toBe(400);
    expect(summaryOf(reply)).toContain('sent more than once');
  });

  test('nothing is: exactly a thousand characters, as a person counts them', async () => {
    await browser.get(NEW);
    expect(stepOf(await browser.post(NEW, { text: '👩‍👩‍👧‍👦'.repeat(1000) }))).toBe(`${NEW}/category`);
  });
});

describe('words of all kinds', () => {
  const kinds = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE submissions; --",
    '{{ 7 * 7 }} $7*7 {% raw %}',
    '=HYPERLINK("http://evil.example")',
    'الإضاءة في الحديقة معطلة \u200f',
    '\u202eoverride',
    '公园北门的路灯坏了。',
    '👩🏽‍🚒 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    'one\ntwo\n\nthree',
    '&amp; &lt;b&gt; %20 + %',
    '\\u0041 \\n',
  ];

  test.each(kinds)('are stored as they were typed and shown as text: %j', async (text) => {
    const check = await fillIn(text);
    const shown = await browser.follow(check);
    expect(shown.body).not.toMatch(/<script>alert|<img src=x|\b49\b/);
    await browser.post(location(check), {});
    expect(await world.left()).toMatchObject([{ text: text.trim() }]);
  });

  test('of whatever kind never lead to a fault', async () => {
    const fields = fc.dictionary(
      fc.constantFrom('text', 'category', 'email', 'draft', 'step', '__proto__', 'constructor', ''),
      anyText(200),
    );
    const steps = fc.constantFrom(
      '',
      '/category',
      '/email',
      '/check',
      '/warning',
      '/received',
      '/x',
      '/constructor',
    );
    const check = await fillIn();
    const query = location(check).replace(/^[^?]*/, '');
    await fc.assert(
      fc.asyncProperty(steps, fields, fc.boolean(), async (step, typed, withDraft) => {
        const address = `${NEW}${step}${withDraft ? query : ''}`;
        const reply = await browser.post(address, typed);
        expect([303, 400, 404]).toContain(reply.statusCode);
        expect((await browser.get(address)).statusCode).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what looks like an emergency', () => {
  test('is met with a warning, which can be passed, and is shown again before it is sent', async () => {
    await browser.get(NEW);
    const warning = await browser.post(NEW, { text: 'Somebody is trying to break in. Mr Sampleton saw it.' });
    expect(stepOf(warning)).toBe(`${NEW}/warning`);
    const page = (await browser.follow(warning)).body;
    expect(page).toContain('call 999');
    expect(page).toContain('You may have named a person');
    const links = [...page.matchAll(/href="([^"]*draft=[^"]*)"/g)].map(([, link = '']) =>
      link.replaceAll('&amp;', '&'),
    );
    expect(links.map((link) => link.replace(/[?].*/, ''))).toEqual([NEW, NEW, `${NEW}/category`]);
    const email = await browser.post(links[2] ?? '', { category: '' });
    const check = await onwards(email, { email: '' });
    expect((await browser.follow(check)).body).toContain('call 999');
    await browser.post(location(check), {});
    expect(world.outbox.mails.map(({ message }) => message.kind)).toEqual(['submission-flagged']);
  });

  test('that was changed away warns no more', async () => {
    await browser.get(NEW);
    const warning = await browser.post(NEW, { text: 'Somebody is trying to break in' });
    const query = location(warning).replace(/^[^?]*/, '');
    expect(stepOf(await browser.post(`${NEW}${query}`, { text: TEXT }))).toBe(`${NEW}/category`);
    expect(stepOf(await browser.get(location(warning)))).toBe(`${NEW}/category`);
  });
});

describe('supporting a priority', () => {
  test('with words and without counts the person', async () => {
    const priority = await world.addPriority();
    const start = `/priorities/${priority.id}/support`;
    for (const [index, text] of ['', 'On our side too.'].entries()) {
      browser = world.visitor();
      await browser.get(start);
      const email = await browser.post(start, { text });
      expect(stepOf(email)).toBe(`${start}/email`);
      const check = await onwards(email, { email: '' });
      const received = await onwards(check, {});
      expect((await browser.follow(received)).body).toContain('We have your support');
      expect((await world.supporters.countsOf(WARD)).get(priority.id)).toBe(index + 1);
    }
    expect(await world.left()).toMatchObject([{ supports: priority.id, text: 'On our side too.' }]);
  });

  test('that is closed leads to its page', async () => {
    const priority = await world.addPriority({ status: 'closed', closedReason: 'Done.' });
    const start = `/priorities/${priority.id}/support`;
    await browser.get(NEW);
    for (const reply of [
      await browser.get(start),
      await browser.get(`${start}/email`),
      await browser.post(start, { text: '' }),
    ])
      expect(location(reply)).toBe(`/priorities/${priority.id}`);
  });

  test('that closes while somebody writes leads to its page, and counts nobody', async () => {
    const priority = await world.addPriority();
    const start = `/priorities/${priority.id}/support`;
    await browser.get(start);
    const check = await onwards(await browser.post(start, { text: '' }), { email: '' });
    await world.facts.commit([world.priorities.toChange({ ...priority, status: 'achieved' })]);
    expect(location(await browser.post(location(check), {}))).toBe(`/priorities/${priority.id}`);
    expect(await world.supporters.countsOf(WARD)).toEqual(new Map());
  });

  test('that closes after it was sent still leads to the reference', async () => {
    const priority = await world.addPriority();
    const start = `/priorities/${priority.id}/support`;
    await browser.get(start);
    const check = await onwards(await browser.post(start, { text: '' }), { email: '' });
    const received = await browser.post(location(check), {});
    await world.facts.commit([world.priorities.toChange({ ...priority, status: 'achieved' })]);
    expect(location(await browser.post(location(check), {}))).toBe(location(received));
    expect(location(await browser.get(location(check)))).toBe(location(received));
    expect((await browser.follow(received)).statusCode).toBe(200);
  });
});

describe('a draft', () => {
  test('is found by nobody else, whoever has its address', async () => {
    const check = await fillIn('Secret words.');
    const stranger = world.visitor();
    await stranger.get(NEW);
    for (const step of ['', '/category', '/email', '/check', '/received']) {
      const address = location(check).replace('/check', step);
      const reply = await stranger.get(address);
      expect(reply.body).not.toContain('Secret words');
      if (step !== '') expect([NEW, `/areas/${WARD}`]).toContain(location(reply));
    }
    await stranger.post(location(check), {});
    expect(await world.left()).toEqual([]);
  });

  test('of one area is none of another, and none of a priority', async () => {
    const priority = await world.addPriority();
    const query = location(await fillIn('Secret words.')).replace(/^[^?]*/, '');
    for (const start of [`/areas/${OTHER_WARD}/priorities/new`, `/priorities/${priority.id}/support`]) {
      expect((await browser.get(`${start}${query}`)).body).not.toContain('Secret words');
      expect(location(await browser.get(`${start}/check${query}`))).toBe(start);
    }
  });

  test('is gone some hours after it was last saved', async () => {
    const check = await fillIn();
    for (let hour = 0; hour < 3; hour += 1) {
      world.clock.advance(1.5);
      await browser.get('/areas');
      await browser.get(NEW);
    }
    expect(location(await browser.get(location(check)))).toBe(NEW);
  });

  test.each(['x', '__proto__', 'constructor', 'toString'])(
    'that are not there stay so, draft or not: %s',
    async (step) => {
      await browser.get(NEW);
      const [, query = ''] = location(await browser.post(NEW, { text: TEXT })).split('?');
      const address = `${NEW}/${step}?${query}`;
      expect((await browser.get(address)).statusCode).toBe(404);
      expect((await browser.post(address, {})).statusCode).toBe(404);
    },
  );
});

describe('areas', () => {
  test('that were replaced take nothing and lead to the page that says so', async () => {
    const start = `/areas/${GONE_WARD}/priorities/new`;
    expect(location(await browser.get(start))).toBe(`/areas/${GONE_WARD}`);
    const page = (await browser.get(`/areas/${GONE_WARD}`)).body;
    expect(page).toContain('5 May 2022');
    expect(page).toContain(`href="/areas/${WARD}"`);
  });

  test('that are boroughs take nothing', async () => {
    expect((await browser.get(`/areas/${BOROUGH}/priorities/new`)).statusCode).toBe(404);
  });

  test('are searched for, and what was searched for is shown as text', async () => {
    expect((await browser.get('/areas?q=millbrok')).body).toContain(`href="/areas/${WARD}"`);
    for (const query of [
      '<script>alert(1)</script>',
      '"><b>',
      `${'a'.repeat(99)}😀`,
      '\u0000',
      '%ED%A0%BD',
      '&q=2',
    ]) {
      const reply = await browser.get(
        `/areas?q=${query.startsWith('%') ? query : encodeURIComponent(query)}`,
      );
      expect(reply.statusCode).toBe(200);
      expect(reply.body.isWellFormed()).toBe(true);
      expect(reply.body).not.toMatch(/<script>alert|"><b>/);
    }
  });

  test('show their priorities, and how many are behind each', async () => {
    const open = await world.addPriority({ title: 'Open & <here>' });
    const past = await world.addPriority({ title: 'Long ago', status: 'achieved' });
    await world.facts.commit([world.supporters.toCount(WARD, open.id, 1)]);
    const { body } = await browser.get(`/areas/${WARD}`);
    expect(body).toContain('Open &amp; &lt;here&gt;');
    expect(body).toContain('1 person is behind this');
    expect(body.indexOf(open.id)).toBeLessThan(body.indexOf('Achieved and closed'));
    expect(body.indexOf(past.id)).toBeGreaterThan(body.indexOf('Achieved and closed'));
  });
});

test('what somebody typed is in no line of the log', async () => {
  const check = await fillIn('canary words', 'canary@example.org');
  await browser.post(location(check), {});
  await browser.get('/areas?q=canary');
  await browser.post(NEW, { text: `canary ${'x'.repeat(2000)}` });
  world.facts.commit = () => Promise.reject(new Error('canary words\n    at canary (canary:1:1)'));
  const other = await fillIn('canary again');
  expect((await browser.post(location(other), {})).statusCode).toBe(500);
  expect(world.lines.length).toBeGreaterThan(8);
  expect(JSON.stringify(world.lines)).not.toContain('canary');
});
