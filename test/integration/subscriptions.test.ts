import { beforeAll, describe, expect, test } from 'vitest';
import { addHours } from '#domain/shared/clock.ts';
import type { PageSeen, Visitor } from '#test/support/http-client.ts';
import { type Ground, openProduct } from '#test/support/product-laptop.ts';
import { leaveOwn } from './support/steps.ts';

const laptop = openProduct();
const ONE_CLICK = 'List-Unsubscribe=One-Click';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let ground: Ground;
let ward: string;

beforeAll(async () => {
  ground = await laptop.addBorough('Hearing', ['Listen', 'Hark']);
  ward = ground.wards[0]?.code ?? '';
});

/** Fills in the form of somebody who comes from the page of the ward, up to "check your e-mail". */
const signUp = async (email: string, person = laptop.visitor()): Promise<Visitor> => {
  const area = await person.open(`/areas/${ward}`);
  const form = await person.follow(area, 'Hear from us by e-mail about Listen');
  const { url, body } = person.fill(form, { email, frequency: 'at-once', topics: 'news' });
  body.append('areas', ward);
  body.append('topics', 'meetings');
  const check = await person.open(url, { method: 'POST', body });
  expect(check.html.heading).toBe('Check what you chose');
  const sent = await person.submit(check);
  expect(sent.html.heading).toBe('Check your e-mail');
  return person;
};

/** The path of the link in the only mail of a kind that somebody got. */
const linkTo = async (email: string, kind: string, count = 1): Promise<string> => {
  const mails = await laptop.waitForMail(count, email);
  const mail = mails.find(({ tags }) => tags.kind === kind);
  const link = /https?:\/\/\S+\/(?:sign-up\/confirm|preferences)\/\S+/.exec(mail?.text ?? '')?.[0];
  expect(link, `${kind} to ${email}`).toBeDefined();
  return new URL(link ?? '').pathname;
};

const press = (page: PageSeen, person: Visitor): Promise<PageSeen> => person.submit(page);

const stateOf = async (email: string) => {
  const { subscriptions, suppressions, keyOfRecipient } = await laptop.store();
  const key = keyOfRecipient(email);
  const [subscription, suppression] = await Promise.all([subscriptions.find(key), suppressions.find(key)]);
  return { subscription, unsubscribed: suppression?.unsubscribed ?? null };
};

const confirmed = async (email: string): Promise<void> => {
  await signUp(email);
  const person = laptop.visitor();
  const done = await press(await person.open(await linkTo(email, 'subscription-confirmation')), person);
  expect([done.status, done.html.heading]).toEqual([200, 'You are signed up']);
};

const tokenFor = async (purpose: 'unsubscribe' | 'preferences', email: string, hours: number | null) => {
  const { mailTokens, keyOfRecipient, clock } = await laptop.store();
  const endsAt = hours === null ? null : addHours(clock.now(), hours);
  return mailTokens.sign(purpose, keyOfRecipient(email), endsAt);
};

/** As a mail provider does it: no cookie, no origin, no token of a form, and it follows no redirects. */
const oneClick = (token: string, body = ONE_CLICK, headers: Record<string, string> = FORM) =>
  fetch(new URL(`/unsubscribe/${token}`, laptop.url), { method: 'POST', body, headers, redirect: 'manual' });

test('from the ward’s page to the mailbox, to preferences, and out by one click', async () => {
  const email = ground.address('whole-way');
  await signUp(email);
  expect(await stateOf(email)).toEqual({ subscription: null, unsubscribed: null });
  const link = await linkTo(email, 'subscription-confirmation');
  const person = laptop.visitor();
  const shown = await person.open(link);
  expect(shown.html.heading).toBe('Confirm that you want to hear from us');
  const done = await press(shown, person);
  expect([done.status, done.url.pathname, done.html.heading]).toEqual([200, link, 'You are signed up']);
  expect((await press(shown, laptop.visitor())).html.heading).toBe('You are signed up');
  expect((await stateOf(email)).subscription).toMatchObject({
    email,
    areas: [ward],
    topics: ['meetings', 'news'],
    frequency: 'at-once',
    version: 1,
  });

  await person.submit(await person.open('/preferences'), { email });
  const own = await person.open(await linkTo(email, 'preferences-link', 2));
  const { url, body } = person.fill(own, { frequency: 'weekly' });
  body.append('action', 'save');
  const saved = await person.open(url, { method: 'POST', body });
  expect(saved.source).toContain('From now on you hear from us as you have chosen here.');
  expect((await stateOf(email)).subscription).toMatchObject({ frequency: 'weekly', version: 2 });
  expect(person.cookie).not.toBe('');

  const answer = await oneClick(await tokenFor('unsubscribe', email, null));
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
  expect(await answer.text()).toContain('You no longer get messages from us');
  const after = await stateOf(email);
  expect(after.subscription).toBeNull();
  expect(after.unsubscribed).not.toBeNull();
});

