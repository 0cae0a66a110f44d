import { beforeAll, describe, expect, test } from 'vitest';
import { getExactly, type PageSeen, Visitor } from '#test/support/http-client.ts';
import { type Ground, openProduct } from '#test/support/product-laptop.ts';
import { leaveOwn, openSubmission, prepareOwn, sendPrepared, support } from './support/steps.ts';

const laptop = openProduct();

let ground: Ground;
let ward: string;
let start: string;

beforeAll(async () => {
  ground = await laptop.addBorough('Badham', ['Oddly', 'Closedown', 'Bygone']);
  ward = ground.wards[0]?.code ?? '';
  start = `/areas/${ward}/priorities/new`;
});

/** How many submissions wait in the borough of these tests. */
const countStored = async (): Promise<number> => {
  const { submissions } = await laptop.store();
  return (await submissions.inbox([ground.borough.code], { after: null, size: 1000 })).items.length;
};

/** Fails unless nothing is stored by what is done. */
async function storesNothing<T>(work: () => Promise<T>): Promise<T> {
  const before = await countStored();
  const result = await work();
  expect(await countStored()).toBe(before);
  return result;
}

const polyglot =
  'jaVasCript:/*-/*`/*\\`/*\'/*"/**/(/* */oNcliCk=alert() )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd=alert()//>\\x3e"><img src=x onerror=alert(1)>{{7*7}}#{7*7}';

const scripts = (page: PageSeen) => page.html.attributes.filter(([name]) => name.startsWith('on'));

