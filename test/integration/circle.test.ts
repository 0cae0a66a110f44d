import { beforeAll, describe, expect, test } from 'vitest';
import type { MailSummary } from '#infra/local/mail.ts';
import type { Fields, PageSeen, Visitor } from '#test/support/http-client.ts';
import { type Ground, openProduct } from '#test/support/product-laptop.ts';
import {
  decide,
  type Left,
  leaveOwn,
  openFromInbox,
  previewAnswer,
  sendAnswer,
  support,
} from './support/steps.ts';

const laptop = openProduct();

const SAID =
  'The lamps in "Tallow Passage" have been off since May.\nMy neighbours & I walk round by the main road <at night>.';

let ground: Ground;
let ward: string;
let coordinator: Visitor;

beforeAll(async () => {
  ground = await laptop.addBorough('Circleham', ['Roundways']);
  ward = ground.wards[0]?.code ?? '';
  coordinator = await laptop.staff('coordinator');
});

const onlyMail = async (to: string): Promise<MailSummary> => {
  const mails = await laptop.waitForMail(1, to);
  expect(mails).toHaveLength(1);
  return mails[0] as MailSummary;
};

/** The words of a page or mail without its layout. */
const words = (text: string) => text.replace(/\s+/g, ' ').trim();

const people = async (title: string): Promise<string> => {
  const { html } = await laptop.visitor().open(`/areas/${ward}`);
  const priority = html.byClass('app-priority').find((text) => text.includes(title)) ?? '';
  return /(Nobody has supported this yet|\d+ (?:person is|people are) behind this)/.exec(priority)?.[1] ?? '';
};

describe('somebody leaves a priority with an address', () => {
  let email: string;
  const person = laptop.visitor();
  let left: Left;
  let mail: MailSummary;

  beforeAll(async () => {
    email = ground.address('resident');
    left = await leaveOwn(person, ward, { text: SAID, category: 'road-safety', email });
    mail = await onlyMail(email);
  });

  test('the page confirms it with a reference and a time, and can be loaded again', async () => {
    expect(left.page.html.heading).toContain('We have your priority');
    expect(left.page.url.pathname).toBe(`/areas/${ward}/priorities/new/received`);
    expect(left.page.html.text).toContain('We have sent a confirmation to the address that you left.');
    expect(left.page.html.text).toMatch(
      /You get an answer by e-mail by \w+day \d+ \w+ at (?:\d+(?::\d\d)?[ap]m|midday|midnight)/,
    );
    expect((await person.open(left.page.url)).html.text).toBe(left.page.html.text);
  });

  test('the confirmation says what was sent, as text and as HTML', () => {
    expect(mail.subject).toBe(`We have what you sent: ${left.reference}`);
    for (const line of SAID.split('\n')) expect(mail.text).toContain(`> ${line}`);
    expect(mail.html).toContain('Tallow Passage');
    expect(mail.html).toContain('&lt;at night&gt;');
    expect(mail.html).not.toContain('<at night>');
    expect(mail.text).toContain(`${laptop.url}/areas/${ward}`);
    expect(mail.text).toContain('Roundways');
  });

  test('the confirmation comes from the service, and a reply goes to the team', () => {
    const { headers } = mail;
    expect(headers.From).toBe('Thamesmoot Police and Crime Authority <no-reply@folkmoot.example>');
    expect(headers['Reply-To']).toBe(ground.mailbox);
    expect(headers.To).toBe(email);
    expect(headers['Message-ID']).toMatch(/^<[0-9a-f-]{36}@folkmoot\.example>$/);
    expect(headers['Auto-Submitted']).toBe('auto-generated');
    expect(headers['X-Folkmoot-Correlation-ID']).toMatch(/^[\w-]{8,}$/);
    expect(mail.configurationSet).toBe('folkmoot-laptop');
    expect(mail.tags).toMatchObject({ kind: 'submission-received' });
    expect(headers['Message-ID']).toContain(mail.tags.delivery);
  });

  test('the confirmation is handed over as MIME with both alternatives', async () => {
    const eml = await (await fetch(`${laptop.consoleUrl}/mail/${mail.id}.eml`)).text();
    expect(eml).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(eml).toMatch(/^Content-Type: text\/plain; charset=utf-8/m);
    expect(eml).toMatch(/^Content-Type: text\/html; charset=utf-8/m);
    expect(eml.split('\n').every((line) => line === '' || line.endsWith('\r'))).toBe(true);
  });

  test('the team sees it in its inbox with nearly 72 hours on its clock', async () => {
    const inbox = await openInboxPage(left.reference);
    const row = inbox.source.slice(inbox.source.indexOf(left.reference) - 700);
    expect(row).toMatch(/7[12] hours left/);
    const page = await openFromInbox(coordinator, left.reference);
    expect(page.html.byClass('app-typed')).toContain(SAID);
    expect(words(page.html.text)).toContain('Answer due 71 hours left');
    expect(page.html.text).toContain('Left an e-mail address');
    expect(page.source).not.toContain(email);
  });

  test('nobody but the team has it: neither the area’s page nor another borough’s inbox', async () => {
    expect((await laptop.visitor().open(`/areas/${ward}`)).source).not.toContain('Tallow Passage');
    const practitioner = await laptop.staff('practitioner');
    await expect(openFromInbox(practitioner, left.reference)).rejects.toThrow('no link');
  });
});

