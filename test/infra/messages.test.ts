import { describe, expect, test } from 'vitest';
import { compileSentence } from '#infra/build/messages.ts';
import { type Counting, fillIn, type Sentence } from '#web/render/sentence.ts';

const counting: Counting = {
  category: (count) => new Intl.PluralRules('cy').select(count),
  write: (value) => `<${value}>`,
};
const fill = (sentence: string, values: Record<string, string | number>) =>
  fillIn(compileSentence(sentence) as Sentence, values, counting);

describe('a sentence that was parsed by the build', () => {
  test('is just a text when nothing is filled in', () => {
    expect(compileSentence('Nothing to fill in')).toBe('Nothing to fill in');
    expect(compileSentence("It''s '{quoted}'")).toBe("It's {quoted}");
    expect(compileSentence('')).toBe('');
  });

  test.each([
    ['Hello {name}', { name: '{x} #' }, 'Hello {x} #'],
    ['{a}{b}{a}', { a: 'x', b: 1500 }, 'x1500x'],
    ['{max, number} characters', { max: 1500 }, '<1500> characters'],
    ['{max, number} characters', { max: 'many' }, 'many characters'],
    ['{kind, select, ward {a ward of {of}} other {an area}}', { kind: 'ward', of: 'X' }, 'a ward of X'],
    ['{kind, select, ward {a ward} other {an area}}', { kind: 'toString' }, 'an area'],
    ['{n, plural, =2 {two} two {never} few {# ci} other {# cathod}}', { n: 2 }, 'two'],
    ['{n, plural, =2 {two} two {never} few {# ci} other {# cathod}}', { n: 3 }, '<3> ci'],
    ['{n, plural, =2 {two} two {never} few {# ci} other {# cathod}}', { n: 30 }, '<30> cathod'],
    ['{n, plural, one {#} other {{who, select, us {us} other {them}}: #}}', { n: 5, who: 'x' }, 'them: <5>'],
  ])('%s with %j is %s', (sentence, values, words) => {
    expect(fill(sentence, values)).toBe(words);
  });

  test.each([
    '{date, date, short}',
    '{n, selectordinal, other {#}}',
    '{n, number, percent}',
    '{open',
    '{n, plural, one {x}}',
  ])('%s is refused', (sentence) => {
    expect(() => compileSentence(sentence)).toThrow();
  });

  test('throws when what it needs is not given', () => {
    expect(() => fill('Hello {name}', {})).toThrow('"name"');
  });
});
