import { describe, expect, test } from 'vitest';
import type { Block } from '#web/mail/block.ts';
import { checkLetterSource, MAX_LETTER, personalise, readStaffLetter } from '#web/mail/staff-letter.ts';

const read = (source: string, area = 'Millbrook') => readStaffLetter(source, { area });

const wordsIn = (block: Block | undefined): string => {
  if (!block || block.kind === 'action') return block?.text ?? '';
  const words = block.kind === 'list' ? block.items.flat() : block.words;
  return words.map(({ text }) => text).join('');
};

describe('what staff write', () => {
  test.each([
    ['one line\nand another', 'paragraph', 'one line\nand another'],
    ['## A heading', 'heading', 'A heading'],
    ['# A heading', 'heading', 'A heading'],
    ['* one', 'list', 'one'],
    ['- one', 'list', 'one'],
    ['1. one', 'list', 'one'],
    ['> said', 'quote', 'said'],
    ['[Go](https://www.example.org)', 'action', 'Go'],
    ['*em* and **strong**', 'paragraph', 'em and strong'],
    ['`code` ~~gone~~ &amp; <b>', 'paragraph', '`code` ~~gone~~ &amp; <b>'],
    ['    four blanks', 'paragraph', 'four blanks'],
    ['```\nfence\n```', 'paragraph', '```\nfence\n```'],
    ['Text\n---', 'paragraph', 'Text\n---'],
    ['[a](http://example.org)', 'paragraph', '[a](http://example.org)'],
    ['[a](javascript:alert)', 'paragraph', '[a](javascript:alert)'],
    ['[a](//example.org)', 'paragraph', '[a](//example.org)'],
    ['[a]()', 'paragraph', 'a'],
    ['[a]: https://example.org', 'paragraph', '[a]: https://example.org'],
    ['\\*not a list', 'paragraph', '*not a list'],
    ['| a | b |\n|---|---|', 'paragraph', '| a | b |\n|---|---|'],
  ])('%j is one %s', (source, kind, words) => {
    const blocks = read(source);
    expect(blocks.map((block) => block.kind)).toEqual([kind]);
    expect(wordsIn(blocks[0])).toBe(words);
  });

  test('is nothing where nothing was written', () => {
    for (const source of ['', ' \n\n ', '[](https://www.example.org)', '\u200b'])
      expect(read(source)).toEqual([]);
  });

  test('keeps what is nested, in the list or quotation that it is in', () => {
    expect(read('* a\n  * b\n\n    c\n* d').map(wordsIn)).toEqual(['ab\ncd']);
    expect(read('> a\n>\n> > b\n>\n> * c').map(wordsIn)).toEqual(['a\n\nb\n\nc']);
  });

  test('has the area filled in where it was read as words, and nowhere else', () => {
    const area = '](javascript:alert(1)) **x** ((area))\n\n## y';
    const blocks = read('((area)) [((area))](https://www.example.org/?q=((area)))\n\n* (( Area ))', area);
    const filled = '](javascript:alert(1)) **x** ((area)) ## y';
    expect(blocks).toEqual([
      {
        kind: 'paragraph',
        words: [
          { text: `${filled} `, href: null, strong: false },
          { text: filled, href: 'https://www.example.org/?q=((area))', strong: false },
        ],
      },
      { kind: 'list', first: null, items: [[{ text: filled, href: null, strong: false }]] },
    ]);
  });

  test('keeps a name that nobody knows as it was typed', () => {
    expect(personalise('Hello ((name)) in ((area))', { area: '$& Millbrook' })).toBe(
      'Hello ((name)) in $& Millbrook',
    );
  });

  test('is read soon, whatever it is', () => {
    const started = performance.now();
    for (const piece of ['[', '![', '*a ', '> ', '((', '[a](', '**', '<', '1. ', '`', '\\', '[]('])
      checkLetterSource(piece.repeat(MAX_LETTER / piece.length));
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});

describe('the check of what staff write', () => {
  const problemsOf = (source: string) => checkLetterSource(source).problems;

  test.each([
    '',
    'Come to the library in ((area)) (or (to) the market), **please**.',
    '## A\n\n* one\n* two\n\n1. one\n\n> said\n\n[a](https://www.example.org/?a=1&b=(2)) [b](mailto:a@example.org)',
    'a < b and b > a, 5 <6',
    'x'.repeat(MAX_LETTER),
    '👩🏽‍🚒'.repeat(MAX_LETTER),
  ])('finds nothing wrong with %.60s', (source) => {
    expect(problemsOf(source)).toEqual([]);
  });

  test.each([
    [
      'Hello ((first name)) and ((name)) and ((name))',
      { kind: 'unknown-personalisation', name: 'first name' },
      2,
    ],
    ['(())', { kind: 'unknown-personalisation', name: '' }, 1],
    ['[a](http://example.org)', { kind: 'link-not-https', address: 'http://example.org' }, 1],
    ['[a](javascript:alert(1))', { kind: 'link-not-https', address: 'javascript:alert(1)' }, 1],
    ['[a](www.example.org)', { kind: 'link-not-https', address: 'www.example.org' }, 1],
    ['[a](https:example)', { kind: 'link-not-https', address: 'https:example' }, 1],
    ['[a]()', { kind: 'link-not-https', address: '' }, 1],
    ['[a](https://a.org/((area)))', { kind: 'link-not-https', address: 'https://a.org/((area))' }, 1],
    ['* [](https://a.org/)', { kind: 'link-without-words', address: 'https://a.org/' }, 1],
    ['![a](https://a.org/i.png)', { kind: 'image' }, 1],
    ['<b>', { kind: 'html', tag: '<b>' }, 1],
    ['<!-- x -->', { kind: 'html', tag: '<!-- x -->' }, 1],
    ['* a\n  * b', { kind: 'nested' }, 1],
    ['> > a', { kind: 'nested' }, 1],
    ['x'.repeat(MAX_LETTER + 1), { kind: 'too-long', most: MAX_LETTER }, 1],
  ])('%.60s is a mistake', (source, problem, count) => {
    expect(problemsOf(source)[0]).toEqual(problem);
    expect(problemsOf(source)).toHaveLength(count);
  });
});
