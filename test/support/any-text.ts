import fc from 'fast-check';

const TROUBLE =
  'a|B|7| |  |\n|\r\n|\t|\0|\u0007|\u0085|\u2028|\u00a0|\u200b|\u200f|\u202e|<|>|&|"|\'|`|{|}|{{|%|$|#|=|+|-|@|.|\\|/|?|;|é|e\u0301|ß|م|中|😀|👩🏽‍🚒|\ud83d|\ude00|\ufffe|<script>|he has a knife|Mr Aa'.split(
    '|',
  );

/** Any text that a program can hold: what troubles programs, and all else, lone surrogates among it. */
export const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...TROUBLE),
        fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      ),
      { maxLength },
    )
    .map((pieces) => pieces.join(''));