test('nothing is changed by looking, as scanners of mails do', async () => {
  const email = ground.address('scanned');
  await signUp(email);
  const link = await linkTo(email, 'subscription-confirmation');
  const preferences = await tokenFor('preferences', email, 24);
  const leave = await tokenFor('unsubscribe', email, null);
  const look = async () => {
    for (const path of [link, `/preferences/${preferences}`, `/unsubscribe/${leave}`])
      for (const method of ['GET', 'HEAD', 'GET']) {
        const response = await laptop.visitor().send(path, { method });
        expect([path, response.status, response.headers.getSetCookie()]).toEqual([path, 200, []]);
      }
  };
  await look();
  expect(await stateOf(email)).toEqual({ subscription: null, unsubscribed: null });
  const person = laptop.visitor();
  await press(await person.open(link), person);
  const before = await stateOf(email);
  await look();
  expect(await stateOf(email)).toEqual(before);
});

describe('leaving', () => {
  const boundary = 'folkmoot-test';
  const multipart = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="List-Unsubscribe"',
    '',
    'One-Click',
    `--${boundary}--`,
    '',
  ].join('\r\n');

  test('by one click in the other form of the standard, twice at once, and then signing up anew', async () => {
    const email = ground.address('twice');
    await confirmed(email);
    const token = await tokenFor('unsubscribe', email, null);
    const type = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    const answers = await Promise.all([1, 2, 3].map(() => oneClick(token, multipart, type)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { audit, keyOfRecipient, clock } = await laptop.store();
    const key = keyOfRecipient(email);
    const entries = (await audit.ofDay(clock.now().slice(0, 10))).filter(({ record }) => record.id === key);
    expect(entries.map(({ deed }) => deed)).toEqual(['confirm sign-up', 'unsubscribe']);
    expect(JSON.stringify(entries)).not.toContain(email);
    await laptop.clearMail();
    await confirmed(email);
    expect(await stateOf(email)).toMatchObject({ subscription: { version: 1 }, unsubscribed: null });
  });

  test('for somebody who only left an address with something about the ward', async () => {
    const email = ground.address('wrote-only');
    await leaveOwn(laptop.visitor(), ward, { text: 'Answer me, and write me nothing else', email });
    expect((await oneClick(await tokenFor('unsubscribe', email, null))).status).toBe(200);
    expect(await stateOf(email)).toEqual({ subscription: null, unsubscribed: expect.any(String) });
  });

  test('by the button, which needs a browser without cookies only', async () => {
    const email = ground.address('button');
    await confirmed(email);
    const person = laptop.visitor();
    const page = await person.open(`/unsubscribe/${await tokenFor('unsubscribe', email, null)}`);
    expect(page.html.heading).toBe('Do you want to leave?');
    const left = await press(page, person);
    expect([left.status, left.html.heading, person.cookie]).toEqual([
      200,
      'You no longer get messages from us',
      '',
    ]);
    expect((await stateOf(email)).subscription).toBeNull();
  });
});

test('tokens that were made up, were meant for something else, or have ended open nothing', async () => {
  const email = ground.address('forged');
  await confirmed(email);
  const before = await stateOf(email);
  const leave = await tokenFor('unsubscribe', email, null);
  const preferences = await tokenFor('preferences', email, 1);
  const ended = await tokenFor('preferences', email, -1);
  for (const token of [
    preferences,
    `${leave}A`,
    leave.toUpperCase(),
    'x',
    '%00',
    leave.replace('.0.', '.1.'),
  ]) {
    const answer = await oneClick(token);
    expect([token, answer.status]).toEqual([token, 404]);
    expect(await answer.text()).toContain('We do not know this link');
  }
  for (const token of [leave, ended, `${preferences}A`]) {
    const body = new URLSearchParams({ action: 'leave' });
    const answer = await laptop.visitor().open(`/preferences/${token}`, { method: 'POST', body });
    expect([answer.status, answer.html.heading]).toEqual([404, 'This link is no longer good']);
  }
  expect(await stateOf(email)).toEqual(before);
});

test('who is known cannot be told from who is not', async () => {
  const known = ground.address('known');
  await confirmed(known);
  await laptop.clearMail();
  const pages = await Promise.all(
    [known, ground.address('unknown')].map(async (email) => {
      const person = laptop.visitor();
      const page = await person.submit(await person.open('/preferences'), { email });
      return [page.status, page.url.search, page.html.text];
    }),
  );
  expect(pages[0]).toEqual(pages[1]);
  await laptop.waitForMail(1, known);
  expect(await laptop.mail(ground.address('unknown'))).toEqual([]);
});