describe('what is typed on the first page', () => {
  test.each([
    { what: 'nothing', text: '', error: 'Enter what the local team should work on' },
    { what: 'blanks', text: ' \n\t\u00A0\u3000 ', error: 'Enter what the local team should work on' },
    { what: 'nothing but NUL', text: '\0\0', error: 'Enter what the local team should work on' },
    {
      what: '1,001 characters',
      text: 'x'.repeat(1001),
      error:
        'What the local team should work on must be 1,000 characters or fewer. It is 1 character too long',
    },
    {
      what: '1,001 emoji families',
      text: '👨‍👩‍👧‍👦'.repeat(1001),
      error:
        'What the local team should work on must be 1,000 characters or fewer. It is 1 character too long',
    },
  ])('$what: the page says so at the field, and keeps what was typed', async ({ text, error }) => {
    const person = laptop.visitor();
    const first = await person.open(start);
    const page = await storesNothing(() => person.submit(first, { text }));
    expect(page.status).toBe(400);
    expect(page.html.title).toMatch(/^Error: /);
    expect(page.html.errors).toEqual([{ text: error, field: 'text' }]);
    expect(page.html.byClass('govuk-error-message').join()).toContain(error);
    const typed = new Map(page.html.forms.find(({ names }) => names.has('text'))?.values).get('text') ?? '';
    if (text.length > 100) expect(typed).toBe(text);
    expect(page.url.pathname).toBe(start);
  });

  test.each([
    { what: '1,000 characters', text: 'y'.repeat(1000) },
    { what: '1,000 flags of several code points', text: '🏴󠁧󠁢󠁷󠁬󠁳󠁿'.repeat(200) },
    { what: 'markup and an XSS polyglot', text: polyglot },
    { what: 'right-to-left text', text: 'السلام عليكم — שלום ‏(12)‏ and back' },
    { what: 'zero-width characters and overrides', text: 'a\u200Bb\u200Dc\uFEFFd\u202Etxet\u202C' },
    { what: 'emoji', text: 'Lamp 💡 by the 🏠 👩🏽‍🚒' },
    {
      what: 'quotation marks and what templates are made of',
      text: `"'\`{{ site }}{% raw %}\${1}#{2}<%= 3 %>`,
    },
    { what: 'CSV formulas', text: '=HYPERLINK("http://x.example","y")\n+1\n-1\n@SUM(A1)' },
    { what: 'lines that look like headers', text: 'Subject: hello\nBcc: x@example.org\n\nFrom me' },
  ])('$what: stored and mailed as it is, and nothing of it is markup', async ({ what, text }) => {
    const email = ground.address(what.replace(/[^a-z0-9]+/gi, '-').toLowerCase());
    const { reference } = await leaveOwn(laptop.visitor(), ward, { text, email });
    const coordinator = await laptop.staff('coordinator');
    const page = await openSubmission(laptop, coordinator, reference);
    expect(page.html.byClass('app-typed')).toContain(text);
    expect(scripts(page)).toEqual([]);
    expect([...page.html.elements].filter((name) => ['img', 'style', 'iframe'].includes(name))).toEqual([]);
    const [mail] = await laptop.waitForMail(1, email);
    for (const line of text.split('\n')) expect(mail?.text).toContain(`> ${line}`);
    expect(mail?.html).not.toMatch(/<img|<sVg|onerror=alert\(1\)>(?!&)/);
    expect(Object.keys(mail?.headers ?? {}).filter((name) => /^bcc$/i.test(name))).toEqual([]);
    expect(mail?.to).toEqual([email]);
  });

  test('lone surrogates and control characters are made harmless, and the rest is kept', async () => {
    const person = laptop.visitor();
    const page = await person.open(start);
    const { body } = person.fill(page, { text: 'TEXT' });
    // CESU-8 of a lone high surrogate, an overlong slash, NUL and a bell between words.
    const raw = body.toString().replace('TEXT', 'before%ED%A0%80%C0%AF%00%07after%0D%0Anext');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const next = await person.open(start, { method: 'POST', body: raw, headers });
    expect(next.status).toBe(200);
    const check = await person.open(`${start}/check?draft=${next.url.searchParams.get('draft')}`);
    const { reference } = await sendPrepared(person, check);
    const stored = await (await laptop.store()).submissions.findByReference(reference);
    expect(stored?.text).toMatch(/^before\uFFFD+after\nnext$/);
  });

  test('a megabyte is refused with a page that says that it was too much', async () => {
    const person = laptop.visitor();
    const first = await person.open(start);
    const page = await storesNothing(() => person.submit(first, { text: 'm'.repeat(1_000_000) }));
    expect(page.status).toBe(413);
    expect(page.html.heading).toBe('That was too much to send');
  });

  test('10,000 fields are refused with the same page', async () => {
    const person = laptop.visitor();
    const first = await person.open(start);
    const { url, body } = person.fill(first, { text: 'short' });
    for (let number = 0; number < 10_000; number += 1) body.append(`f${number}`, '1');
    const page = await storesNothing(() => person.open(url, { method: 'POST', body }));
    expect(page.status).toBe(413);
    expect(page.html.heading).toBe('That was too much to send');
  });

  test('a field that comes twice is refused at the field', async () => {
    const person = laptop.visitor();
    const first = await person.open(start);
    const { url, body } = person.fill(first, { text: 'one' });
    body.append('text', 'two');
    const page = await storesNothing(() => person.open(url, { method: 'POST', body }));
    expect(page.status).toBe(400);
    expect(page.html.errors).toEqual([
      { text: 'This field was sent more than once. Fill it in once and send the form again', field: 'text' },
    ]);
  });

  test('names that mean something to JavaScript mean nothing here', async () => {
    const person = laptop.visitor();
    const check = await prepareOwn(person, ward, { text: 'Prototypes' });
    const { url, body } = person.fill(check);
    for (const name of ['__proto__', 'constructor', 'toString', '__proto__[status]', 'hasOwnProperty']) {
      body.append(name, 'polluted');
    }
    const page = await person.open(url, { method: 'POST', body });
    expect(page.html.heading).toContain('We have your priority');
    const after = await laptop.visitor().open(start);
    expect(after.status).toBe(200);
    expect(after.source).not.toContain('polluted');
  });
});

