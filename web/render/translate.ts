import { en, publicEn, publishedEn } from '#build/messages.js';
import type { MessageKey } from '../messages/en.ts';
import { type Counting, fillIn, type Sentence, type Values } from './sentence.ts';

export type { MessageKey };

/** Puts a sentence of the catalogue into words, with what varies filled in. */
export type Translate = (key: MessageKey, values?: Values) => string;

/** A language in which the site speaks: its catalogue, which way it is read, how it writes large numbers. */
export interface Language {
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly sentences: Readonly<Partial<Record<MessageKey, Sentence>>>;
  /** What stands before every third digit from the end of a whole number. */
  readonly thousands: string;
}

// Without a spread, which a bundler takes for something that may do more than make an object: each function carries the
// sentences of the language that it uses.
export const english: Language = { tag: 'en-GB', direction: 'ltr', thousands: ',', sentences: en };

/** For the function of the public, which has the sentences of its own pages only. */
export const publicEnglish: Language = {
  tag: 'en-GB',
  direction: 'ltr',
  thousands: ',',
  sentences: publicEn,
};

/** For the function of the public pages about documents. */
export const publishedEnglish: Language = {
  tag: 'en-GB',
  direction: 'ltr',
  thousands: ',',
  sentences: publishedEn,
};

/** Whole numbers only: nothing else is counted, and the first number that Intl writes is 20 ms of a cold start. */
const writeWhole = (value: number, thousands: string): string =>
  String(value).replace(/\B(?=(?:\d{3})+$)/g, thousands);

/** The way a language counts; its plural rules are asked for when a sentence first needs them. */
export const countingOf = ({ tag, thousands }: Language): Counting => {
  let rules: Intl.PluralRules | undefined;
  return {
    category: (count) => {
      rules ??= new Intl.PluralRules(tag);
      return rules.select(count);
    },
    write: (value) => writeWhole(value, thousands),
  };
};

/** Speaks a language. */
export const translator = (language: Language): Translate => {
  const counting = countingOf(language);
  return (key, values = {}) => {
    const sentence = language.sentences[key];
    if (sentence === undefined) throw new Error(`The catalogue of ${language.tag} has no sentence "${key}"`);
    return fillIn(sentence, values, counting);
  };
};
