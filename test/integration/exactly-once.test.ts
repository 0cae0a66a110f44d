import { beforeAll, describe, expect, test } from 'vitest';
import type { Submission } from '#domain/priorities/submission.ts';
import type { Page } from '#domain/shared/paged.ts';
import { inParallel, type Visitor } from '#test/support/http-client.ts';
import { type Ground, openProduct } from '#test/support/product-laptop.ts';
import { openSubmission, prepareOwn, readReference } from './support/steps.ts';

/** FOLKMOOT_SUBMISSIONS=1000 posts as many as the quality page asks for: minutes on two cores. */
const SUBMISSIONS = Number(process.env.FOLKMOOT_SUBMISSIONS ?? 300);
const SUPPORTERS = Math.ceil(SUBMISSIONS / 10);
const TIMES = 3;
const PEOPLE = 20;
const AT_ONCE = 12;

const laptop = openProduct();
let ground: Ground;

beforeAll(async () => {
  ground = await laptop.addBorough('Onceham', ['Threefold', 'Counted']);
});

interface Prepared {
  readonly person: Visitor;
  readonly check: URL;
  readonly csrf: string;
}

interface Crowd {
  readonly person: Visitor;
  readonly csrf: string;
}

/** Some people, each with a visit and the token of its forms. */
const gather = (start: string): Promise<Crowd[]> =>
  inParallel(Array.from({ length: PEOPLE }), PEOPLE, async () => {
    const person = laptop.visitor();
    const page = await person.open(start);
    return { person, csrf: person.fill(page, {}).body.get('csrf') ?? '' };
  });

/** Types a text on the first page of a form; the draft is then ready to be sent. */
async function prepare({ person, csrf }: Crowd, start: string, text: string): Promise<Prepared> {
  const body = new URLSearchParams({ csrf, text });
  const response = await person.send(start, { method: 'POST', body });
  const draft = new URL(response.headers.get('location') ?? '', laptop.url).searchParams.get('draft') ?? '';
  expect([response.status, draft.length]).toEqual([303, 43]);
  return { person, csrf, check: new URL(`${start}/check?draft=${draft}`, laptop.url) };
}

/** Presses "Send": a second tab, a reload and a retry at the same moment. */
async function sendThrice({ person, check, csrf }: Prepared): Promise<string> {
  const press = async () => {
    const response = await person.send(check, { method: 'POST', body: new URLSearchParams({ csrf }) });
    expect(response.status).toBe(303);
    return response.headers.get('location') ?? '';
  };
  const places = await Promise.all(Array.from({ length: TIMES }, press));
  expect(new Set(places).size).toBe(1);
  return readReference(await person.open(places[0] ?? ''));
}

/** Everything that waits for an answer in the borough of this test. */
async function inbox(): Promise<Submission[]> {
  const { submissions } = await laptop.store();
  const found: Submission[] = [];
  let page: Page | null = { after: null, size: 200 };
  while (page) {
    const { items, next }: Awaited<ReturnType<typeof submissions.inbox>> = await submissions.inbox(
      [ground.borough.code],
      page,
    );
    found.push(...items);
    page = next === null ? null : { after: next, size: 200 };
  }
  return found;
}

