import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cautionsAbout } from '#domain/priorities/wording.ts';
import { anyText } from '#test/support/any-text.ts';
import { corpus } from './wording.corpus.ts';

describe.each(Object.entries(corpus))('%s', (_, sentences) => {
  test.each(sentences)('%s', (text, ...cautions) => {
    expect(cautionsAbout(text)).toEqual(cautions);
  });
});

describe('cautions', () => {
  test('stay when a sentence stands among others', () => {
    const around = 'Thank you for asking us. The lamps by the lock are out.';
    for (const [text, ...cautions] of Object.values(corpus).flat()) {
      if (cautions.length > 0 && text !== 'Help me')
        expect(cautionsAbout(`${around} ${text}. ${around}`), text).toEqual(cautions);
    }
  });

  test('stay however apostrophes, blanks and case are typed', () => {
    for (const text of ["He's got a knife", 'He’s  got\n a knife', 'HE‘S GOT A KNIFE']) {
      expect(cautionsAbout(text)).toEqual(['emergency']);
    }
  });

  const LENGTH = 10_000;
  const repeated = (piece: string) => piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);
  const adversarial = [
    ' ',
    'a',
    'a ',
    'he ',
    'he is just now been ',
    'now right now ',
    'there is a ',
    'there is a fight ',
    'someone has a big big ',
    'Mr ',
    'Mr  ',
    'Mr Aa ',
    `Mr Smith${' '.repeat(500)}`,
    'called ',
    'man called Aa ',
    'called Aa’'.repeat(3),
    'neighbour A-',
    'AB12 ',
    'd.o.b. ',
    'the the the the called ',
    '\n',
    '. ',
    '’',
    '😀',
    'e\u0301',
  ];

  test.each(adversarial)('of 10,000 characters of %j take no time', (piece) => {
    const started = performance.now();
    cautionsAbout(repeated(piece));
    expect(performance.now() - started).toBeLessThan(250);
  });

  test('never throw, whatever was typed', () => {
    fc.assert(
      fc.property(anyText(2000), (text) => {
        expect(cautionsAbout(text).length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 200 },
    );
  });
});