async function openInboxPage(reference: string): Promise<PageSeen> {
  let page = await coordinator.open('/staff/inbox');
  while (!page.html.links.some(({ text }) => text === reference)) {
    page = await coordinator.follow(page, 'Next page');
  }
  return page;
}

const outcomes: readonly { readonly outcome: string; readonly decision: Fields; readonly told: string }[] = [
  {
    outcome: 'adopted as a new priority',
    decision: {
      decision: 'adopt',
      title: 'Dark "Tallow Passage" & the way round it',
      description: 'Two of five lamps work.',
    },
    told: 'The team has adopted what you sent as a new priority: “Dark "Tallow Passage" & the way round it”.',
  },
  {
    outcome: 'passed on to another body',
    decision: { decision: 'pass-on', to: 'Circleham Council’s lighting team' },
    told: 'The team has passed what you sent on to: Circleham Council’s lighting team.',
  },
  {
    outcome: 'not taken up',
    decision: { decision: 'not-take-up', reason: 'The lamps are <mended> since Friday.' },
    told: 'The team has not taken this up as a priority. The reason: The lamps are <mended> since Friday.',
  },
  {
    outcome: 'joined to a priority',
    decision: { decision: 'join', priority: 'Dark "Tallow Passage" & the way round it' },
    told: 'What you sent was added to a priority that the team is working on: “Dark "Tallow Passage" & the way round it”.',
  },
];

