import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Message, MessageKind } from '#domain/mailings/message.ts';
import type { TriageOutcome } from '#domain/priorities/submission.ts';
import { anyText } from '#test/support/any-text.ts';
import { mailRenderer } from '#web/mail/render-mail.ts';
import { english } from '#web/render/translate.ts';
import { PUBLIC_URL, SITE } from '../site.ts';

const render = mailRenderer(SITE, english, PUBLIC_URL);

interface Typed {
  readonly area: string;
  readonly text: string;
  readonly title: string;
  readonly said: string;
}

const TYPED: Typed = {
  area: 'Millbrook',
  text: 'The lamps are broken.\n\nSince May.',
  title: 'Dark underpass',
  said: 'We asked the council.',
};
const ANSWER_BY = '2026-11-26T09:30:00.000Z';

const answered = ({ area, text, title, said }: Typed, outcome: TriageOutcome): Message => ({
  kind: 'submission-answered',
  reference: 'AB2CD3EF',
  area: { code: 'E05000001', name: area },
  text,
  outcome,
  priority: outcome.kind === 'joined' || outcome.kind === 'adopted' ? { id: 'p-1', title } : null,
  answer: said,
});

/** Every kind of mail in each of its forms. */
const mails: Readonly<Record<string, (typed: Typed) => Message>> = {
  'received, own': ({ area, text }) => ({
    kind: 'submission-received',
    reference: 'AB2CD3EF',
    area: { code: 'E05000001', name: area },
    text,
    supports: null,
    answerBy: ANSWER_BY,
  }),
  'received, support': ({ area, title }) => ({
    kind: 'submission-received',
    reference: 'AB2CD3EF',
    area: { code: 'E05000001', name: area },
    text: '',
    supports: { id: 'p-1', title },
    answerBy: null,
  }),
  'answered, joined': (typed) => answered(typed, { kind: 'joined', priority: 'p-1' }),
  'answered, adopted': (typed) => answered(typed, { kind: 'adopted', priority: 'p-1' }),
  'answered, passed on': (typed) => answered(typed, { kind: 'passed-on', to: typed.title }),
  'answered, not taken up': (typed) => answered(typed, { kind: 'not-taken-up', reason: typed.title }),
  flagged: ({ area }) => ({
    kind: 'submission-flagged',
    submission: 's-1',
    reference: 'AB2CD3EF',
    area: { code: 'E05000001', name: area },
    cautions: ['emergency', 'names-a-person'],
    answerBy: ANSWER_BY,
  }),
  digest: ({ area }) => ({
    kind: 'area-digest',
    area: { code: 'E05000001', name: area },
    submissions: [
      { id: 's-1', reference: 'AB2CD3EF', answerBy: ANSWER_BY, supports: false },
      { id: 's-2', reference: 'GH4JK5LM', answerBy: ANSWER_BY, supports: true },
    ],
  }),
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#92;': '\\',
  '&amp;': '&',
};

/** The words of an HTML mail, as a reader sees them. */
const wordsOf = (html: string): string =>
  html
    .replace(/[\s\S]*<body[^>]*>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:\w+|#\d+);/g, (entity) => ENTITIES[entity] ?? entity);

/** The same for both forms: words, without what only one of them needs. */
const folded = (words: string): string =>
  words
    .replace(/^> ?/gm, '')
    .replace(/^[-*]+ ?/gm, '')
    .replace(/https:\/\/\S+/g, '')
    .replace(/:(?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const linksOf = (html: string): string[] =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);

const everyMail = Object.entries(mails);

describe.each(everyMail)('a mail (%s)', (_, write) => {
  const mail = render(write(TYPED));

  test('says the same as text and as HTML, with the same links', () => {
    expect(folded(wordsOf(mail.html))).toBe(folded(mail.text));
    for (const href of linksOf(mail.html)) {
      expect(href.startsWith(`${PUBLIC_URL}/`)).toBe(true);
      expect(mail.text).toContain(href);
    }
  });

  test('names what it is about, who sends it, and what it is not for', () => {
    for (const form of [mail.text, wordsOf(mail.html)]) {
      expect(form).toContain('AB2CD3EF');
      expect(form).toContain('Millbrook');
      expect(form).toContain('Folkmoot, Exampleshire Police');
      expect(form).toContain('In an emergency call 999');
      expect(form).not.toMatch(/undefined|null|\[object|mail\./);
    }
    expect(mail.html).toMatch(/<html lang="en-GB" dir="ltr">/);
  });

  test('fits into a mailbox: a short subject, no script, no picture, nothing fetched', () => {
    expect(mail.subject.length).toBeLessThan(78);
    expect(mail.html).not.toMatch(/<(?:script|img|iframe|link|form|object|style)/i);
    expect(mail.html).not.toMatch(/url\(|http:|src=/);
  });
});

describe.each(everyMail)('whatever was typed (%s)', (_, write) => {
  const nasty = '<script>alert(1)</script>"\'&\r\nBcc: all@example.org\u2028<b onclick=x>{{ 7*7 }}';

  test('stays text in HTML, and the subject stays one line', () => {
    const { subject, html } = render(write({ area: nasty, text: nasty, title: nasty, said: nasty }));
    expect(html).not.toMatch(/<script|<b |alert\(1\)<\/script/);
    expect(html.replace(/="[^"]*"/g, '')).not.toMatch(/<[^>]*onclick/);
    expect(html).not.toContain('49');
    expect(subject).not.toMatch(/[\r\n\u2028\u2029\0]/);
  });

  test('leaves the subject one line, and both forms the same', () => {
    const typed = anyText(80);
    fc.assert(
      fc.property(fc.record({ area: typed, text: typed, title: typed, said: typed }), (words) => {
        const { subject, html, text } = render(write(words));
        expect(subject).not.toMatch(/[\r\n\v\f\u0085\u2028\u2029\0]/);
        expect(html.match(/<[a-z]+/g)).toEqual(expect.arrayContaining(['<html', '<body']));
        expect(text.length).toBeGreaterThan(100);
        expect(html).not.toMatch(/<script/i);
      }),
      { numRuns: 20 },
    );
  });
});

describe('what each mail tells', () => {
  const textOf = (name: string) => render((mails[name] as (typed: Typed) => Message)(TYPED)).text;

  test('there is one of every kind', () => {
    const kinds: Readonly<Record<MessageKind, true>> = {
      'submission-received': true,
      'submission-answered': true,
      'submission-flagged': true,
      'area-digest': true,
    };
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
});
