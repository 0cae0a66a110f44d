import fc from 'fast-check';
import { extract, parse } from 'letterparser';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { composeMail } from '#adapters/ses/compose-mail.ts';
import { envelopeOf, type RenderedMail } from '#domain/mailings/ports.ts';
import { oneLine } from '#domain/shared/text.ts';
import { anyText } from '#test/support/any-text.ts';
import { readLetter } from '#test/support/letters.ts';
import { aMail } from '#test/support/stores/records.ts';
import { mails, render, TYPED, type Typed } from './mails.ts';

const everyMail = Object.entries(mails);
const RUNS = { numRuns: 25 };

const TROUBLE = [
  '\r\nBcc: everybody@example.org',
  '\r\n\r\n<p>body</p>',
  '\n\n## Heading\n\n* item\n\n> quote\n\n---\n\n',
  '\n\n[Unsubscribe](https://evil.example/)\n\n',
  '](javascript:alert(1))',
  '[words]({follow})',
  '((area))',
  '{reference}{service, select, other {x}}',
  '<script>alert(1)</script><a href="https://evil.example/">x</a>',
  '"><img src=x onerror=alert(1)>\'',
  '{{ 7*7 }}{% include "x" %}',
  '=?utf-8?Q?=0D=0ABcc:_x@example.org?=',
  '\u202edesrever\u202c\u2066isolated',
  '\u2028\u2029\u0085\v\f\0',
  'Ünïcødé – 警察 – شرطة – 👮🏽‍♀️',
  'x'.repeat(1200),
];

/** Text of which something is left when it is tidied: a block without words is left out on purpose. */
const typedText = fc
  .array(fc.oneof(fc.constantFrom(...TROUBLE), anyText(40)), { maxLength: 4 })
  .map((pieces) => `x${pieces.join(' ')}x`);
const typed: fc.Arbitrary<Typed> = fc.record({
  area: typedText,
  text: typedText,
  title: typedText,
  said: typedText,
});

const elementsOf = ({ html }: RenderedMail) =>
  readLetter(html).elements.map(({ tag, attributes: { 'aria-label': _, ...others } }) => ({
    tag,
    ...others,
  }));

const lettersOf = (words: string): string => words.replace(/[^\p{L}]/gu, '');

/** Of the text form, without the addresses that HTML has behind its words. */
const lettersOfText = ({ text, html }: RenderedMail): string => {
  let rest = text;
  for (const { href } of readLetter(html).links) {
    const [found] = [` <${href}>`, `:\n${href}`, `\n  ${href}`].filter((form) => rest.includes(form));
    rest = rest.replace(found ?? '', '');
  }
  return lettersOf(rest);
};

const compose = async (words: RenderedMail): Promise<string> => {
  const mail = aMail({ id: 'mail-1', replyTo: null });
  const sender = { name: 'Folkmoot of Marshwick', address: 'no-reply@folkmoot.example' };
  return (await composeMail(envelopeOf(mail), words, { sender, at: '2026-11-23T09:30:00.000Z' })).toString(
    'latin1',
  );
};

const headerLinesOf = (mime: string): readonly string[] =>
  mime.slice(0, mime.indexOf('\r\n\r\n')).split('\r\n');

const namesIn = (mime: string): readonly string[] =>
  headerLinesOf(mime).flatMap((line) => (/^\s/.test(line) ? [] : [line.slice(0, line.indexOf(':'))]));

const unfold = (text: string): string => text.replaceAll('\r\n', '\n').trim();

describe.each(everyMail)('whatever was typed (%s)', (_, write) => {
  const plain = render(write(TYPED));

  test('makes no block, no link, no element and no attribute', () => {
    fc.assert(
      fc.property(typed, (words) => {
        expect(elementsOf(render(write(words)))).toEqual(elementsOf(plain));
      }),
      RUNS,
    );
  });

  test('is the same in text and HTML', () => {
    fc.assert(
      fc.property(typed, (words) => {
        const mail = render(write(words));
        expect(lettersOfText(mail)).toBe(lettersOf(readLetter(mail.html).words));
      }),
      RUNS,
    );
  });

  test('adds no header and no part, as two readers of MIME agree', async () => {
    const headers = namesIn(await compose(plain));
    await fc.assert(
      fc.asyncProperty(typed, async (words) => {
        const mail = render(write(words));
        const mime = await compose(mail);
        expect(namesIn(mime)).toEqual(headers);
        for (const line of mime.split('\r\n')) expect(Buffer.byteLength(line, 'latin1')).toBeLessThan(999);
        const [one, other] = [await PostalMime.parse(mime), extract(mime)];
        expect(one.headers.map(({ originalKey }) => originalKey)).toEqual(headers);
        expect(Object.keys(parse(mime).headers)).toHaveLength(headers.length);
        for (const read of [one, other]) {
          expect(read.subject).toBe(mail.subject);
          expect(unfold(read.text ?? '')).toBe(unfold(mail.text));
          expect(unfold(read.html ?? '')).toBe(unfold(mail.html));
          expect(read.attachments ?? []).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test('leaves the subject one line, in the direction of its language', () => {
    fc.assert(
      fc.property(typed, (words) => {
        const { subject } = render(write(words));
        expect(subject).toBe(oneLine(subject));
        expect(subject).not.toMatch(/[\r\n\v\f\u0085\u2028\u2029\0\u202a-\u202e\u2066-\u2069]/);
      }),
      RUNS,
    );
  });
});

describe('what staff type as a letter', () => {
  const tags = ['p', 'h2', 'h3', 'ul', 'ol', 'li', 'blockquote', 'a', 'strong'];
  const around = ['html', 'head', 'meta', 'title', 'style', 'body', 'div'];
  const source = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...TROUBLE,
          '\n\n',
          '\n* ',
          '\n1. ',
          '\n> ',
          '## ',
          '**bold**',
          '*em*',
          '`code`',
          '[a](https://www.example.org/)',
          '[a](http://www.example.org/)',
          '[a](data:text/html,x)',
          '[a](https://www.example.org/"onclick=x)',
          '![i](https://www.example.org/i.png)',
          '<https://www.example.com/>',
          '[a]: https://www.example.org/',
          '&lt;script&gt;&#106;',
          '    indented',
          '```\nfence\n```',
        ),
        anyText(10),
      ),
      { maxLength: 25 },
    )
    .map((pieces) => pieces.join(''));

  test('becomes nothing but the blocks that letters have, and links to https and mailto', () => {
    fc.assert(
      fc.property(source, (written) => {
        const mail = render({
          kind: 'mailing',
          subject: 'x',
          source: written,
          area: { code: 'E05000001', name: '](javascript:alert(1)) ((area)) <b>' },
          isTest: false,
          optOut: { unsubscribe: 'token-1', preferences: 'token-2' },
        });
        const { elements, links, words } = readLetter(mail.html);
        expect(elements.filter(({ tag }) => ![...tags, ...around].includes(tag))).toEqual([]);
        for (const { attributes } of elements)
          expect(Object.keys(attributes).filter((name) => /^(?:on|src)/.test(name))).toEqual([]);
        for (const { href } of links) expect(href).toMatch(/^(?:https:\/\/|mailto:)/);
        expect(lettersOfText(mail)).toBe(lettersOf(words));
      }),
      { numRuns: 300 },
    );
  });
});