describe.each(outcomes)('what becomes of a submission: $outcome', ({ outcome, decision, told }) => {
  let email: string;
  const answer = `Thank you.\n\nThis is what “${outcome}” means:\n* we looked at it & wrote <this>.`;

  beforeAll(() => {
    email = ground.address(outcome.replaceAll(' ', '-'));
  });

  test('is what the person is told, in the very words of the preview', async () => {
    const { reference } = await leaveOwn(laptop.visitor(), ward, { text: SAID, email });
    await onlyMail(email);
    const submission = await openFromInbox(coordinator, reference);
    const form = await decide(coordinator, submission, await withIds(decision, submission));
    expect(form.html.heading).toBe(`Write the answer to ${reference}`);
    const preview = await previewAnswer(coordinator, form, answer);
    expect(await laptop.mail(email)).toHaveLength(1);
    const done = await sendAnswer(coordinator, preview);
    expect(done.html.text).toContain('The answer is recorded and on its way by e-mail.');
    const [mail] = await laptop.waitForMail(2, email);
    expect(mail?.subject).toBe(`Your local team’s answer: ${reference}`);
    expect(preview.html.text).toContain(mail?.subject);
    expect(preview.html.byClass('app-mail')[0]?.trimEnd()).toBe(mail?.text.trimEnd());
    expect(mail?.text).toContain(told);
    expect(mail?.text).toContain(answer);
    for (const line of SAID.split('\n')) expect(mail?.text).toContain(`> ${line}`);
    expect(mail?.headers['Reply-To']).toBe(ground.mailbox);
    expect(mail?.html).not.toMatch(/<this>|<mended>|<at night>/);
  });

  test('takes it out of the inbox, and stays readable', async () => {
    const [mail] = await laptop.mail(email);
    const reference = mail?.subject.slice(-8) ?? '';
    await expect(openFromInbox(coordinator, reference)).rejects.toThrow('no link');
    const stored = await (await laptop.store()).submissions.findByReference(reference);
    const page = await coordinator.open(`/staff/submissions/${stored?.id}`);
    expect(page.html.byClass('app-typed')).toEqual([SAID, answer]);
    expect(page.html.forms.filter(({ action }) => action !== '/sign-out')).toEqual([]);
  });
});

/** A decision names a priority by its title here, and by its id in the form. */
async function withIds(decision: Fields, page: PageSeen): Promise<Fields> {
  if (decision.priority === undefined) return decision;
  const { priorities } = await laptop.store();
  const found = (await priorities.ofArea(ward)).find(({ title }) => title === decision.priority);
  expect(page.source).toContain(found?.id);
  return { ...decision, priority: found?.id ?? '' };
}

describe('a priority in public', () => {
  const title = 'Dark "Tallow Passage" & the way round it';
  let path: string;
  let id: string;

  beforeAll(async () => {
    const page = await laptop.visitor().open(`/areas/${ward}`);
    path = page.html.links.find(({ text }) => text === title)?.href ?? '';
    id = path.replace('/priorities/', '');
  });

  test('is on the area’s page with the number of people behind it: the one adopted, and the one joined', async () => {
    expect(await people(title)).toBe('2 people are behind this');
  });

  test('counts support without words at once, and asks the team nothing', async () => {
    const { page, reference } = await support(laptop.visitor(), id);
    expect(page.html.text).toContain('You were counted');
    expect(await people(title)).toBe('3 people are behind this');
    await expect(openFromInbox(coordinator, reference)).rejects.toThrow('no link');
  });

  test('counts support with words at once, and brings the words to the team', async () => {
    const email = ground.address('supporter-with-words');
    const { reference } = await support(laptop.visitor(), id, { text: 'It is worst by the bins.', email });
    expect(await people(title)).toBe('4 people are behind this');
    const mail = await onlyMail(email);
    expect(mail.text).toContain(`Thank you for supporting “${title}” in Roundways. You have been counted.`);
    const page = await openFromInbox(coordinator, reference);
    expect(page.html.byClass('app-typed')).toContain('It is worst by the bins.');
    expect(words(page.html.text)).toContain(`Joined to “${title}”`);
  });

  test('shows at once what staff publish about it', async () => {
    const update = 'Five new lamps are up.\nThey are <bright> & "warm".';
    const form = await coordinator.open(`/staff${path}`);
    const done = await coordinator.submit(form, { update, status: 'in-progress' });
    expect(done.html.text).toContain('Published. This is what the public sees now.');
    const { html, source } = await laptop.visitor().open(path);
    expect(html.heading).toBe(title);
    expect(html.byClass('app-typed')).toContain(update);
    expect(html.text).toContain('In progress');
    expect(source).not.toContain('<bright>');
    expect((await laptop.visitor().open(`/areas/${ward}`)).html.text).toContain('Five new lamps are up.');
  });

  test('says why it was closed, and takes no more support', async () => {
    const form = await coordinator.open(`/staff${path}`);
    const refused = await coordinator.submit(form, { update: '', status: 'closed', closedReason: '' });
    expect(refused.status).toBe(400);
    expect(refused.html.errors).toEqual([
      { text: 'Enter why the priority is closed', field: 'closedReason' },
    ]);
    await coordinator.submit(form, { status: 'closed', closedReason: 'All lamps work & were tested.' });
    const page = await laptop.visitor().open(path);
    expect(page.html.text).toContain('All lamps work & were tested.');
    expect(page.html.links.some(({ text }) => text === 'Support this priority')).toBe(false);
    expect((await laptop.visitor().open(`${path}/support`)).url.pathname).toBe(path);
  });
});

