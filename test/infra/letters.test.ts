import { describe, expect, test } from 'vitest';
import { cutLetter } from '#infra/build/letters.ts';
import type { LetterSource } from '#web/mail/letter-source.ts';

const around = (body: string) => `# Subject of {what}\n\n${body}\n\n---\n\nSmall print`;
const cut = (body: string) => cutLetter(around(body)).blocks as LetterSource['blocks'];

describe('the source of a letter', () => {
  test('begins with its subject and ends with its small print', () => {
    expect(cutLetter(around('Hello'))).toEqual({
      subject: ['Subject of ', { value: 'what' }],
      blocks: [{ kind: 'paragraph', words: 'Hello', introduces: false }],
      smallPrint: [{ kind: 'paragraph', words: 'Small print', introduces: false }],
    });
  });

  test.each([
    ['one\n  line', [{ kind: 'paragraph', words: 'one line', introduces: false }]],
    ['## Heading', [{ kind: 'heading', words: 'Heading' }]],
    ['> {words}', [{ kind: 'quote', words: [{ value: 'words' }] }]],
    ['+ {letter}', [{ kind: 'insert', name: 'letter' }]],
    ['[Go to {place}]({go})', [{ kind: 'action', words: ['Go to ', { value: 'place' }], href: 'go' }]],
    [
      '* one\n* two\n  lines\n*{all} [{name}]({go})',
      [
        {
          kind: 'list',
          items: [
            { each: null, words: 'one', href: null },
            { each: null, words: 'two lines', href: null },
            { each: 'all', words: [{ value: 'name' }], href: 'go' },
          ],
        },
      ],
    ],
    [
      'You wrote:\n\n> {words}',
      [
        { kind: 'paragraph', words: 'You wrote:', introduces: true },
        { kind: 'quote', words: [{ value: 'words' }] },
      ],
    ],
  ])('%j is cut into blocks', (body, blocks) => {
    expect(cut(body)).toEqual(blocks);
  });

  test.each([
    ['no subject', 'Hello\n\n---\n\nSmall'],
    ['no small print', '# Subject\n\nHello'],
    ['a link within a sentence', around('See [this]({link}) now')],
    ['a link to a fixed address', around('[this](https://example.org)')],
    ['HTML', around('<b>bold</b>')],
    ['a heading of another level', around('### Heading')],
    ['a sentence that is not well formed', around('Hello {name')],
    ['a choice without the rest', around('{kind, select, one {x}}')],
  ])('with %s is refused', (_, source) => {
    expect(() => cutLetter(source)).toThrow();
  });
});
