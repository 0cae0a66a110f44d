import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { en, type MessageKey, publicEn, publishedEn } from '#web/messages/en.ts';
import { english, translator } from '#web/render/translate.ts';

const root = join(import.meta.dirname, '../../..');
const files = (pattern: string) => globSync(pattern, { cwd: root }).sort();
const contentOf = async (names: readonly string[]) =>
  (await Promise.all(names.map((name) => readFile(join(root, name), 'utf8')))).join('\n');

const templates = await contentOf(files('web/**/*.njk'));
const code = await contentOf(files('web/**/*.ts').filter((name) => !name.endsWith('messages.en.ts')));
const keys = Object.keys(en) as MessageKey[];
const isKey = (text: string): text is MessageKey => text in en;

/** The first argument of each `t(…)` of a template, which is an expression. */
const keyExpressions = [...templates.matchAll(/\bt\(([^,()]*)/g)].map(([, expression = '']) =>
  expression.trim(),
);

const literalsOf = (expression: string): string[] =>
  [...expression.matchAll(/["']([^"']*)["']/g)].map(([, literal = '']) => literal);

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&');

/** `"a." + b + ".c"` and `a.${b}.c`, as a pattern of the keys that they can make. */
const patterns = [
  ...keyExpressions
    .filter((expression) => expression.includes(' + '))
    .map((expression) => expression.split(' + ').map((part) => literalsOf(part)[0])),
  ...[...code.matchAll(/`([a-zA-Z][\w.-]*\.)\$\{\w+(?:\.\w+)?\}([\w.-]*)`/g)].map(([, before, after]) => [
    before,
    undefined,
    after,
  ]),
].map(
  (parts) =>
    new RegExp(`^${parts.map((part) => (part === undefined ? '[\\w-]+' : literally(part))).join('')}$`),
);

interface Sentence {
  readonly key: MessageKey;
  readonly sentence: string;
}

const sentences: readonly Sentence[] = keys.map((key) => ({ key, sentence: en[key] }));

interface Part {
  readonly type: number;
  readonly value?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly Part[] }>>;
}

const WORDS = [0, 7];

/** What varies in a sentence: names, and whether they are counted. */
const argumentsIn = (parts: readonly Part[]): [name: string, counted: boolean][] =>
  parts
    .filter(({ type }) => !WORDS.includes(type))
    .flatMap(({ value, options }) => [
      [String(value), options !== undefined],
      ...Object.values(options ?? {}).flatMap((option) => argumentsIn(option.value)),
    ]);

const argumentsOfSentence = (sentence: string) =>
  new Map(
    argumentsIn(new IntlMessageFormat(sentence, 'en-GB', undefined, { ignoreTag: true }).getAst() as Part[]),
  );

