import { letters as englishLetters } from '#build/letters/en.js';
import { english, type Language } from '../render/translate.ts';

/** A language in which mails can be written: its catalogue, and its letters. */
export interface MailLanguage extends Language {
  readonly letters: typeof englishLetters;
}

/** Every language that mails can be written in; the first is for whoever reads none of the others. */
export type MailLanguages = readonly [MailLanguage, ...MailLanguage[]];

export const mailLanguages: MailLanguages = [{ ...english, letters: englishLetters }];

const primaryOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/**
 * The language for somebody who reads `tag` (BCP 47): that very one, else another form of it (Welsh for `cy`), else the
 * first.
 */
export const chooseLanguage = <Known extends Pick<Language, 'tag'>>(
  languages: readonly [Known, ...Known[]],
  tag: string,
): Known =>
  languages.find((language) => language.tag.toLowerCase() === tag.toLowerCase()) ??
  languages.find((language) => primaryOf(language.tag) === primaryOf(tag)) ??
  languages[0];
