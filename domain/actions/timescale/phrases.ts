import { type Found, isKey, type Tokens, tokenise } from './tokens.ts';

interface Phrase<T> {
  readonly keys: readonly string[];
  readonly value: T;
}

/** Finds a phrase at a place, or null. */
export type FindPhrase<T> = (tokens: Tokens, at: number) => Found<T> | null;

/**
 * A table of phrases, each under what it means: a spelling is added as a line of text. The longest that stands at a
 * place is found.
 */
export const phrases = <T extends string>(table: Readonly<Record<T, readonly string[]>>): FindPhrase<T> => {
  const byFirst = new Map<string, Phrase<T>[]>();
  for (const value of Object.keys(table) as T[]) {
    for (const spelling of table[value]) {
      const keys = tokenise(spelling).map(({ key }) => key);
      const first = keys[0] ?? '';
      byFirst.set(first, [...(byFirst.get(first) ?? []), { keys, value }]);
    }
  }
  for (const known of byFirst.values()) known.sort((a, b) => b.keys.length - a.keys.length);
  return (tokens, at) => {
    const known = byFirst.get(tokens[at]?.key ?? '') ?? [];
    const phrase = known.find(({ keys }) => keys.every((key, index) => isKey(tokens, at + index, key)));
    return phrase ? { value: phrase.value, next: at + phrase.keys.length } : null;
  };
};
