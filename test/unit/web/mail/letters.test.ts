import { describe, expect, test } from 'vitest';
import { isEssential, type Message, type MessageKind } from '#domain/mailings/message.ts';
import { readLetter, wordsOfText } from '#test/support/letters.ts';
import type { Href } from '#web/mail/block.ts';
import type { ValuesOf } from '#web/mail/desk.ts';
import { letters } from '#web/mail/letters.en.ts';
import { mailLanguages } from '#web/mail/mail-language.ts';
import { mailRenderer } from '#web/mail/render-mail.ts';
import { renderSamples } from '#web/mail/render-samples.ts';
import { samples } from '#web/mail/samples.ts';
import { PUBLIC_URL, SITE } from '../site.ts';
import { invitation, kinds, mails, render, TYPED, type Typed } from './mails.ts';

const everyMail = Object.entries(mails);
const confirmation = mails.confirmation?.(TYPED) as Extract<Message, { kind: 'subscription-confirmation' }>;

/** What each mail has to name, by how its own name begins. */
const about: Readonly<Record<string, readonly string[]>> = {
  received: ['AB2CD3EF', 'Millbrook'],
  answered: ['AB2CD3EF', 'Millbrook'],
  flagged: ['AB2CD3EF', 'Millbrook'],
  digest: ['AB2CD3EF', 'Millbrook'],
  invitation: ['Dark underpass', 'Millbrook'],
  confirmation: ['Millbrook', 'consultations'],
  preferences: ['Change what you hear from us'],
  mailing: ['Come and see us in Millbrook', 'Unsubscribe', 'Change what you hear about'],
  weekly: ['Dark underpass', 'Come and see us in Millbrook', 'Unsubscribe', 'Change what you hear about'],
  chase: ['Dark underpass', 'Millbrook', '21 April 2027', 'Tell how it stands', 'There are 57 more'],
  paused: ['Dark underpass', '1,200 messages', '74'],
  upload: ['Dark underpass', '12 May 2027', 'See the upload'],
  unfiled: ['Dark underpass', '12 May 2027', '10 June 2027', 'Say what it is'],
};