describe('the catalogue', () => {
  test('has every sentence that a template asks for', () => {
    expect(keyExpressions.length).toBeGreaterThan(100);
    const asked = keyExpressions.filter((expression) => !expression.includes(' + ')).flatMap(literalsOf);
    expect(asked.filter((key) => !isKey(key))).toEqual([]);
  });

  test('has sentences for each key that is put together', () => {
    expect(patterns.filter((pattern) => !keys.some((key) => pattern.test(key)))).toEqual([]);
  });

  test('has no sentence that nobody asks for', () => {
    const literals = new Set(`${templates}\n${code}`.match(/(?<=["'])[\w.-]+(?=["'])/g));
    const unused = keys.filter((key) => !literals.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });

  test('has for the public what its pages say', async () => {
    const rooms = '{about,areas,forms,http,layouts,priorities,render}';
    const names = [...files(`web/${rooms}/*.njk`), ...files(`web/${rooms}/*.ts`)];
    const said = await contentOf(names.filter((name) => !name.endsWith('messages.en.ts')));
    const literals = [...said.matchAll(/["'`]([\w-]+(?:\.[\w-]+)+)["'`]/g)].flatMap(([, key = '']) => key);
    const asked = literals.filter(isKey);
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((key) => !(key in publicEn))).toEqual([]);
  });

  test('has for the public pages about documents what they say', async () => {
    const names = [
      ...files('web/{forms,http,layouts,render}/*.{njk,ts}'),
      ...files('web/documents/{public,search}/*.{njk,ts}'),
    ].filter((name) => !name.endsWith('messages.en.ts'));
    const said = await contentOf(names);
    const literals = [...said.matchAll(/["'`]([\w-]+(?:\.[\w-]+)+)["'`]/g)].flatMap(([, key = '']) => key);
    const asked = literals.filter(isKey);
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((key) => !(key in publishedEn))).toEqual([]);
  });

  test('has each key once', async () => {
    const catalogues = await contentOf(files('web/*/messages.en.ts'));
    const all = [...catalogues.matchAll(/^ {2}'([^']+)':/gm)].map(([, key]) => key);
    expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
    expect(all.toSorted()).toEqual(keys.toSorted());
  });

  test('can be put into words, all of it', () => {
    const typed = 'Millbrook {x} <b>';
    for (const { key, sentence } of sentences) {
      for (const count of [0, 1, 2, 1234]) {
        const values = [...argumentsOfSentence(sentence)].map(([name, counted]) => [
          name,
          counted ? count : typed,
        ]);
        const words = translator(english)(key, Object.fromEntries(values));
        expect(words.trim(), key).not.toBe('');
        expect(words.replaceAll(typed, ''), key).not.toMatch(/[{}<>#]|undefined/);
      }
    }
  });

  test('is typed as print is: a straight apostrophe would begin a quotation in ICU’s notation', () => {
    expect(sentences.filter(({ sentence }) => /['"]| {2}|\.\.\./.test(sentence))).toEqual([]);
  });
});

describe('what is filled in', () => {
  const callsIn = (text: string) =>
    [...text.matchAll(/\bt\(\s*["']([\w.-]+)["'](?:,\s*\{([^{}]*)\})?,?\s*\)/g)].map(
      ([, key = '', values = '']) => ({
        key,
        names: values
          .split(/,(?![^(]*\))/)
          .map((entry) => entry.split(':')[0]?.trim() ?? '')
          .filter(Boolean)
          .sort(),
      }),
    );

  test('is what the sentence asks for', () => {
    const calls = [...callsIn(templates), ...callsIn(code)];
    expect(calls.length).toBeGreaterThan(150);
    for (const { key, names } of calls)
      expect(names, key).toEqual(
        isKey(key) ? [...argumentsOfSentence(en[key]).keys()].sort() : ['no such key'],
      );
  });
});

describe('the translator', () => {
  test('fills in without reading what is filled in', () => {
    const t = translator(english);
    expect(t('areas.results.none', { query: '{count, plural, one {x} other {y}} <b>&' })).toBe(
      'No ward or borough has a name like “{count, plural, one {x} other {y}} <b>&”.',
    );
  });

  test('counts as English does', () => {
    const t = translator(english);
    const of = (count: number) => t('priority.people', { count });
    expect([of(0), of(1), of(2), of(1500)]).toEqual([
      'Nobody has supported this yet',
      '1 person is behind this',
      '2 people are behind this',
      '1,500 people are behind this',
    ]);
  });

  test('says what the library for the message format says', () => {
    const t = translator(english);
    for (const { key, sentence } of sentences) {
      for (const count of [0, 1, 2, 999, 1000, 12_345_678]) {
        const values = Object.fromEntries(
          [...argumentsOfSentence(sentence)].map(([name]) => [name, count] as const),
        );
        const format = new IntlMessageFormat(sentence, 'en-GB', undefined, { ignoreTag: true });
        expect(t(key, values), key).toBe(format.format(values));
      }
    }
  });

  test('throws when a sentence or what belongs into it is missing', () => {
    const t = translator(english);
    expect(() => t('no.such.key' as MessageKey)).toThrow('no.such.key');
    expect(() => t('priority.people')).toThrow();
  });
});
