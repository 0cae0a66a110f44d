import { glob } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import { places, writeIfChanged } from './places.ts';

/** As web/render/sentence.ts reads it. */
export type Sentence = string | readonly unknown[];

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

// What the library's types of elements stand for; it exports them from a package that it brings with it only.
const WORDS = 0;
const VALUE = 1;
const NUMBER = 2;
const SELECT = 5;
const PLURAL = 6;
const COUNT = 7;

/**
 * Reads every catalogue web/messages/LANGUAGE.ts and writes its sentences, parsed, to build/messages.js: no function
 * carries the parser of ICU's message format, or parses while somebody waits. A sentence that is not well formed, or
 * uses a part of the format that web/render/sentence.ts does not know, fails the build with its key.
 */
export async function buildMessages(): Promise<{ count: number }> {
  const names: string[] = [];
  for await (const name of glob('*.ts', { cwd: path.join(places.web, 'messages') })) names.push(name);
  const languages = names.map((name) => path.parse(name).name).sort();
  const catalogues = (await Promise.all(languages.map(readCatalogues))).flat();
  const code = catalogues.map(([name, catalogue]) => {
    const sentences = Object.entries(catalogue).map(([key, sentence]) => [key, compile(key, sentence)]);
    return `export const ${name} = ${JSON.stringify(Object.fromEntries(sentences), null, 1)};\n`;
  });
  const declarations = catalogues.map(
    ([name]) => `export declare const ${name}: Readonly<Partial<Record<MessageKey, Sentence>>>;\n`,
  );
  await writeIfChanged(path.join(places.build, 'messages.js'), code.join(''));
  await writeIfChanged(
    path.join(places.build, 'messages.d.ts'),
    `import type { MessageKey } from '../web/messages/en.ts';\nimport type { Sentence } from '../web/render/sentence.ts';\n\n/** The catalogues, parsed. */\n${declarations.join('')}`,
  );
  return { count: languages.length };
}

type Catalogue = Readonly<Record<string, string>>;

/** Everything that a language says, and the part of it that the public reads. */
async function readCatalogues(language: string): Promise<[name: string, catalogue: Catalogue][]> {
  const file = path.join(places.web, 'messages', `${language}.ts`);
  const module = (await import(pathToFileURL(file).href)) as Record<string, Catalogue>;
  return Object.entries(module);
}

function compile(key: string, sentence: string): Sentence {
  try {
    return compileSentence(sentence);
  } catch (error) {
    throw new Error(`The sentence "${key}": ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/** A sentence in ICU's message format, parsed. Throws when it is not well formed or uses what we do not. */
export function compileSentence(sentence: string): Sentence {
  return simplify(new IntlMessageFormat(sentence, 'en', undefined, { ignoreTag: true }).getAst(), undefined);
}

function simplify(elements: readonly Element[], counted: string | undefined): Sentence {
  const parts = elements.map((element) => compileElement(element, counted));
  if (parts.length === 0) return '';
  return parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : parts;
}

function compileElement(element: Element, counted: string | undefined): unknown {
  if (element.type === WORDS) return element.value;
  if (element.type === VALUE) return { value: element.value };
  if (element.type === NUMBER && !element.style) return { number: element.value };
  if (element.type === COUNT && counted !== undefined) return { number: counted };
  if (element.type === SELECT) return { select: element.value, options: optionsOf(element, counted) };
  if (element.type === PLURAL && element.offset === 0 && element.pluralType === 'cardinal')
    return { plural: element.value, options: optionsOf(element, element.value) };
  throw new Error('it uses a part of the message format that is not used here');
}

function optionsOf(element: { options: Record<string, { value: Element[] }> }, counted: string | undefined) {
  return Object.fromEntries(
    Object.entries(element.options).map(([name, { value }]) => [name, simplify(value, counted)]),
  );
}
