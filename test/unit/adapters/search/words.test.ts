import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSegment } from '#adapters/search/build-segment.ts';
import { parseQuery } from '#adapters/search/parse-query.ts';
import { Segment } from '#adapters/search/segment.ts';
import { forgivenErrors, similarTerms } from '#adapters/search/similar-terms.ts';
import { stemmerOf } from '#adapters/search/stem.ts';
import { splitText } from '#adapters/search/text-blocks.ts';
import { tokenise } from '#adapters/search/tokenise.ts';
import { anyText } from '#test/support/any-text.ts';
import { aRecord } from '#test/support/search/records.ts';

const termsOf = (text: string) => tokenise(text).map(({ term, position }) => `${position} ${term}`);

describe('words of a text', () => {
  it('are folded, numbered, and known by where they stand', () => {
    expect(termsOf('Café PENLLŶN, ſtraße № 5!')).toEqual(['0 cafe', '1 penllyn', '2 strasse', '3 5']);
    const text = 'The officers’ report: “Yes”.';
    expect(tokenise(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'The',
      'officers',
      'report',
      'Yes',
    ]);
  });

  it('keep apostrophes inside, without genitives', () => {
    expect(termsOf("officer's O'Brien don't i'r a'u")).toEqual([
      '0 officer',
      '1 obrien',
      '2 dont',
      '3 ir',
      '4 au',
    ]);
  });

  it('are parted at hyphens and slashes, and joined once more at hyphens', () => {
    expect(termsOf('anti-social body-worn-video')).toEqual([
      ...['0 anti', '1 social', '0 antisocial', '2 body', '3 worn', '4 video', '2 bodywornvideo'],
    ]);
    expect(termsOf('2010/11 - and/or')).toEqual(['0 2010', '1 11', '2 and', '3 or']);
  });

  it('are single characters in scripts without blanks', () => {
    expect(termsOf('東京都 ไทย')).toEqual(['0 東', '1 京', '2 都', '3 ไ', '4 ท', '5 ย']);
  });

  it('are the same when a text is read in pieces', () => {
    fc.assert(
      fc.property(fc.array(anyText(30), { maxLength: 400 }), (parts) => {
        const text = parts.join(' and so on and on, '.repeat(20)).toWellFormed();
        const pieces = splitText(text);
        expect(pieces.join('')).toBe(text);
        const inPieces = pieces.flatMap((piece) => tokenise(piece).map(({ term }) => term));
        expect(inPieces).toEqual(tokenise(text).map(({ term }) => term));
      }),
      { numRuns: 60 },
    );
  });

  it('lie within any text, in order, none longer than 64 characters', () => {
    fc.assert(
      fc.property(anyText(200), (text) => {
        for (const { term, start, end } of tokenise(text)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(term.length).toBeLessThanOrEqual(64);
        }
      }),
    );
  });
});

describe('stems', () => {
  it('are those of English where a text is English, and none in Welsh', () => {
    const stem = stemmerOf('en-GB');
    expect(['burglaries', 'burglary', 'policing', 'polices'].map((word) => stem?.(word))).toEqual([
      ...['burglari', 'burglari', 'polic', 'polic'],
    ]);
    for (const language of ['cy', '', 'xx', 'english', '__proto__', 'constructor'])
      expect(stemmerOf(language)).toBeNull();
  });
});

describe('what people type', () => {
  const described = (words: string) => {
    const { wanted, excluded } = parseQuery(words);
    const describeOne = ({ parts, isPrefix, isQuoted }: (typeof wanted)[number]) =>
      `${isQuoted ? '"' : ''}${parts.join('+')}${isPrefix ? '*' : ''}`;
    return [...wanted.map(describeOne), ...excluded.map((one) => `-${describeOne(one)}`)];
  };

  it('is understood as words, phrases, beginnings and exclusions', () => {
    expect(described('Knife crime')).toEqual(['knife', 'crime']);
    expect(described('“stop and search” -“by force”')).toEqual(['"stop+and+search', '-"by+force']);
    expect(described('burglar* -shop -comm*')).toEqual(['burglar*', '-shop', '-comm*']);
    expect(described('anti-social 2010/11 and/or')).toEqual(['anti+social', '2010+11']);
    expect(described('the of')).toEqual(['the', 'of']);
    expect(described('"unclosed phrase')).toEqual(['"unclosed+phrase']);
    expect(described('- -- * "" \' a*b')).toEqual(['b']);
  });

  it('is understood somehow, whatever it is', () => {
    fc.assert(
      fc.property(anyText(300), (words) => {
        const { typed, wanted, excluded } = parseQuery(words);
        for (const { parts, start, end } of [...wanted, ...excluded]) {
          expect(parts.length).toBeGreaterThan(0);
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(typed.length);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Optimal string alignment, by the book. */
const distance = (one: string, other: string): number => {
  const rows = Array.from({ length: one.length + 1 }, (_, i) =>
    Array.from({ length: other.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= one.length; i += 1)
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, at(i - 2, j - 2) + 1);
      (rows[i] as number[])[j] = least;
    }
  return at(one.length, other.length);
};

describe('similar words', () => {
  it('are just those within the distance', () => {
    const word = fc
      .array(fc.constantFrom('a', 'b', 'c', 'é'), { minLength: 1, maxLength: 9 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { maxLength: 120 }),
        word,
        fc.integer({ min: 1, max: 2 }),
        (words, wanted, most) => {
          const { index } = buildSegment(
            [{ revision: 1, record: aRecord({ title: '', text: words.join(' ') }) }],
            [],
          );
          const found = similarTerms(new Segment(index).dictionary, wanted, most).map(({ term }) => term);
          const all = new Set(tokenise(words.join(' ')).map(({ term }) => term));
          const expected = [...all].filter((term) => term !== wanted && distance(term, wanted) <= most);
          expect(found.filter((term) => /^[abce]+$/.test(term)).sort()).toEqual(expected.sort());
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are looked for from four letters on, two errors from eight, never in numbers', () => {
    expect(['abc', 'abcd', 'abcdefg', 'abcdefgh', '20101'].map(forgivenErrors)).toEqual([0, 1, 1, 2, 0]);
  });
});