describe('a button that is pressed three times at once', () => {
  test(`${SUBMISSIONS} submissions, each posted three times at once: exactly ${SUBMISSIONS} are stored, each under the one reference that all three got`, async () => {
    const start = `/areas/${ground.wards[0]?.code}/priorities/new`;
    const crowd = await gather(start);
    const texts = Array.from({ length: SUBMISSIONS }, (_, index) => `Said once, number ${index}`);
    const given = new Map<string, string>();
    await inParallel(texts, AT_ONCE, async (text, index) => {
      const prepared = await prepare(crowd[index % PEOPLE] as Crowd, start, text);
      given.set(await sendThrice(prepared), text);
    });
    const stored = new Map((await inbox()).map(({ reference, text }) => [reference, text]));
    expect(given.size).toBe(SUBMISSIONS);
    expect((await inbox()).length).toBe(SUBMISSIONS);
    expect(stored).toEqual(given);
  }, 900_000);

  test(`${SUPPORTERS} people support a priority, each posted three times at once: ${SUPPORTERS + 1} are behind it`, async () => {
    const ward = ground.wards[1]?.code ?? '';
    const { reference } = await leaveAndAdopt(ward);
    const [priority] = await (await laptop.store()).priorities.ofArea(ward);
    const start = `/priorities/${priority?.id}/support`;
    const crowd = await gather(start);
    const references = await inParallel(Array.from({ length: SUPPORTERS }), AT_ONCE, async (_, index) =>
      sendThrice(await prepare(crowd[index % PEOPLE] as Crowd, start, '')),
    );
    expect(new Set([...references, reference]).size).toBe(SUPPORTERS + 1);
    const page = await laptop.visitor().open(`/priorities/${priority?.id}`);
    expect(page.html.text).toContain(`${SUPPORTERS + 1} people are behind this`);
  });
});

async function leaveAndAdopt(ward: string): Promise<{ reference: string }> {
  const person = laptop.visitor();
  const check = await prepareOwn(person, ward, { text: 'Counted properly' });
  const page = await person.submit(check);
  const reference = readReference(page);
  const coordinator = await laptop.staff('coordinator');
  const submission = await openSubmission(laptop, coordinator, reference);
  await coordinator.submit(submission, {
    decision: 'adopt',
    title: 'Counted',
    description: 'Everybody counts once.',
  });
  return { reference };
}

test('the same draft with other words is refused once it was sent', async () => {
  const start = `/areas/${ground.wards[1]?.code}/priorities/new`;
  const [somebody] = await gather(start);
  const prepared = await prepare(somebody as Crowd, start, 'First words');
  const reference = await sendThrice(prepared);
  const { person, check, csrf } = prepared;
  const body = new URLSearchParams({ csrf, text: 'Other words' });
  const draft = check.searchParams.get('draft');
  const changed = await person.open(`${start}?draft=${draft}`, { method: 'POST', body });
  expect(readReference(changed)).toBe(reference);
  const stored = (await inbox()).filter(({ reference: its }) => its === reference);
  expect(stored.map(({ text }) => text)).toEqual(['First words']);
});

test('a decision and an answer that are posted three times at once are made and mailed once', async () => {
  const ward = ground.wards[1]?.code ?? '';
  const email = ground.address('answered-once');
  const person = laptop.visitor();
  const check = await prepareOwn(person, ward, { text: 'Answer me once', email });
  const reference = readReference(await person.submit(check));
  const coordinator = await laptop.staff('coordinator');
  const thrice = async (url: URL, body: URLSearchParams) => {
    const press = () => coordinator.send(url, { method: 'POST', body });
    const answers = await Promise.all([press(), press(), press()]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  };
  const submission = await openSubmission(laptop, coordinator, reference);
  const decision = coordinator.fill(submission, {
    decision: 'adopt',
    title: 'Once and once only',
    description: 'However often it is pressed.',
  });
  await thrice(decision.url, decision.body);
  const { priorities, supporters } = await laptop.store();
  const adopted = (await priorities.ofArea(ward)).filter(({ title }) => title === 'Once and once only');
  expect(adopted).toHaveLength(1);
  expect((await supporters.countsOf(ward)).get(adopted[0]?.id ?? '')).toBe(1);

  const form = await coordinator.open(`${submission.url.pathname}/answer`);
  const preview = await coordinator.submit(form, { answer: 'Here it is, once.' });
  const answer = coordinator.fill(preview, {}, ({ action }) => action?.endsWith('/send') ?? false);
  await thrice(answer.url, answer.body);
  await laptop.waitForMail(2, email);
  await laptop.settle();
  expect((await laptop.mail(email)).map(({ subject }) => subject.split(':')[0])).toEqual([
    'Your local team’s answer',
    'We have what you sent',
  ]);
});
