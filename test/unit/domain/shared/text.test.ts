import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countCharacters, emailAddressSchema, oneLine, shorten, tidyText } from '#domain/shared/text.ts';
import { anyText } from '#test/support/any-text.ts';

const anything = anyText(300);

describe('tidy text', () => {
  test.each([
    ['a\0b', 'ab'],
    ['\u0007bell\u001b[31m', 'bell[31m'],
    ['next\u0085line', 'nextline'],
    ['half \ud83d an emoji', 'half \ufffd an emoji'],
    ['\udc00', '\ufffd'],
    ['one\r\ntwo\rthree\nfour', 'one\ntwo\nthree\nfour'],
    ['a\tb', 'a\tb'],
    ['  both ends \n', 'both ends'],
    ['\ufeffmark', 'mark'],
    ['\u00a0', ''],
    ['\u200b\u2060 \u00ad\ufeff', ''],
    ['\u3164\n\u2800', ''],
    ['e\u0301', 'é'],
    ['\u200fعربي\u200e', '\u200fعربي\u200e'],
    ['\u202eoverride\u202c', '\u202eoverride\u202c'],
    ['zero\u200bwidth', 'zero\u200bwidth'],
    ['<b>&amp;"quoted"</b>', '<b>&amp;"quoted"</b>'],
    ['👩🏽‍🚒', '👩🏽‍🚒'],
  ])('%j becomes %j', (typed, tidy) => {
    expect(tidyText(typed)).toBe(tidy);
  });

  test('is tidy already, well-formed, and without control characters', () => {
    fc.assert(
      fc.property(anything, (typed) => {
        const tidy = tidyText(typed);
        expect(tidyText(tidy)).toBe(tidy);
        expect(tidy.isWellFormed()).toBe(true);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
        expect(tidy).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
      }),
    );
  });

  test('on one line holds nothing that ends a line', () => {
    fc.assert(
      fc.property(anything, (typed) => {
        expect(oneLine(typed)).not.toMatch(/[\r\n\t\v\f\u0085\u2028\u2029]/);
      }),
    );
    expect(oneLine('Hello\r\nBcc: all@example.org')).toBe('Hello Bcc: all@example.org');
  });

  test('on one line turns no words around it, and keeps the marks of those who write from the right', () => {
    expect(oneLine('Head \u202eof\u202c \u2066Camden\u2069 \u202a\u202b\u202d\u2067\u2068')).toBe(
      'Head of Camden',
    );
    expect(oneLine('\u200fعربي\u200e\u061c')).toBe('\u200fعربي\u200e\u061c');
  });
});

describe('characters', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['👍🏽', 1],
    ['👩‍👩‍👧‍👦', 1],
    ['👩🏻‍❤️‍💋‍👩🏼', 1],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', 1],
    ['🇬🇧🇫🇷', 2],
    ['नमस्ते', 3],
    ['a\r\nb', 3],
  ])('%j counts %d', (text, characters) => {
    expect(countCharacters(text)).toBe(characters);
  });

  test('bound what is stored: a heap of combining marks is not one character', () => {
    expect(countCharacters(`a${'\u0301'.repeat(10_000)}`)).toBeGreaterThan(600);
    fc.assert(
      fc.property(anything, (text) => {
        expect(text.length).toBeLessThanOrEqual(16 * countCharacters(text));
        expect(countCharacters(text)).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('e-mail addresses', () => {
  test.each([
    'name@example.org',
    ' Name.Surname+tag@Sub.Example.ORG ',
    "o'neill@example.org",
    `${'a'.repeat(64)}@example.org`,
  ])('%j is one, in small letters', (typed) => {
    expect(emailAddressSchema.parse(typed)).toBe(typed.trim().toLowerCase());
  });

  test.each([
    '',
    'name',
    'name@example',
    '@example.org',
    'name@@example.org',
    'a b@example.org',
    'name@example.org\nBcc: b@example.org',
    'name@example.org\r\n',
    'Name <name@example.org>',
    'name@example.org,other@example.org',
    '.name@example.org',
    'name.@example.org',
    'na..me@example.org',
    'name@-example.org',
    'name@exa_mple.org',
    'name@example..org',
    'ñame@example.org',
    '\u212aelvin@example.org',
    'name@\u212aelvin.org',
    'na\u017fe@example.org',
    'name@exämple.org',
    'name@127.0.0.1',
    'name@[127.0.0.1]',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}.org`,
  ])('%j is none', (typed) => {
    // Blanks around an address are a slip that is forgiven, a line end is not different from a blank.
    expect(emailAddressSchema.safeParse(typed).success).toBe(typed.trim() === 'name@example.org');
  });

  test('are read in time linear in their length', () => {
    const started = performance.now();
    for (const piece of ['a', 'a.', 'a@', '-', 'a-'])
      for (const start of ['', 'a@']) emailAddressSchema.safeParse(`${start}${piece.repeat(50_000)}`);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('shortened text', () => {
  test.each([
    ['abc', 'abc'],
    ['abcde', 'abcde'],
    ['abcdef', 'abcd…'],
    ['abc def', 'abc…'],
    ['😀😀😀😀😀😀', '😀😀😀😀…'],
  ])('%j becomes %j', (text, short) => {
    expect(shorten(text, 5)).toBe(short);
  });
});