describe('what is typed as an address', () => {
  test.each([
    { what: 'no address', email: 'not an address' },
    { what: 'a second header', email: 'x@example.org\r\nBcc: everybody@example.org' },
    { what: 'an encoded second header', email: 'x@example.org%0d%0aBcc:y@example.org' },
    { what: 'two addresses', email: 'x@example.org,y@example.org' },
    { what: 'a name before the address', email: 'Somebody <x@example.org>' },
    { what: 'markup', email: '"><script>alert(1)</script>@example.org' },
    { what: 'letters beyond ASCII', email: 'jürgen@example.org' },
    { what: 'a look-alike at sign', email: 'x＠example.org' },
    { what: '255 characters', email: `${'a'.repeat(243)}@example.org` },
    { what: 'a route', email: '@a.example,@b.example:x@example.org' },
  ])('$what: refused at the field, kept as typed', async ({ email }) => {
    const person = laptop.visitor();
    const first = await person.open(start);
    const second = await person.submit(first, { text: 'Something to write about' });
    const third = await person.submit(second, { category: '' });
    const page = await storesNothing(() => person.submit(third, { email }));
    expect(page.status).toBe(400);
    expect(page.html.errors).toEqual([
      {
        text: 'Enter an e-mail address in the correct format, like name@example.com, or leave it empty',
        field: 'email',
      },
    ]);
    const form = page.html.forms.find(({ names }) => names.has('email'));
    const kept = new Map(form?.values).get('email') ?? '';
    expect(kept).toBe(email.replaceAll('\r\n', '\n'));
    expect(scripts(page)).toEqual([]);
  });
});

describe('a category that is not in the list', () => {
  test('is refused at the field', async () => {
    const person = laptop.visitor();
    const first = await person.open(start);
    const second = await person.submit(first, { text: 'Something to sort' });
    const page = await person.submit(second, { category: '<script>' });
    expect(page.status).toBe(400);
    expect(page.html.errors).toEqual([
      { text: 'Select what it is about from the list, or leave it empty', field: 'category' },
    ]);
  });
});

describe('what comes with the form', () => {
  const post = async (change: (body: URLSearchParams) => void, person = laptop.visitor()) => {
    const first = await person.open(start);
    const { url, body } = person.fill(first, { text: 'Token test' });
    change(body);
    return storesNothing(() => person.open(url, { method: 'POST', body }));
  };

  test.each([
    { what: 'no token', change: (body: URLSearchParams) => body.delete('csrf') },
    { what: 'an empty token', change: (body: URLSearchParams) => body.set('csrf', '') },
    { what: 'a wrong token', change: (body: URLSearchParams) => body.set('csrf', 'A'.repeat(43)) },
    { what: 'two tokens', change: (body: URLSearchParams) => body.append('csrf', body.get('csrf') ?? '') },
  ])('$what: 403, and a page that says what to do', async ({ change }) => {
    const page = await post(change);
    expect(page.status).toBe(403);
    expect(page.html.heading).toBe('Your visit has ended');
  });

  test('somebody else’s token: 403', async () => {
    const other = laptop.visitor();
    const foreign = other.fill(await other.open(start)).body.get('csrf') ?? '';
    const page = await post((body) => body.set('csrf', foreign));
    expect(page.status).toBe(403);
  });

  test('a token without its cookie: 403', async () => {
    const person = laptop.visitor();
    const { url, body } = person.fill(await person.open(start), { text: 'No cookie' });
    const page = await storesNothing(() => laptop.visitor().open(url, { method: 'POST', body }));
    expect(page.status).toBe(403);
  });

  test('a form on another site: 403, token or not', async () => {
    const person = laptop.visitor();
    const { url, body } = person.fill(await person.open(start), { text: 'From elsewhere' });
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    const page = await storesNothing(() => person.open(url, { method: 'POST', body, headers }));
    expect(page.status).toBe(403);
  });

  test.each([
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/x-www-form-urlencoded-not',
  ])('the content type %s: 400, and a page that says so', async (type) => {
    const person = laptop.visitor();
    const { url, body } = person.fill(await person.open(start), { text: 'Wrong type' });
    const init = { method: 'POST', body: body.toString(), headers: { 'content-type': type } };
    const page = await storesNothing(() => person.open(url, init));
    expect(page.status).toBe(400);
    expect(page.html.heading).toBe('We could not read that form');
  });
});

