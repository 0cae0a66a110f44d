import { oneLine } from '../../shared/text.ts';
import type { audiences, documentKinds, documentLanguages } from '../document.ts';

type Words<Value extends string> = Readonly<Record<Value, readonly string[]>>;

const kinds: Words<(typeof documentKinds)[number]> = {
  results: [
    ...['results of a consultation', 'consultation results', 'results of consultation'],
    ...['survey results', 'results of a survey', 'result', 'findings'],
  ],
  report: ['reports', 'paper'],
  minutes: ['minute', 'meeting minutes', 'minutes of a meeting', 'notes of a meeting', 'meeting notes'],
  guidance: ['guide', 'guidelines'],
  form: ['forms', 'template'],
  plan: ['plans', 'action plan'],
  other: ['other document', 'others', 'miscellaneous', 'misc'],
};

const audienceWords: Words<(typeof audiences)[number]> = {
  unit: ['our unit', 'the unit', 'unit only', 'own unit', 'my unit', 'team'],
  staff: ['all staff', 'internal', 'staff only', 'everybody who works here'],
  public: ['everybody', 'everyone', 'the public', 'published', 'open'],
};

const languages: Words<(typeof documentLanguages)[number]> = {
  en: ['english', 'eng', 'en-gb'],
  cy: ['welsh', 'cymraeg', 'cym', 'wel'],
  bn: ['bengali', 'bangla', 'বাংলা'],
  gu: ['gujarati', 'ગુજરાતી'],
  pa: ['punjabi', 'panjabi', 'ਪੰਜਾਬੀ'],
  pl: ['polish', 'polski'],
  ro: ['romanian', 'română', 'romana'],
  so: ['somali', 'soomaali'],
  ur: ['urdu', 'اردو'],
  other: ['another language', 'another', 'other language'],
};

const reader = <Value extends string>(words: Words<Value>): ((text: string) => Value | null) => {
  const values = new Map<string, Value>();
  for (const value of Object.keys(words) as Value[])
    for (const word of [value, ...words[value]]) values.set(word.normalize('NFC'), value);
  return (text) => values.get(oneLine(text).toLowerCase().replace(/\.$/, '')) ?? null;
};

/** Each reads a word as people write it; null for one that is not known. */
export const readKind = reader(kinds);
export const readAudience = reader(audienceWords);
export const readLanguage = reader(languages);
