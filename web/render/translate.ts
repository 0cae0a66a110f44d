import { IntlMessageFormat } from 'intl-messageformat';
import { en, type MessageKey } from '../messages/en.ts';

export type { MessageKey };

type Values = Readonly<Record<string, string | number>>;

/** Puts a sentence of the catalogue into words, with what varies filled in. */
export type Translate = (key: MessageKey, values?: Values) => string;

/** A language in which the site speaks: its catalogue, and which way it is read. */
export interface Language {
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly messages: Readonly<Record<MessageKey, string>>;
}

export const english: Language = { tag: 'en-GB', direction: 'ltr', messages: en };

/**
 * Sentences of a language, in ICU message format. Each is parsed when it is first needed, since a page
 * needs few of them and parsing all would slow the start.
 */
export const translator = ({ tag, messages }: Language): Translate => {
  const parsed = new Map<MessageKey, IntlMessageFormat>();
  return (key, values) => {
    const sentence = messages[key];
    if (sentence === undefined) throw new Error(`The catalogue of ${tag} has no sentence "${key}"`);
    if (!sentence.includes('{') && !sentence.includes("''")) return sentence;
    let format = parsed.get(key);
    if (!format) {
      format = new IntlMessageFormat(sentence, tag, undefined, { ignoreTag: true });
      parsed.set(key, format);
    }
    return String(format.format(values));
  };
};
