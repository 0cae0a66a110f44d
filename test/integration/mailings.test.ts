import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Mailing } from '#domain/mailings/mailing.ts';
import type { MailSummary } from '#infra/local/mail.ts';
import { type MailStores, openMailStores } from '#test/soak/mail-stores.ts';
import type { PageSeen, Visitor } from '#test/support/http-client.ts';
import { waitFor } from '#test/support/laptop.ts';
import { type Ground, openProduct, START } from '#test/support/product-laptop.ts';
import {
  carryOut,
  draftMailing,
  enterContacts,
  figuresOf,
  idOf,
  mailsOf,
  pathOf,
  press,
  saveMailing,
  sendNow,
  type Written,
} from './support/mailings.ts';
import { leaveOwn } from './support/steps.ts';

const laptop = openProduct();
/** Stands in for a second coordinator. */
const SECOND = 'decider';
/** Where the practitioner works. */
const CAMDEN = 'E09000007';

let stores: MailStores;
let coordinator: Visitor;
let ground: Ground;

const signIn = (post = 'coordinator'): Promise<Visitor> => laptop.staff(post);

/** Gives a post the rights of a coordinator, until the tests are over. */
const makeCoordinator = async (post: string): Promise<void> => {
  const email = `${post}@folkmoot.example`;
  const { staff, facts } = await laptop.store();
  const before = await staff.find(email);
  if (!before) throw new Error(`There is no ${email}`);
  expect(await facts.commit([staff.toChange({ ...before, roles: ['coordinator'] })])).toEqual({
    refused: null,
  });
  onTestsOver.push(async () => {
    const now = await staff.find(email);
    if (now) await facts.commit([staff.toChange({ ...now, roles: before.roles })]);
  });
};
const onTestsOver: (() => Promise<void>)[] = [];

beforeAll(async () => {
  await laptop.clock(START);
  stores = await openMailStores(laptop, (await laptop.store()).clock);
  ground = await laptop.addBorough('Mailingham', ['Postern', 'Letterby']);
  await makeCoordinator(SECOND);
  coordinator = await signIn();
});

afterAll(async () => {
  for (const undo of onTestsOver) await undo();
});

afterEach(async () => {
  await laptop.console('/faults', { method: 'DELETE' });
});

/** Slow enough that something can be done while a mailing is under way. */
const slowDown = (delayMs: number) =>
  laptop.console('/faults', {
    method: 'PUT',
    body: JSON.stringify({
      rules: [{ engine: 'ses', function: 'send-mailings', effect: 'delay', delayMs }],
    }),
  });

const untilIs = async (page: PageSeen, ...statuses: readonly Mailing['status'][]): Promise<Mailing> => {
  const mailing = await waitFor(
    () => stores.mailings.find(idOf(page)),
    (found) => found !== null && statuses.includes(found.status),
  );
  expect(statuses, mailing?.subject).toContain(mailing?.status);
  return mailing as Mailing;
};

/** The page of a mailing when the mail service has told all that it will tell. */
const untilTold = (page: PageSeen, staff = coordinator): Promise<PageSeen> =>
  waitFor(
    () => staff.open(pathOf(page)),
    (seen) => {
      const figures = figuresOf(seen);
      return seen.html.text.includes('sent, of') && figures.Waiting === 0 && figures['On the way'] === 0;
    },
  );

const addressesOf = (mails: readonly MailSummary[]): readonly string[] =>
  mails.flatMap(({ to }) => to).sort();