describe('an area or a priority that takes nothing', () => {
  test.each([
    { what: 'never was', code: 'E05999999' },
    { what: 'is a word', code: 'nowhere' },
    { what: 'is a word of JavaScript', code: '__proto__' },
    { what: 'is another one', code: 'constructor' },
    { what: 'ends with NUL', code: 'E05013655%00' },
    { what: 'has 3,000 digits', code: `E0${'5'.repeat(3000)}` },
  ])('an area that $what: 404', async ({ code }) => {
    const page = await laptop.visitor().open(`/areas/${code}/priorities/new`);
    expect(page.status).toBe(404);
    expect(page.html.heading).toBe('Page not found');
  });

  test('a borough has no form of its own: 404', async () => {
    const page = await laptop.visitor().open(`/areas/${ground.borough.code}/priorities/new`);
    expect(page.status).toBe(404);
  });

  test('an area that is superseded while somebody writes: the page says which took its place, nothing is stored', async () => {
    const bygone = ground.wards[2];
    if (!bygone) throw new Error('There is no third ward');
    const person = laptop.visitor();
    const check = await prepareOwn(person, bygone.code, { text: 'For a ward that goes' });
    await laptop.saveAreas([{ ...bygone, superseded: { on: '2027-03-01', by: [ward] } }]);
    const page = await storesNothing(() => person.submit(check));
    expect(page.status).toBe(200);
    expect(page.html.heading).toBe('This area has changed');
    expect(page.html.links.map(({ href }) => href)).toContain(`/areas/${ward}`);
    expect((await laptop.visitor().open(`/areas/${bygone.code}/priorities/new`)).url.pathname).toBe(
      `/areas/${bygone.code}`,
    );
  });

  test('a priority that is closed while somebody supports it: the page says so, nobody is counted', async () => {
    const closing = ground.wards[1]?.code ?? '';
    const coordinator = await laptop.staff('coordinator');
    const { reference } = await leaveOwn(laptop.visitor(), closing, { text: 'Soon done' });
    await coordinator.submit(await openSubmission(laptop, coordinator, reference), {
      decision: 'adopt',
      title: 'Soon done',
      description: 'It will not take long.',
    });
    const [priority] = await (await laptop.store()).priorities.ofArea(closing);
    const person = laptop.visitor();
    const form = await person.open(`/priorities/${priority?.id}/support`);
    await support(laptop.visitor(), priority?.id ?? '');
    const next = await person.submit(form, { text: 'Me too' });
    const check = await person.submit(next, { email: '' });
    const news = await coordinator.open(`/staff/priorities/${priority?.id}`);
    await coordinator.submit(news, { status: 'closed', closedReason: 'Done.' });
    const page = await storesNothing(() => person.submit(check));
    expect(page.url.pathname).toBe(`/priorities/${priority?.id}`);
    expect(page.html.text).toContain('takes no more support');
    expect(page.html.text).toContain('2 people are behind this');
  });
});

describe('what belongs to somebody else', () => {
  test('a draft: the address of somebody else’s leads to an empty form', async () => {
    const owner = laptop.visitor();
    const check = await prepareOwn(owner, ward, {
      text: 'A private thought',
      email: ground.address('owner'),
    });
    const stranger = laptop.visitor();
    await stranger.open(start);
    for (const step of ['', '/category', '/email', '/check', '/received', '/warning']) {
      const page = await stranger.open(`${start}${step}${check.url.search}`);
      expect([200, 404]).toContain(page.status);
      expect(page.source).not.toContain('private thought');
      expect(page.source).not.toContain('owner-');
    }
    const csrf = stranger.fill(await stranger.open(start)).body.get('csrf') ?? '';
    await storesNothing(() =>
      stranger.open(check.url, { method: 'POST', body: new URLSearchParams({ csrf }) }),
    );
  });

  test('a draft of another area: it cannot be sent there', async () => {
    const person = laptop.visitor();
    const check = await prepareOwn(person, ward, { text: 'Meant for Oddly' });
    const { body } = person.fill(check);
    const elsewhere = `/areas/${ground.wards[1]?.code}/priorities/new/check${check.url.search}`;
    const page = await storesNothing(() => person.open(elsewhere, { method: 'POST', body }));
    expect(page.html.heading).toBe('What should the local team work on?');
  });

  test('a submission of another borough: 404 for those who may not read it, whatever they do', async () => {
    const { reference } = await leaveOwn(laptop.visitor(), ward, { text: 'Not for Camden' });
    const stored = await (await laptop.store()).submissions.findByReference(reference);
    const practitioner = await laptop.staff('practitioner');
    const csrf = practitioner.fill(await practitioner.open('/staff')).body.get('csrf') ?? '';
    const path = `/staff/submissions/${stored?.id}`;
    const form = {
      csrf,
      version: '1',
      decision: 'not-take-up',
      reason: 'Mine now',
      answer: 'Words of a stranger',
    };
    for (const address of [path, `${path}/answer`]) {
      expect((await practitioner.open(address)).status).toBe(404);
    }
    for (const address of [path, `${path}/answer`, `${path}/answer/send`]) {
      const body = new URLSearchParams(form);
      expect((await practitioner.open(address, { method: 'POST', body })).status).toBe(404);
    }
    expect((await (await laptop.store()).submissions.findByReference(reference))?.version).toBe(1);
  });
});

