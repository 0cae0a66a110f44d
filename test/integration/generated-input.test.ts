import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { getExactly, type Visitor } from '#test/support/http-client.ts';
import { type Ground, openProduct } from '#test/support/product-laptop.ts';
import { publicRoutes } from '#web/public-routes.ts';
import { staffRoutes } from '#web/staff-routes.ts';
import { subscriptionRoutes } from '#web/subscription-routes.ts';
import { leaveOwn, openSubmission, prepareOwn, prepareSupport } from './support/steps.ts';

/** FOLKMOOT_SEED repeats a run; FOLKMOOT_BODIES makes it longer. */
const SEED = Number(process.env.FOLKMOOT_SEED ?? Date.now() % 2 ** 31);
const BODIES = Number(process.env.FOLKMOOT_BODIES ?? 60);

const laptop = openProduct();
const nothing = {} as never;
const routes = [...publicRoutes(nothing), ...subscriptionRoutes(nothing), ...staffRoutes(nothing)];
const posts = routes.filter(({ method, path }) => method === 'POST' && path !== '/sign-out');
const gets = routes.filter(({ method }) => method === 'GET');

let ground: Ground;
let person: Visitor;
let coordinator: Visitor;
/** What may stand for each parameter of a path: things that are there. */
let real: Readonly<Record<string, readonly string[]>>;
let drafts: readonly string[];

beforeAll(async () => {
  console.info(`FOLKMOOT_SEED=${SEED}`);
  ground = await laptop.addBorough('Randomley', ['Anything']);
  const ward = ground.wards[0]?.code ?? '';
  coordinator = await laptop.staff('coordinator');
  person = laptop.visitor();
  const { reference } = await leaveOwn(person, ward, { text: 'To be adopted' });
  const decision = { decision: 'adopt', title: 'Random', description: 'For generated forms.' };
  const page = await coordinator.submit(await openSubmission(laptop, coordinator, reference), decision);
  expect(page.status).toBe(200);
  const { priorities, submissions } = await laptop.store();
  const [priority] = await priorities.ofArea(ward);
  const submission = await submissions.findByReference(reference);
  const mailing = { subject: 'Random', source: 'Words', kind: 'wrote', areas: ground.borough.code };
  const drafted = await coordinator.submit(await coordinator.open('/staff/mailings/new'), mailing);
  const own = await prepareOwn(person, ward, { text: 'A draft' });
  const supporting = await prepareSupport(person, priority?.id ?? '', { text: 'A draft' });
  drafts = [own, supporting].map(({ url }) => url.searchParams.get('draft') ?? '');
  real = {
    code: [ward, ground.borough.code],
    priorities: [priority?.id ?? '', submission?.id ?? ''],
    submissions: [submission?.id ?? '', priority?.id ?? ''],
    mailings: [drafted.url.pathname.split('/').at(-1) ?? '', submission?.id ?? ''],
    step: ['category', 'email', 'check', 'warning', 'received'],
  };
});

const unit = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        '',
        '0',
        '1',
        '2',
        '-1',
        '1e309',
        'NaN',
        'null',
        'undefined',
        'true',
        '[]',
        '{}',
        '[object Object]',
      ],
      ...['join', 'adopt', 'pass-on', 'not-take-up', 'closed', 'in-progress', 'adopted', 'yes', 'drugs'],
      ...['wrote', 'subscribed', 'everywhere', 'news', 'now', 'later', 'E09000007', '9:30am', '2027'],
      ...['news', 'meetings', 'weekly', 'everywhere', 'E05013655', 'find', 'save', 'leave'],
      ...['a@example.org', '<script>alert(1)</script>', "' OR 1=1 --", '\0', '\r\n', '\u202E', '%00', '%s%n'],
      ...['../../etc/passwd', '{{7*7}}', 'x'.repeat(1001), '\uD83D\uDCA1'.repeat(500)],
    ),
  },
);
const name = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      ...['text', 'category', 'email', 'version', 'decision', 'priority', 'title', 'description', 'to'],
      ...['reason', 'answer', 'change', 'update', 'status', 'closedReason'],
      ...['subject', 'source', 'kind', 'areas', 'topics', 'when', 'at-day', 'at-month', 'at-year', 'time'],
      ...['topics', 'areas', 'frequency', 'q', 'action', 'key'],
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'csrf', '', 'text[]', 'text.x') },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
);
const fields = fc.array(fc.tuple(name, unit), { maxLength: 15 });