const oneClick = async (mail: MailSummary | undefined): Promise<number> => {
  const address = /<(http[^>]+)>/.exec(mail?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  return (await fetch(address, { method: 'POST', body, redirect: 'manual' })).status;
};

const suppressionOf = async (email: string) => {
  const { suppressions, keyOfRecipient } = await laptop.store();
  return suppressions.find(keyOfRecipient(email));
};

const numbered = (count: number, name: (index: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, index) => name(index + 1));

describe('to those who wrote', () => {
  const subject = 'What became of what you told us';
  const source = 'Dear neighbours in ((area))\n\nThe lamps are **mended** & "bright".';
  const again = 'More of what became of it';
  let stays: string;
  let leaves: string;
  let draft: PageSeen;

  beforeAll(async () => {
    [stays, leaves] = [ground.address('stays'), ground.address('leaves')];
    const [postern, letterby] = ground.wards;
    await leaveOwn(laptop.visitor(), postern?.code ?? '', { text: 'The lamps are off.', email: stays });
    await leaveOwn(laptop.visitor(), letterby?.code ?? '', { text: 'The lamps are on.', email: leaves });
    await Promise.all([stays, leaves].map((email) => laptop.waitForMail(1, email)));
  });

  test('a draft says to how many it would go, and shows some of them', async () => {
    draft = await draftMailing(coordinator, { subject, source, areas: [ground.borough.code] });
    expect(draft.html.text).toMatch(/As it is now:\s+2 people/);
    for (const person of [`${stays} (Postern)`, `${leaves} (Letterby)`])
      expect(draft.html.text).toContain(person);
    expect(draft.html.byClass('app-mail')[0]).toMatch(/Dear neighbours in (Postern|Letterby)/);
  });

  test('a test goes to whoever asks for it, and to nobody else', async () => {
    const page = await press(coordinator, draft, 'test');
    expect(page.html.text).toContain('A test is on its way to your own address, and to nobody else.');
    const mails = await waitFor(
      () => mailsOf(laptop, `Test: ${subject}`),
      ({ length }) => length > 0,
    );
    expect(addressesOf(mails)).toEqual(['coordinator@folkmoot.example']);
    expect(await mailsOf(laptop, subject)).toEqual([]);
  });

  test('it arrives once at everybody, with the own area filled in and a way to leave', async () => {
    const started = await sendNow(coordinator, draft);
    expect(started.html.text).toContain('It has started.');
    await untilIs(draft, 'sent');
    const mails = await mailsOf(laptop, subject);
    expect(addressesOf(mails)).toEqual([leaves, stays].toSorted());
    for (const { to, text, html, headers, tags } of mails) {
      expect(text).toContain(`Dear neighbours in ${to[0] === stays ? 'Postern' : 'Letterby'}`);
      expect(html).toMatch(/<strong[^>]*>mended<\/strong> &amp;/);
      expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
      expect(headers['List-Unsubscribe']).toContain(`${laptop.url}/unsubscribe/`);
      expect(headers['Reply-To']).toBe(ground.mailbox);
      expect(tags.delivery).toMatch(new RegExp(`^${idOf(draft)}\\.`));
    }
  });

  test('its page shows what became of it', async () => {
    const page = await untilTold(draft);
    expect(page.html.text).toContain('2 sent, of 2 people whom it goes to.');
    expect(figuresOf(page)).toEqual({ Waiting: 0, 'On the way': 0, Delivered: 2 });
    expect((await coordinator.open('/staff/mailings')).html.text).toContain(subject);
  });

  test('who leaves by one click gets nothing of the next one, which began as a copy', async () => {
    const [mail] = (await mailsOf(laptop, subject)).filter(({ to }) => to.includes(leaves));
    expect(await oneClick(mail)).toBe(200);
    const copy = await press(coordinator, await coordinator.open(pathOf(draft)), 'clone');
    expect(copy.html.text).toContain('This is a new draft with the same text and the same people.');
    expect(idOf(copy)).not.toBe(idOf(draft));
    const form = await coordinator.follow(copy, 'Change');
    const changed = await saveMailing(coordinator, form, {
      ...{ subject: again, source },
      areas: [ground.borough.code],
    });
    await sendNow(coordinator, changed);
    await untilIs(copy, 'sent');
    expect(addressesOf(await mailsOf(laptop, again))).toEqual([stays]);
    const page = await untilTold(copy);
    expect(figuresOf(page)).toMatchObject({ Delivered: 1, 'Not written to': 1 });
  });

  test('who has left is answered all the same', async () => {
    const before = (await laptop.mail(leaves)).length;
    const ward = ground.wards[1]?.code ?? '';
    await leaveOwn(laptop.visitor(), ward, { text: 'Only answer me, please.', email: leaves });
    const [mail] = await laptop.waitForMail(before + 1, leaves);
    expect(mail?.tags.kind).toBe('submission-received');
  });
});

describe('to those who signed up', () => {
  const subject = 'News for those who asked for it';
  let atOnce: string;
  let weekly: string;

  const signUp = async (email: string, frequency: string): Promise<void> => {
    const person = laptop.visitor();
    const ward = ground.wards[0]?.code ?? '';
    const form = await person.open(`/sign-up?area=${ward}`);
    const { url, body } = person.fill(form, { email, frequency, topics: 'news' });
    if (!body.has('areas')) body.append('areas', ward);
    await person.submit(await person.open(url, { method: 'POST', body }));
    const [mail] = await laptop.waitForMail(1, email);
    const link = /https?:\/\/\S+\/sign-up\/confirm\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
    expect((await person.submit(await person.open(link))).html.heading).toBe('You are signed up');
  };

  beforeAll(async () => {
    [atOnce, weekly] = [ground.address('at-once'), ground.address('weekly')];
    await signUp(atOnce, 'at-once');
    await signUp(weekly, 'weekly');
  });

  test('at once or in the digest of the week, as they wished, and to nobody who asked for something else', async () => {
    const written = { subject, source: 'News of ((area)).', areas: [ground.borough.code] };
    const other = await draftMailing(coordinator, { ...written, topics: ['meetings'] });
    expect(other.html.text).toMatch(/As it is now:\s+0 people/);
    const draft = await draftMailing(coordinator, { ...written, topics: ['news', 'meetings'] });
    expect(draft.html.text).toMatch(/As it is now:\s+2 people/);
    await sendNow(coordinator, draft);
    await untilIs(draft, 'sent');
    expect(addressesOf(await mailsOf(laptop, subject))).toEqual([atOnce]);
    expect(figuresOf(await untilTold(draft))).toMatchObject({ Delivered: 1, 'In the weekly digest': 1 });
  });

  test('the digest tells it once, with a way to leave, however often it is run', async () => {
    const digests = async () =>
      (await laptop.mail(weekly)).filter(({ tags }) => tags.kind === 'weekly-digest');
    expect(await laptop.run('mail-weekly-digests')).toMatchObject({ status: 'ok' });
    const [digest] = await waitFor(digests, ({ length }) => length > 0);
    expect(digest?.text).toContain(subject);
    expect(digest?.text).toContain('News of Postern.');
    expect(digest?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    const { result } = await laptop.run('mail-weekly-digests');
    expect(result).toMatchObject({ digests: 0, mailings: 0 });
    await laptop.settle();
    expect(await digests()).toHaveLength(1);
    expect((await laptop.mail(atOnce)).some(({ tags }) => tags.kind === 'weekly-digest')).toBe(false);
  });
});

test('of what one person gets in a week, the fourth is held for the digest', async () => {
  const { borough, wards, address } = await laptop.addBorough('Plentiful', ['Muchly']);
  const email = address('reader');
  await enterContacts(laptop, wards[0]?.code ?? '', [email]);
  const subjects = numbered(4, (index) => `Plenty, part ${index}`);
  for (const subject of subjects) {
    const written = { subject, source: `This is “${subject}”.`, areas: [borough.code] };
    const draft = await draftMailing(coordinator, written);
    await sendNow(coordinator, draft);
    await untilIs(draft, 'sent');
  }
  const subjectsTo = async () => (await laptop.mail(email)).map(({ subject }) => subject).toReversed();
  expect(await subjectsTo()).toEqual(subjects.slice(0, 3));
  await laptop.run('mail-weekly-digests');
  const mails = await laptop.waitForMail(4, email);
  expect(mails[0]?.tags.kind).toBe('weekly-digest');
  expect(mails[0]?.text).toContain(`This is “${subjects[3]}”.`);
  expect(mails[0]?.text).not.toContain(subjects[0]);
});

describe('what goes wrong stops a mailing', () => {
  const GOOD = 110;
  const BAD = 40;

  /** Writes to many people of whom too many are no good; it stops by itself. */
  const untilItStops = async (name: string, mailbox: string) => {
    const { borough, wards } = await laptop.addBorough(name, [`${name} ward`]);
    const good = numbered(GOOD, (index) => `good-${index}.${name.toLowerCase()}@example.org`);
    const bad = numbered(BAD, (index) => `${mailbox}+${index}.${name.toLowerCase()}@simulator.amazonses.com`);
    await enterContacts(laptop, wards[0]?.code ?? '', [...good, ...bad]);
    const subject = `To all of ${name}`;
    const draft = await draftMailing(coordinator, { subject, source: 'Hello.', areas: [borough.code] });
    await slowDown(700);
    await sendNow(coordinator, draft);
    await untilIs(draft, 'paused');
    return { good, bad, subject, draft };
  };

  const noticesOf = async (subject: string): Promise<readonly MailSummary[]> =>
    (await laptop.mail('coordinator@folkmoot.example')).filter(
      (mail) => mail.tags.kind === 'mailing-paused' && mail.subject.includes(subject),
    );

  test('too many bounces: it goes on when somebody says so, and nobody gets it twice', async () => {
    const { good, bad, subject, draft } = await untilItStops('Bounceby', 'bounce');
    const paused = await coordinator.open(pathOf(draft));
    expect(paused.html.text).toContain('It has paused by itself, because more than 5% of its mails bounced.');
    expect((await coordinator.open('/staff')).html.text).toMatch(
      /mailings? (has|have) paused by (it|them)sel/,
    );
    const [notice] = await waitFor(
      () => noticesOf(subject),
      ({ length }) => length > 0,
    );
    expect(notice?.text).toContain(`${laptop.url}${pathOf(draft)}`);
    await laptop.console('/faults', { method: 'DELETE' });
    await laptop.settle();
    // What bounces after that may stop it again.
    for (let tries = 0; tries <= BAD; tries += 1) {
      const page = await coordinator.open(pathOf(draft));
      if (!page.html.links.some(({ text }) => text === 'Resume')) break;
      const resumed = await carryOut(coordinator, page, 'Resume');
      expect(resumed.html.text).toContain('It goes on where it stopped.');
      await untilIs(draft, 'sent', 'paused');
      await laptop.settle();
    }
    await untilIs(draft, 'sent');
    const mails = await mailsOf(laptop, subject);
    expect(addressesOf(mails)).toEqual([...good, ...bad].toSorted());
    const figures = figuresOf(await untilTold(draft));
    expect(figures).toMatchObject({ Delivered: GOOD, Bounced: BAD });
    const rows = await stores.rowsOf(idOf(draft));
    for (const email of bad) expect([email, rows.get(email)]).toEqual([email, 'bounced']);
    expect(await suppressionOf(bad[0] ?? '')).toMatchObject({ bounced: expect.any(String) });
    expect(await suppressionOf(good[0] ?? '')).toBeNull();
  });

  test('complaints: it is cancelled, and whoever has not got it does not get it', async () => {
    const { bad, subject, draft } = await untilItStops('Complainton', 'complaint');
    await laptop.console('/faults', { method: 'DELETE' });
    await laptop.settle();
    const page = await coordinator.open(pathOf(draft));
    expect(page.html.text).toContain('more than 0.1% of those who got it marked it as spam');
    const before = (await mailsOf(laptop, subject)).length;
    expect(before).toBeLessThan(GOOD + BAD);
    const cancelled = await carryOut(coordinator, page, 'Cancel this mailing');
    expect(cancelled.html.text).toContain('It is cancelled. Nobody else gets it.');
    await laptop.run('mind-mailings');
    await laptop.settle();
    const mails = await mailsOf(laptop, subject);
    expect(mails).toHaveLength(before);
    const rows = await stores.rowsOf(idOf(draft));
    const complained = bad.filter((email) => rows.get(email) === 'complained');
    expect(complained.length).toBeGreaterThan(0);
    expect(await suppressionOf(complained[0] ?? '')).toMatchObject({ complained: expect.any(String) });
  });
});

test('to very many, it needs a second person; paused, nothing more goes out until it is resumed', async () => {
  const { borough, wards } = await laptop.addBorough('Manyham', ['Throng']);
  const people = numbered(501, (index) => `one-of-many-${index}@example.org`);
  await enterContacts(laptop, wards[0]?.code ?? '', people);
  const subject = 'To all of Manyham';
  const draft = await draftMailing(coordinator, { subject, source: 'Hello.', areas: [borough.code] });
  const submitted = await sendNow(coordinator, draft);
  expect(submitted.html.text).toContain('It waits for a second person to approve it.');
  expect(submitted.html.links.some(({ text }) => text === 'Approve')).toBe(false);
  const own = await coordinator.submit(await coordinator.open(`${pathOf(draft)}/approve`));
  expect([own.status, own.html.text]).toEqual([
    400,
    expect.stringContaining('You wrote or submitted this mailing. Somebody else has to approve it'),
  ]);
  expect(await mailsOf(laptop, subject)).toEqual([]);

  const second = await signIn(SECOND);
  expect((await second.open('/staff')).html.text).toContain('waits for somebody to approve it');
  const page = await second.open(pathOf(draft));
  await slowDown(700);
  expect((await carryOut(second, page, 'Approve')).html.text).toContain('It has started.');
  await waitFor(
    () => mailsOf(laptop, subject),
    ({ length }) => length > 0,
  );
  await press(coordinator, await coordinator.open(pathOf(draft)), 'pause');
  await laptop.settle();
  const before = (await mailsOf(laptop, subject)).length;
  await laptop.run('mind-mailings');
  await laptop.settle();
  expect(await mailsOf(laptop, subject)).toHaveLength(before);
  await laptop.console('/faults', { method: 'DELETE' });
  const now = await untilIs(draft, 'paused', 'sent');
  if (now.status === 'paused') {
    const paused = await coordinator.open(pathOf(draft));
    expect(paused.html.text).toContain('Somebody of staff has paused it.');
    await carryOut(coordinator, paused, 'Resume');
  }
  await untilIs(draft, 'sent');
  expect(addressesOf(await mailsOf(laptop, subject))).toEqual(people.toSorted());
});

test('a practitioner writes to own areas, and to no others', async () => {
  const elsewhere = await laptop.addBorough('Elsewhereton', ['Beyond']);
  const local = await signIn('practitioner');
  const form = await local.open('/staff/mailings/new');
  expect(form.html.text).not.toContain('Elsewhereton');
  const written: Written = { subject: 'Own', source: 'Hello.', areas: [elsewhere.borough.code] };
  const refused = await saveMailing(local, form, written);
  expect(refused.status).toBe(400);
  expect(refused.html.errors).toEqual([{ text: 'Select areas from the list', field: 'areas' }]);
  const everywhere = await saveMailing(local, form, { ...written, areas: ['everywhere'] });
  expect(everywhere.status).toBe(400);
  const own = await draftMailing(local, { ...written, areas: [CAMDEN] });
  expect(own.html.text).toContain('Camden');
  const foreign = await draftMailing(coordinator, { ...written, subject: 'Foreign' });
  expect((await local.open(pathOf(foreign))).status).toBe(404);
  expect((await local.open('/staff/mailings')).html.text).not.toContain('Foreign');
});

// The last one: it moves the clock.
test('planned for later, it begins by itself at its time; taken back or cancelled, it does not', async () => {
  const { borough, wards, address } = await laptop.addBorough('Laterham', ['Tomorrow']);
  const email = address('patient');
  await enterContacts(laptop, wards[0]?.code ?? '', [email]);
  const when = { when: 'later', 'at-day': '10', 'at-month': '3', 'at-year': '2027', time: '9:30am' };
  const plan = async (subject: string): Promise<PageSeen> => {
    const draft = await draftMailing(coordinator, { subject, source: 'Hello.', areas: [borough.code] });
    return carryOut(coordinator, draft, 'Send', when);
  };
  const planned = await plan('Planned');
  expect(planned.html.text).toContain('It will go at the time that was chosen.');
  const withdrawn = await press(coordinator, await plan('Taken back'), 'withdraw');
  expect(withdrawn.html.text).toContain('It is a draft again.');
  const cancelled = await carryOut(coordinator, await plan('Called off'), 'Cancel this mailing');
  expect(cancelled.html.text).toContain('It is cancelled.');
  await laptop.clock('2027-03-10T09:29:00Z');
  expect(await laptop.mail(email)).toEqual([]);
  await laptop.clock('2027-03-10T09:31:00Z');
  await untilIs(planned, 'sent');
  await laptop.settle();
  expect((await laptop.mail(email)).map(({ subject }) => subject)).toEqual(['Planned']);
  const page = await (await signIn()).open(pathOf(planned));
  expect(page.html.text).toContain('1 sent, of 1 person whom it goes to.');
});
