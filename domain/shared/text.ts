import * as z from 'zod';

// C0 and C1 control characters other than tab and line feed: they are invisible, some editors and mail
// systems choke on them, and none of them is something that a person meant to write.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

// Format characters, blanks, and two letters that look like blanks: text of nothing else cannot be seen.
const UNSEEN = /^[\p{Cf}\s\u2800\u3164]*$/u;

/**
 * What a person typed, fit to be stored and shown: well-formed Unicode (a lone surrogate becomes U+FFFD),
 * composed (NFC), line ends as `\n`, without control characters, without blanks at either end. Everything
 * that can be read stays as it was; where nothing can be seen, it is empty.
 */
export const tidyText = (typed: string): string => {
  const tidy = typed
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(CONTROL_CHARACTERS, '')
    .normalize('NFC')
    .trim();
  return UNSEEN.test(tidy) ? '' : tidy;
};

// The longest emoji in use (two people kissing, each with a skin tone) has 15.
const CODE_UNITS_OF_A_CHARACTER = 16;

/**
 * Characters as a person counts them: an emoji of several code points is one. A heap of combining marks,
 * which would be one as well, counts once for every 16 code units: the count bounds what is stored.
 */
export const countCharacters = (text: string): number => {
  let count = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text))
    count += Math.ceil(segment.length / CODE_UNITS_OF_A_CHARACTER);
  return count;
};

// What turns the direction of all that follows it, also behind the end of a name in a list or in a heading. The plain
// marks (U+200E, U+200F, U+061C) stay: names in Arabic or Hebrew are written with them.
const TURNS_OF_DIRECTION = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * One line of text: what could break out of a mail header or a heading becomes a blank, and what would turn the words
 * around it is left out.
 */
export const oneLine = (text: string): string =>
  tidyText(text.replace(TURNS_OF_DIRECTION, '')).replace(/\s+/g, ' ');

/** At most so many characters (code points); what is cut off leaves an ellipsis. */
export const shorten = (text: string, most: number): string => {
  const characters = [...text];
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
};

/** A name as part of a key or an address: `Camden & Islington` is `camden-islington`. At most 80 characters. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-|-$/g, '');

/**
 * A mailbox that SES will take: ASCII, no display name, no line breaks, no dot at an end of the part before
 * the @ or next to another one, at most 254 characters (RFC 5321, 4.1.2 and 4.5.3.1.3).
 */
export const emailAddressSchema = z
  .string()
  .trim()
  .max(254)
  // Before it is lower-cased: there are letters outside ASCII whose lower case is inside, such as the Kelvin sign. The
  // flag `i` without `u` takes none of them.
  .regex(
    /^(?=.{1,64}@)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i,
  )
  .toLowerCase();