test('a decision can be changed until the answer is out: the person is counted once, where it ended', async () => {
  const { reference } = await leaveOwn(laptop.visitor(), ward, { text: 'Bins block the passage.' });
  const page = await openFromInbox(coordinator, reference);
  await decide(coordinator, page, { decision: 'adopt', title: 'Bins one', description: 'First thought.' });
  expect(await people('Bins one')).toBe('1 person is behind this');
  const again = await openFromInbox(coordinator, reference);
  await decide(coordinator, again, { decision: 'adopt', title: 'Bins two', description: 'Second thought.' });
  expect(await people('Bins one')).toBe('Nobody has supported this yet');
  expect(await people('Bins two')).toBe('1 person is behind this');
});

test('somebody who left no address is answered on record, and nobody is written to', async () => {
  const { reference } = await leaveOwn(laptop.visitor(), ward, { text: 'Too many scooters.' });
  const page = await openFromInbox(coordinator, reference);
  const form = await decide(coordinator, page, { decision: 'not-take-up', reason: 'Known to the council.' });
  const before = (await laptop.mail()).length;
  const preview = await previewAnswer(coordinator, form, 'Thank you all the same.');
  expect(preview.html.text).toContain('nobody is written to');
  const done = await sendAnswer(coordinator, preview);
  expect(done.html.text).toContain('The answer is recorded.');
  expect(done.html.text).toContain('Thank you all the same.');
  expect((await laptop.mail()).length).toBe(before);
});

test('two colleagues who work on the same submission: the slower one is told, and nothing is overwritten', async () => {
  const { reference } = await leaveOwn(laptop.visitor(), ward, { text: 'Cars on the pavement.' });
  const quick = await openFromInbox(coordinator, reference);
  const slower = await laptop.staff('coordinator');
  const slow = await openFromInbox(slower, reference);
  await decide(coordinator, quick, { decision: 'pass-on', to: 'Parking' });
  const refused = await decide(slower, slow, { decision: 'not-take-up', reason: 'Not ours.' });
  expect(refused.status).toBe(409);
  expect(refused.html.heading).toBe('Somebody has changed this in the meantime');
  expect(words((await openFromInbox(coordinator, reference)).html.text)).toContain('Passed on to Parking');
});

test('what looks like an emergency is warned of, taken all the same, and told to the team at once', async () => {
  const person = laptop.visitor();
  const first = await person.open(`/areas/${ward}/priorities/new`);
  expect(first.html.text).toMatch(/Do not report crime here[\s\S]*call 999[\s\S]*call 101/);
  const text = 'Someone is breaking into my neighbours’ house right now, please send help now';
  const warning = await person.submit(first, { text });
  expect(warning.html.text).toContain('If somebody is in danger now, call 999');
  const { reference } = await leaveOwn(person, ward, { text });
  const mail = await onlyMail(ground.mailbox);
  expect(mail.subject).toBe(`Please read now: ${reference} for Roundways`);
  expect(mail.text).not.toContain('neighbours’ house');
  const page = await openFromInbox(coordinator, reference);
  expect(page.html.text).toContain('Possible emergency');
});