describe('strange addresses', () => {
  test.each([
    '/areas/../../etc/passwd',
    '/areas/..%2f..%2fetc%2fpasswd',
    '/areas/%2e%2e/%2e%2e/etc/passwd',
    '/areas/....//....//etc/passwd',
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/priorities/%00',
    '/priorities/%0d%0aset-cookie:x=1',
    '/priorities/..%5c..%5cwindows',
    '/priorities/%F0%28%8C%28',
    '/priorities/%',
    '/areas/%E2%80%AE',
    '//evil.example/areas',
    '/\\evil.example',
    '/sign-in/callback/../../staff',
    '/staff/submissions/..%2f..%2f',
    '/nothing-here',
    '/.env',
    '/.git/config',
  ])('%s: a plain answer below 500, and nothing of the machine', async (path) => {
    const { status, source, headers } = await getExactly(laptop.url, path);
    expect(status).toBeLessThan(500);
    expect(source).not.toMatch(/root:x:|"dependencies"|TABLE_NAME|\n\s+at .+:\d+:\d+/);
    expect(headers.location ?? '/').toMatch(/^\/(?!\/)/);
    expect(String(headers['set-cookie'] ?? '')).not.toContain('x=1');
  });

  test.each([
    { what: 'an area', path: (long: string) => `/areas/${long}` },
    { what: 'a search', path: (long: string) => `/areas?q=${long}` },
    { what: 'a priority', path: (long: string) => `/priorities/${long}` },
    { what: 'a draft', path: (long: string) => `/areas/${ward}/priorities/new?draft=${long}` },
    { what: 'a cursor', path: (long: string) => `/staff/inbox?after=${long}` },
  ])('$what of 8,000 characters: an answer below 500', async ({ path }) => {
    const coordinator = await laptop.staff('coordinator');
    for (const long of ['a'.repeat(8000), '%F0%9F%92%A1'.repeat(600), '%00'.repeat(2500)]) {
      const { status } = await getExactly(laptop.url, path(long), { cookie: coordinator.cookie });
      expect(status).toBeLessThan(500);
    }
  });

  test('a search shows what was searched for as text', async () => {
    const page = await laptop.visitor().open(`/areas?q=${encodeURIComponent(polyglot)}`);
    expect(page.status).toBe(200);
    expect(scripts(page)).toEqual([]);
    expect([...page.html.elements]).not.toContain('img');
  });

  test('strange cookies open nothing and break nothing', async () => {
    const cookies = [
      '__Host-session=',
      `__Host-session=${'A'.repeat(43)}`,
      `__Host-session=${'A'.repeat(5000)}`,
      '__Host-session=../../etc/passwd',
      '__Host-session=%00; __Host-session=x',
      'a=b; ; ;=;;',
      `${'x=y; '.repeat(200)}z=1`,
    ];
    for (const cookie of cookies) {
      const person = new Visitor(laptop.url, cookie);
      const page = await person.open(start);
      expect(page.status).toBe(200);
      const answer = await getExactly(laptop.url, '/staff', { cookie });
      expect([answer.status, String(answer.headers.location)]).toEqual([303, '/sign-in?returnTo=%2Fstaff']);
    }
  });
});
