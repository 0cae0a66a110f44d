import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal, matches, wildcards } from '#infra/local/permissions/pattern.ts';

/** As slow as it is plain. */
function matchesNaively(pattern: string, text: string): boolean {
  const [first] = pattern;
  if (first === undefined) return text === '';
  if (first === '*') {
    return matchesNaively(pattern.slice(1), text) || (text !== '' && matchesNaively(pattern, text.slice(1)));
  }
  return (
    text !== '' && (first === '?' || first === text[0]) && matchesNaively(pattern.slice(1), text.slice(1))
  );
}

const short = (units: string[], maxLength: number) =>
  fc.array(fc.constantFrom(...units), { maxLength }).map((all) => all.join(''));

describe('a pattern', () => {
  it('matches what a naive matcher matches', () => {
    fc.assert(
      fc.property(short(['a', 'b', '*', '?'], 7), short(['a', 'b'], 10), (pattern, text) => {
        expect(matches(wildcards(pattern), text)).toBe(matchesNaively(pattern, text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('matches across the 32 bits of a word as a naive matcher does', () => {
    const part = short(['a', 'b', '?'], 80);
    fc.assert(
      fc.property(part, short(['a', 'b'], 20), short(['a', 'b'], 20), (middle, before, after) => {
        const text = `${before}${middle.replaceAll('?', 'b')}${after}`;
        expect(matches(wildcards(`*${middle}*`), text)).toBe(true);
        const other = `${before}${middle.slice(1).replaceAll('?', 'b')}`;
        expect(matches(wildcards(`*${middle}*`), other)).toBe(matchesNaively(`*${middle}*`, other));
      }),
      { numRuns: 300 },
    );
  });

  it('takes wildcards literally where it is told to', () => {
    expect(matches(literal('a*?'), 'a*?')).toBe(true);
    expect(matches(literal('a*?'), 'abc')).toBe(false);
  });

  it.each([
    ['many asterisks', `${'*a'.repeat(300)}*b*`],
    ['a long part that nearly fits everywhere', `*${'a'.repeat(2_000)}b*`],
    ['question marks', `*${'a?'.repeat(500)}b*`],
    ['nothing but wildcards', '*?'.repeat(200)],
  ])('answers on 100 kB in milliseconds: %s', (_what, pattern) => {
    const start = performance.now();
    expect(matches(wildcards(pattern), 'a'.repeat(100_000))).toBe(!pattern.includes('b'));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
