// Controls other than tab and line feed; what turns the direction of all that follows or cannot be seen at all (bidi
// embeddings, overrides and isolates, tags, interlinear marks, the byte order mark, the soft hyphen); code points that
// are no characters.
const UNWANTED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u202A-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}\p{Noncharacter_Code_Point}\p{Cs}]/gu;

// biome-ignore lint/suspicious/noControlCharactersInRegex: line ends of machines of old
const LINE_END = /\r\n?|[\u2028\u2029\u0085\u000B\u000C]/g;

/** Composed (NFC), lines end with `\n`, and nothing is in it that is not there to be read. */
export const tidy = (text: string): string =>
  text.replace(LINE_END, '\n').replace(UNWANTED, '').normalize('NFC');

/** No more than so many code units, and no half of a character at the end. */
export const cutText = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(most - 1));
  return text.slice(0, isHalf ? most - 1 : most);
};

/** Something short that a file says of itself: one line; null when nothing is left of it. */
export const tidyLabel = (text: string | null | undefined, most: number): string | null => {
  // More than is ever kept, so that a title of megabytes is not composed for nothing.
  const line = tidy((text ?? '').slice(0, most * 4))
    .replace(/\s+/g, ' ')
    .trim();
  return line === '' ? null : cutText(line, most).trimEnd();
};

/** A tag as of BCP 47, by its form; null for anything else, and for `x-none`. */
export const tidyLanguage = (tag: string | null | undefined): string | null => {
  const trimmed = (tag ?? '').trim().replaceAll('_', '-');
  return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$/.test(trimmed) ? trimmed : null;
};
