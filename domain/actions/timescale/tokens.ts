/** A word, a number or a single mark, where it stands in the text. */
export interface Token {
  readonly kind: 'word' | 'number' | 'mark';
  /** As it is compared: lower case, one kind of dash, apostrophe and slash. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** Nothing stands between it and the token before it. */
  readonly glued: boolean;
  /** It is the first of its line, and not of the text. */
  readonly newLine: boolean;
}

export type Tokens = readonly Token[];

// Blanks and what cannot be seen (soft hyphens, marks of direction) part tokens and are none.
const TOKEN = /(\p{L}[\p{L}\p{M}]*)|([0-9]+)|[^\s\p{Cf}\p{Cc}]/gu;
const DASH = /^[\p{Pd}\u2212]$/u;
const APOSTROPHE = /^['`´‘’‛′]$/;
const SLASH = /^[/\\\u2044\u2215]$/;

const keyOf = (text: string): string => {
  if (DASH.test(text)) return '-';
  if (APOSTROPHE.test(text)) return "'";
  if (SLASH.test(text)) return '/';
  // "½" would come apart.
  return /^\p{No}$/u.test(text) ? text : text.normalize('NFKC').toLowerCase();
};

const LINE_END = /[\n\r\u2028\u2029]/;

/** Takes a text apart, in linear time. */
export const tokenise = (text: string): Tokens => {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const start = match.index;
    const [written, word, number] = match;
    const kind = word !== undefined ? 'word' : number !== undefined ? 'number' : 'mark';
    const newLine = tokens.length > 0 && LINE_END.test(text.slice(end, start));
    tokens.push({
      kind,
      key: keyOf(written),
      start,
      end: start + written.length,
      glued: tokens.length > 0 && start === end,
      newLine,
    });
    end = start + written.length;
  }
  return tokens;
};

/** Something that was read, and the place of the first token behind it. */
export interface Found<T> {
  readonly value: T;
  readonly next: number;
}

export const isKey = (tokens: Tokens, at: number, ...keys: readonly string[]): boolean =>
  keys.includes(tokens[at]?.key ?? '');

/** The place behind those of the keys that stand there, at most so many of them. */
export const skip = (tokens: Tokens, at: number, keys: readonly string[], most = 2): number => {
  let next = at;
  while (next - at < most && isKey(tokens, next, ...keys)) next += 1;
  return next;
};

/** A number of at most so many digits. */
export const numberAt = (tokens: Tokens, at: number, digits: number): number | null => {
  const token = tokens[at];
  return token?.kind === 'number' && token.key.length <= digits ? Number(token.key) : null;
};