/** Percent-encoded as browsers do, and now and then bytes that are no UTF-8. */
const encoded = fc.tuple(
  fields,
  fc.constantFrom('', '', '', '&text=%ED%A0%80', '&=%', '&%00=%FF', '&&&', '&a'),
);

const parameter = (wanted: string): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.nat(4) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', '..', '\0', '💡', '%'),
      },
      {
        weight: 1,
        arbitrary: fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.toWellFormed()),
      },
    )
    .map((chosen) => (typeof chosen === 'string' ? chosen : (real[wanted]?.[chosen] ?? '')));

/** An address of a route, with things that are there and things that are not. */
const address = (path: string): fc.Arbitrary<string> => {
  const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, key]) => key ?? '');
  const kind = ['submissions', 'mailings'].find((known) => path.includes(known)) ?? 'priorities';
  return fc
    .tuple(...wanted.map((key) => parameter(key === 'id' ? kind : key)))
    .map((values) =>
      wanted.reduce(
        (filled, key, at) => filled.replace(`{${key}}`, () => encodeURIComponent(values[at] ?? '')),
        path,
      ),
    );
};

const draftQuery = fc.nat(4).map((at) => (drafts[at] ? `?draft=${drafts[at]}` : at > 3 ? '?from=check' : ''));

/** Lone surrogates have no form in an address; `encoded` brings their bytes instead. */
const wellFormed = (pairs: readonly (readonly [string, string])[]): [string, string][] =>
  pairs.map(([key, value]) => [key.toWellFormed(), value.toWellFormed()]);

const tokenOf = async (sender: Visitor, page: string): Promise<string> =>
  sender.fill(await sender.open(page)).body.get('csrf') ?? '';

const settings = { seed: SEED, numRuns: BODIES, endOnFailure: true } as const;

/** What no answer may do, whatever was asked. */
function checkAnswer(asked: string, status: number, source: string): void {
  expect(status, `${asked} was answered with ${status}`).toBeLessThan(500);
  expect(source).not.toMatch(/<script>alert|\n\s+at .+:\d+:\d+/);
}

describe(`whatever is sent, there is no fault (seed ${SEED})`, () => {
  test.each(posts)(`${BODIES} generated bodies: POST $path`, async ({ path, may }) => {
    const sender = may === 'anyone' ? person : coordinator;
    const token = await tokenOf(
      sender,
      may === 'anyone' ? `/areas/${real.code?.[0]}/priorities/new` : '/staff',
    );
    await fc.assert(
      fc.asyncProperty(address(path), draftQuery, encoded, async (where, query, [pairs, odd]) => {
        const body = `${new URLSearchParams([['csrf', token], ...wellFormed(pairs)])}${odd}`;
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        const response = await sender.send(`${where}${query}`, { method: 'POST', body, headers });
        checkAnswer(`POST ${where}${query} ${body}`, response.status, await response.text());
      }),
      settings,
    );
  });

  test.each(gets)(`${BODIES} generated queries: GET $path`, async ({ path }) => {
    await fc.assert(
      fc.asyncProperty(address(path), fields, draftQuery, async (where, pairs, query) => {
        const asked = `${where}${query}${query ? '&' : '?'}${new URLSearchParams(wellFormed(pairs))}&q=&after=%00`;
        // The sign-in would open a session of its own at each request: it goes without cookies.
        const sender = path.startsWith('/staff') ? coordinator : person;
        const cookie = path.startsWith('/sign-in') ? '' : sender.cookie;
        const { status, source } = await getExactly(laptop.url, asked, { cookie });
        checkAnswer(`GET ${asked}`, status, source);
      }),
      settings,
    );
  });
});