describe.each(everyMail)('a mail (%s)', (name, write) => {
  const mail = render(write(TYPED));
  const html = readLetter(mail.html);

  test('says the same as text and as HTML, with the same links', () => {
    expect(wordsOfText(mail.text)).toBe(html.words);
    for (const { href, text } of html.links) {
      expect(href).toMatch(/^https:\/\/(?:folkmoot\.example|www\.example\.org)\/|^mailto:team@example\.org$/);
      expect(mail.text).toContain(href);
      expect(text).not.toMatch(/^(?:here|click|link|https?:|)$/i);
    }
  });

  test('names what it is about, who sends it, and what it is not for', () => {
    for (const form of [mail.text, html.words]) {
      for (const words of about[name.split(/\W/)[0] ?? ''] ?? ['nothing']) expect(form).toContain(words);
      expect(form).toContain('You get this message because');
      expect(form).toContain('Folkmoot, Exampleshire Police');
      expect(form).toContain('In an emergency call 999');
      expect(form).not.toMatch(/undefined|null|\[object|mail\.|\(\(|[{}]/);
    }
    expect(mail.html).toMatch(/<html lang="en-GB" dir="ltr">/);
  });

  test('fits into a mailbox: a short subject, no script, no picture, no table, nothing fetched', () => {
    expect(mail.subject.length).toBeLessThan(78);
    expect(mail.html).not.toMatch(/<(?:script|img|iframe|link|form|object|table)/i);
    expect(mail.html).not.toMatch(/url\(|@import|http:|src=/);
  });
});

describe('what each mail tells', () => {
  const textOf = (name: string) => render((mails[name] as (typed: Typed) => Message)(TYPED)).text;

  test('there is one of every kind', () => {
    expect(new Set(everyMail.map(([, write]) => write(TYPED).kind))).toEqual(new Set(Object.keys(kinds)));
  });

  test('the person has it back word for word, marked as theirs, and knows until when', () => {
    expect(textOf('received, own')).toContain('> The lamps are broken.\n> \n> Since May.');
    expect(textOf('received, own')).toContain('Thursday 26 November at 9:30am');
    expect(textOf('received, support')).toContain('“Dark underpass”');
    expect(textOf('received, support')).not.toContain('You wrote');
  });

  test('the answer says what became of it', () => {
    expect(textOf('answered, joined')).toMatch(/added to a priority.*“Dark underpass”/);
    expect(textOf('answered, adopted')).toMatch(/adopted.*“Dark underpass”/);
    expect(textOf('answered, passed on')).toContain('passed what you sent on to: Dark underpass');
    expect(textOf('answered, not taken up')).toContain('The reason: Dark underpass');
    expect(textOf('answered, joined')).toContain(`${PUBLIC_URL}/priorities/p-1`);
    expect(textOf('answered, passed on')).toContain(`${PUBLIC_URL}/areas/E05000001`);
    for (const name of Object.keys(mails).filter((one) => one.startsWith('answered')))
      expect(textOf(name)).toContain('We asked the council.');
  });

  test('somebody who is invited knows by whom, to what, where, until when, and what else to do', () => {
    const words = textOf('invitation');
    expect(words).toContain('Service administrator has invited you to use Folkmoot.');
    expect(words).toContain('Your account is for: Dark underpass, Millbrook team.');
    expect(words).toContain(`${PUBLIC_URL}/invitation/secret-1`);
    expect(words).toContain('good until 5pm on Monday 30 November.');
    expect(words).toContain('If you did not expect this, do nothing');
    expect(textOf('invitation by the operator')).toContain('You have been invited to use Folkmoot.');
    expect(render({ ...invitation('A post'), secret: null }).text).not.toContain('/invitation/');
  });

  test('the team is told where to read it, and not what was written or by whom', () => {
    expect(textOf('flagged')).toContain(`${PUBLIC_URL}/staff/submissions/s-1`);
    expect(textOf('flagged')).toContain('could be in danger');
    expect(textOf('flagged')).toContain('name a person');
    expect(textOf('digest')).toContain(`${PUBLIC_URL}/staff/submissions/s-2`);
    for (const name of ['flagged', 'digest']) expect(textOf(name)).not.toContain('lamps');
  });

  test('one submission is one, several are several', () => {
    const digest = mails.digest?.(TYPED) as Extract<Message, { kind: 'area-digest' }>;
    expect(render(digest).subject).toBe('2 new submissions for Millbrook');
    expect(render({ ...digest, submissions: digest.submissions.slice(1) }).subject).toBe(
      '1 new submission for Millbrook',
    );
  });

  test('somebody who signs up knows to what, until when, and that nothing happens without them', () => {
    const words = textOf('confirmation');
    for (const topic of ['local teams are working on', 'consultations', 'meetings', 'news'])
      expect(words).toContain(topic);
    expect(words).toContain('* Millbrook\n* Dark underpass');
    expect(words).toContain('We write each time');
    expect(words).toContain(`${PUBLIC_URL}/sign-up/confirm/secret-1`);
    expect(words).toContain('good until 5pm on Monday 30 November.');
    expect(words).toContain('You do not have to do anything.');
    const everywhere = render({ ...confirmation, areas: [], frequency: 'weekly', secret: null }).text;
    expect(everywhere).toContain('In every area of Exampleshire Police.');
    expect(everywhere).not.toContain('In these areas');
    expect(everywhere).toContain('one message a week');
    expect(everywhere).not.toContain('/sign-up/');
  });

  test('what staff wrote is in it, with the area of whom it is for, and a test says that it is one', () => {
    expect(textOf('mailing')).toContain(
      [
        'Come and see us in Millbrook, also in Millbrook on the map <https://www.example.org/map?a=1&b=2>!',
        'In Millbrook\n------------',
        '* Monday in Millbrook\n* Tuesday, see the list <https://www.example.org/list>',
        '3. third\n4. fourth: Millbrook',
        '> What somebody said\n> about Millbrook',
        'Write to the team for Millbrook:\nmailto:team@example.org',
      ].join('\n\n'),
    );
    expect(textOf('mailing')).not.toContain('This is a test');
    expect(textOf('mailing, test')).toMatch(/^This is a test\./);
    expect(render(mails['mailing, test']?.(TYPED) as Message).subject).toBe('Test: Dark underpass');
    expect(textOf('weekly digest')).toContain('For the whole force, your area included.');
    expect(textOf('weekly digest')).toMatch(/^Dark underpass\n-{14}$/m);
  });

  test('whoever may leave has both ways out, and one-click is the same address', () => {
    for (const [name, write] of everyMail) {
      const { text, oneClickUrl } = render(write(TYPED));
      const { kind } = write(TYPED);
      expect(oneClickUrl, name).toBe(isEssential[kind] ? null : `${PUBLIC_URL}/unsubscribe/token-1`);
      if (oneClickUrl === null) continue;
      expect(text).toContain(`Unsubscribe:\n${oneClickUrl}`);
      expect(text).toContain(`Change what you hear about:\n${PUBLIC_URL}/preferences/token-2`);
    }
  });

  test('whoever sent a mailing knows that it has stopped, why in numbers, and what to do', () => {
    const bounced = textOf('paused by bounces');
    expect(bounced).toContain('1,200 messages were sent before it stopped. 74 of them came back');
    expect(bounced).toContain('6.2%');
    expect(textOf('paused by complaints')).toContain('74 people said that it is spam: 6.2%.');
    expect(bounced).toContain('until somebody resumes it');
    expect(bounced).toContain(`${PUBLIC_URL}/staff/mailings/m-1`);
  });
});

describe('the language of a mail', () => {
  const [english] = mailLanguages;
  const letters = {
    ...english.letters,
    mailing: { ...english.letters.mailing, subject: ['Prawf: ', { value: 'subject' }] },
  };
  const welsh = { ...english, tag: 'cy', letters };
  const arabic = { ...english, tag: 'ar', direction: 'rtl' as const };
  const renderMail = mailRenderer(SITE, [english, welsh, arabic], PUBLIC_URL);
  const mailing = mails.mailing?.(TYPED) as Message;

  test.each([
    ['en-GB', 'en-GB', 'Dark underpass'],
    ['en', 'en-GB', 'Dark underpass'],
    ['cy', 'cy', 'Prawf: Dark underpass'],
    ['CY-gb', 'cy', 'Prawf: Dark underpass'],
    ['fr', 'en-GB', 'Dark underpass'],
    ['', 'en-GB', 'Dark underpass'],
  ])('for whoever reads %s is %s', (language, tag, subject) => {
    const mail = renderMail({ message: mailing, language });
    expect(mail.subject).toBe(subject);
    expect(mail.html).toContain(`<html lang="${tag}"`);
  });

  test('is read from the side from which it is read', () => {
    const { html } = renderMail({ message: mailing, language: 'ar' });
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('border-right:4px');
    expect(html).not.toMatch(/(?:padding|border)-left/);
  });
});

describe('a letter', () => {
  // Types are what is tested: `npm run types` fails when one of these would compile.
  test('without one of its values does not compile', () => {
    const link = 'https://folkmoot.example/' as Href;
    const complete: ValuesOf<'preferences-link'> = { change: link, time: null };
    // @ts-expect-error: `time` is missing
    const missing: ValuesOf<'preferences-link'> = { change: link };
    // @ts-expect-error: the letter has no `tme`
    const misspelt: ValuesOf<'preferences-link'> = { change: link, time: null, tme: null };
    // @ts-expect-error: what somebody typed is no address
    const typed: ValuesOf<'preferences-link'> = { change: 'javascript:alert(1)', time: null };
    // @ts-expect-error: no subject without its words
    const subject: Pick<ValuesOf<'mailing'>, 'subject'> = { subject: null };
    // @ts-expect-error: the sentence knows no such topic
    const topic: ValuesOf<'subscription-confirmation'>['topics'] = [{ topic: 'weather' }];
    expect([complete, missing, misspelt, typed, subject, topic]).toHaveLength(6);
  });

  test('without a source, and a kind without a sample, does not compile', () => {
    const { mailing: _, ...others } = letters;
    // @ts-expect-error: there is no source of `mailing`
    const sources: Readonly<Record<MessageKind, string>> = others;
    const { 'weekly-digest': __, ...rest } = samples;
    // @ts-expect-error: there is no sample of `weekly-digest`
    const shown: Readonly<Record<MessageKind, Message>> = rest;
    expect(Object.keys(sources)).toHaveLength(Object.keys(shown).length);
  });

  test('is shown with sample data, every kind once', () => {
    const shown = renderSamples(PUBLIC_URL);
    expect(shown.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(kinds).toSorted());
    for (const { html, text } of shown) expect(wordsOfText(text)).toBe(readLetter(html).words);
  });

  test('is typed as print is: a straight apostrophe would begin a quotation in ICU’s notation', () => {
    for (const [kind, source] of Object.entries(letters))
      expect(source, kind).not.toMatch(/['"]|\S {2}|\.\.\./);
  });
});

describe('the digest of what is due', () => {
  const [item] = samples['chase-digest'].items;

  test('names an action that is due in parts once, with all its days, and one way to tell', () => {
    if (!item) throw new Error('The sample has no items');
    const items = ['2027-04-21', '2027-04-30', '2027-05-20'].map((due) => ({ ...item, due }));
    const { text } = render({ ...samples['chase-digest'], items });
    expect(text.split(item.title)).toHaveLength(2);
    for (const day of ['21 April 2027', '30 April 2027', '20 May 2027']) expect(text).toContain(day);
    expect(text.match(/Tell how it stands/g)).toHaveLength(1);
  });
});
