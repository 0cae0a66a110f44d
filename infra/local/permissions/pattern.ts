/** In a pattern: any number of characters, and any one. Every other entry is a UTF-16 code unit, matched as it is. */
const ANY = -1;
const ONE = -2;

export type Pattern = readonly number[];

/** `*` and `?` are wildcards; `${...}` has no meaning. */
export const wildcards = (text: string): Pattern =>
  Array.from({ length: text.length }, (_, at) => wildcard(text.charCodeAt(at)));

export const literal = (text: string): Pattern =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));

const wildcard = (unit: number): number => (unit === 42 ? ANY : unit === 63 ? ONE : unit);

export const isAnything = (pattern: Pattern): boolean => pattern.length === 1 && pattern[0] === ANY;

/**
 * The components of an ARN or of its pattern: at most six, because the last one may contain colons. A pattern that
 * stops early is completed with wildcards, as IAM does (`arn:aws:sqs` is `arn:aws:sqs:*:*:*`):
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function arnComponents(pattern: Pattern): readonly Pattern[] {
  const components: Pattern[] = [];
  let start = 0;
  while (components.length < 5) {
    const colon = pattern.indexOf(58, start);
    if (colon < 0) break;
    components.push(pattern.slice(start, colon));
    start = colon + 1;
  }
  components.push(pattern.slice(start));
  while (components.length < 6) components.push([ANY]);
  return components;
}

/**
 * Whether all of the text matches. The parts between the asterisks are looked for from left to right, each once, so
 * that the time is bounded by length of text × length of pattern / 32, whatever either holds.
 */
export function matches(pattern: Pattern, text: string): boolean {
  const parts = splitAtAny(pattern);
  const first = parts[0] ?? [];
  const last = parts.at(-1) ?? [];
  if (parts.length === 1) return text.length === first.length && standsAt(first, text, 0);
  const end = text.length - last.length;
  if (end < first.length || !standsAt(first, text, 0) || !standsAt(last, text, end)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    at = endOfFirst(part, text, at, end);
    if (at < 0) return false;
  }
  return true;
}

function splitAtAny(pattern: Pattern): Pattern[] {
  const parts: Pattern[] = [];
  let start = 0;
  for (let at = pattern.indexOf(ANY); at >= 0; at = pattern.indexOf(ANY, start)) {
    parts.push(pattern.slice(start, at));
    start = at + 1;
  }
  parts.push(pattern.slice(start));
  return parts;
}

function standsAt(part: Pattern, text: string, start: number): boolean {
  return part.every((unit, at) => unit === ONE || unit === text.charCodeAt(start + at));
}

/**
 * Where the first occurrence of a part within [start, end) ends; -1 without one. Shift-And: bit i of the state says
 * that the last i + 1 units are the first i + 1 of the part.
 * Baeza-Yates and Gonnet, A new approach to text searching, CACM 35 (10), 1992.
 */
function endOfFirst(part: Pattern, text: string, start: number, end: number): number {
  if (part.length === 0) return start;
  const words = Math.ceil(part.length / 32);
  const { masks, joker } = bitMasks(part, words);
  const state = new Uint32Array(words);
  const lastBit = 1 << ((part.length - 1) % 32);
  for (let at = start; at < end; at += 1) {
    advance(state, masks.get(text.charCodeAt(at)) ?? joker);
    if (((state[words - 1] ?? 0) & lastBit) !== 0) return at + 1;
  }
  return -1;
}

function advance(state: Uint32Array, mask: Uint32Array): void {
  let carry = 1;
  for (let word = 0; word < state.length; word += 1) {
    const before = state[word] ?? 0;
    state[word] = ((before << 1) | carry) & (mask[word] ?? 0);
    carry = before >>> 31;
  }
}

/** For each unit of a part the positions where it may stand; for all others those of the question marks. */
function bitMasks(part: Pattern, words: number): { masks: Map<number, Uint32Array>; joker: Uint32Array } {
  const joker = new Uint32Array(words);
  for (const [at, unit] of part.entries()) if (unit === ONE) setBit(joker, at);
  const masks = new Map<number, Uint32Array>();
  for (const [at, unit] of part.entries()) {
    if (unit === ONE) continue;
    const mask = masks.get(unit) ?? joker.slice();
    setBit(mask, at);
    masks.set(unit, mask);
  }
  return { masks, joker };
}

function setBit(words: Uint32Array, at: number): void {
  const word = Math.floor(at / 32);
  words[word] = (words[word] ?? 0) | (1 << (at % 32));
}
