/**
 * A sentence of a catalogue, as the build prepared it (see infra/build/messages.ts): words as they are, or parts of
 * which some are filled in.
 */
export type Sentence = string | readonly Part[];

type Part =
  | string
  /** Filled in as it is. */
  | { readonly value: string }
  /** Filled in as a number is written. */
  | { readonly number: string }
  /** One of some sentences, by how many there are: `=0` for just that many, or a plural category of the language. */
  | { readonly plural: string; readonly options: Options }
  /** One of some sentences, by what is filled in. */
  | { readonly select: string; readonly options: Options };

type Options = Readonly<Record<string, Sentence>>;

export type Values = Readonly<Record<string, string | number>>;

/** How a language counts and writes numbers. */
export interface Counting {
  readonly category: (count: number) => string;
  readonly write: (value: number) => string;
}

/** Puts a sentence into words. Throws when something that it needs is not among the values. */
export const fillIn = (sentence: Sentence, values: Values, counting: Counting): string =>
  typeof sentence === 'string' ? sentence : sentence.map((part) => wordsOf(part, values, counting)).join('');

const wordsOf = (part: Part, values: Values, counting: Counting): string => {
  if (typeof part === 'string') return part;
  if ('value' in part) return String(givenFor(values, part.value));
  if ('number' in part) return writeNumber(givenFor(values, part.number), counting);
  if ('select' in part)
    return fillIn(choose(part.options, [String(givenFor(values, part.select))]), values, counting);
  const count = Number(givenFor(values, part.plural));
  return fillIn(choose(part.options, [`=${count}`, counting.category(count)]), values, counting);
};

const givenFor = (values: Values, name: string): string | number => {
  const value = values[name];
  if (value === undefined) throw new Error(`A sentence needs "${name}", which is not given`);
  return value;
};

/** What is text already stays as it is. */
const writeNumber = (value: string | number, { write }: Counting): string =>
  typeof value === 'number' ? write(value) : value;

const choose = (options: Options, keys: readonly string[]): Sentence => {
  const key = keys.find((candidate) => Object.hasOwn(options, candidate)) ?? 'other';
  return options[key] ?? '';
};
