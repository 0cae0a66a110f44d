import type { SearchHit } from '#domain/search/ports.ts';

/** Around highlighted words: control characters that no text has. */
export const MARKS = { before: '\u0002', after: '\u0003' } as const;

const GAP = { text: ' … ', isMatch: false };

/** How pieces of text are asked for: two of some 180 characters. */
export const highlighting = {
  ...{ pre_tags: [MARKS.before], post_tags: [MARKS.after], number_of_fragments: 2, fragment_size: 180 },
  ...{ require_field_match: false, fields: { text: {}, text_en: {} } },
};

/** Pieces of text in the shape of the port. */
export const readHighlight = (fragments: readonly string[]): SearchHit['snippet'] =>
  fragments.flatMap((fragment, index) => [...(index === 0 ? [] : [GAP]), ...partsOf(fragment)]);

const partsOf = (fragment: string): { text: string; isMatch: boolean }[] =>
  fragment.split(MARKS.before).flatMap((piece, index) => {
    const [marked = '', rest = ''] = index === 0 ? ['', piece] : piece.split(MARKS.after);
    return [
      { text: marked, isMatch: true },
      { text: rest, isMatch: false },
    ].filter(({ text }) => text !== '');
  });
