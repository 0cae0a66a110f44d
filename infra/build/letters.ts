import { glob } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileSentence, type Sentence } from './messages.ts';
import { places, removeOthers, writeIfChanged } from './places.ts';

/** As web/mail/letter-source.ts reads it. */
export interface LetterSource {
  readonly subject: Sentence;
  readonly blocks: readonly SourceBlock[];
  readonly smallPrint: readonly SourceBlock[];
}

type SourceBlock =
  | { readonly kind: 'paragraph'; readonly words: Sentence; readonly introduces: boolean }
  | { readonly kind: 'heading' | 'quote'; readonly words: Sentence }
  | { readonly kind: 'action'; readonly words: Sentence; readonly href: string }
  | { readonly kind: 'list'; readonly items: readonly SourceItem[] }
  | { readonly kind: 'insert'; readonly name: string };

interface SourceItem {
  readonly each: string | null;
  readonly words: Sentence;
  readonly href: string | null;
}

/**
 * Reads every catalogue of letters web/mail/letters.LANGUAGE.ts, cuts each letter into blocks, parses its sentences, and
 * writes them to build/letters/LANGUAGE.js, with the types of what is filled in to build/letters/values.d.ts. A letter
 * that is not well formed, or that needs something else in another language than in English, fails the build with its
 * name.
 */
export async function buildLetters(): Promise<{ count: number }> {
  const names: string[] = [];
  for await (const name of glob('letters.*.ts', { cwd: path.join(places.web, 'mail') })) names.push(name);
  const languages = names.map((name) => name.split('.')[1] ?? '').sort();
  const catalogues = new Map(
    await Promise.all(languages.map(async (language) => [language, await readLetters(language)] as const)),
  );
  const english = printValues(catalogues.get('en') ?? {});
  for (const [language, letters] of catalogues)
    if (printValues(letters) !== english)
      throw new Error(`The letters in "${language}" need something else than those in English`);
  const folder = path.join(places.build, 'letters');
  await writeIfChanged(path.join(folder, 'values.d.ts'), english);
  for (const [language, letters] of catalogues) {
    await writeIfChanged(
      path.join(folder, `${language}.js`),
      `export const letters = ${JSON.stringify(letters, null, 1)};\n`,
    );
    await writeIfChanged(path.join(folder, `${language}.d.ts`), declaration);
  }
  await removeOthers(folder, ['values.d.ts', ...languages.flatMap((name) => [`${name}.js`, `${name}.d.ts`])]);
  return { count: Object.keys(catalogues.get('en') ?? {}).length };
}

const declaration = `import type { LetterSource } from '#web/mail/letter-source.ts';
import type { LetterValues } from './values.d.ts';

/** The letters, cut into blocks. */
export declare const letters: Readonly<Record<keyof LetterValues, LetterSource>>;
`;

async function readLetters(language: string): Promise<Readonly<Record<string, LetterSource>>> {
  const file = path.join(places.web, 'mail', `letters.${language}.ts`);
  const { letters = {} } = (await import(pathToFileURL(file).href)) as { letters?: Record<string, string> };
  return Object.fromEntries(
    Object.entries(letters).map(([kind, source]) => {
      try {
        return [kind, cutLetter(source)];
      } catch (error) {
        const reason = error instanceof Error ? error.message : error;
        throw new Error(`The letter "${kind}" in "${language}": ${reason}`, { cause: error });
      }
    }),
  );
}

const LINK = /^\[(?<words>[\s\S]*)\]\(\{(?<href>\w+)\}\)$/;
const ITEM = /^\*(?:\{(?<each>\w+)\})? (?<words>[\s\S]*)$/;
const INSERT = /^\+ \{(?<name>\w+)\}$/;

/**
 * Cuts the source of a letter into blocks: `# subject` first, then what blank lines separate: paragraphs, `## heading`,
 * `> quote`, lists of `* item`, `[words]({address})` for what people are to do, `+ {blocks}` for what was made
 * elsewhere, and after `---` the small print. `*{list} item` is repeated for each value of a list. Words are sentences
 * in ICU's message format; line ends in them are blanks. Throws when a piece is none of these.
 */
export function cutLetter(source: string): LetterSource {
  const [subject = '', ...pieces] = source
    .trim()
    .split(/\n[ \t]*\n\s*/)
    .map((piece) => piece.trim());
  if (!subject.startsWith('# ')) throw new Error('it begins with "# " and its subject');
  const end = pieces.indexOf('---');
  if (end === -1) throw new Error('it has no small print after "---"');
  return {
    subject: sentenceOf(subject.slice('# '.length)),
    blocks: cutBlocks(pieces.slice(0, end)),
    smallPrint: cutBlocks(pieces.slice(end + 1)),
  };
}

const cutBlocks = (pieces: readonly string[]): readonly SourceBlock[] =>
  pieces.map((piece, at) => cutBlock(piece, pieces[at + 1] ?? ''));

function cutBlock(piece: string, next: string): SourceBlock {
  if (piece.startsWith('## ')) return { kind: 'heading', words: sentenceOf(piece.slice('## '.length)) };
  if (piece.startsWith('> ')) return { kind: 'quote', words: sentenceOf(piece.slice('> '.length)) };
  if (ITEM.test(piece)) return { kind: 'list', items: piece.split(/\n(?=\*)/).map(cutItem) };
  const insert = INSERT.exec(piece)?.groups;
  if (insert) return { kind: 'insert', name: insert.name ?? '' };
  const link = LINK.exec(piece)?.groups;
  if (link) return { kind: 'action', words: sentenceOf(link.words ?? ''), href: link.href ?? '' };
  const introduces = piece.endsWith(':') && /^[>*+]/.test(next);
  return { kind: 'paragraph', words: sentenceOf(piece), introduces };
}

function cutItem(item: string): SourceItem {
  const { each = null, words = '' } = ITEM.exec(item)?.groups ?? {};
  const link = LINK.exec(words)?.groups;
  return { each, words: sentenceOf(link?.words ?? words), href: link?.href ?? null };
}

function sentenceOf(words: string): Sentence {
  if (/^\s*$/.test(words)) throw new Error('a block has no words');
  if (/^(?:#|>|\*|\+|---)|\]\(|[<>]/.test(words)) throw new Error(`this is no block: ${words}`);
  return compileSentence(words.replace(/\s*\n\s*/g, ' '));
}

/** What is filled in under a name: its type, without null. */
type Needs = Map<string, string>;

const need = (needs: Needs, name: string, type: string): void => {
  const known = needs.get(name);
  // What is chosen by and shown as well is just text.
  const both = known?.startsWith("'") && type === TEXT ? known : type;
  if (known !== undefined && known !== both && !(known === TEXT && type.startsWith("'")))
    throw new Error(`{${name}} is used in two ways`);
  needs.set(name, both);
};

const TEXT = 'string | null';

interface Part {
  readonly value?: string;
  readonly number?: string;
  readonly plural?: string;
  readonly select?: string;
  readonly options?: Readonly<Record<string, Sentence>>;
}

function needsOfSentence(sentence: Sentence, needs: Needs): void {
  if (typeof sentence === 'string') return;
  for (const part of sentence as readonly (Part | string)[]) {
    if (typeof part === 'string') continue;
    const { value, number, plural, select, options = {} } = part;
    if (value !== undefined) need(needs, value, TEXT);
    const counted = number ?? plural;
    if (counted !== undefined) need(needs, counted, 'number');
    if (select !== undefined)
      need(
        needs,
        select,
        Object.keys(options)
          .map((option) => `'${option}'`)
          .join(' | '),
      );
    for (const option of Object.values(options)) needsOfSentence(option, needs);
  }
}

function needsOfItem({ words, href }: SourceItem, needs: Needs): void {
  needsOfSentence(words, needs);
  if (href !== null) need(needs, href, 'Href | null');
}

function needsOfBlock(block: SourceBlock, needs: Needs): void {
  if (block.kind === 'insert') need(needs, block.name, 'readonly Block[]');
  else if (block.kind !== 'list') needsOfSentence(block.words, needs);
  else for (const item of block.items) needsOfListItem(item, needs);
  if (block.kind === 'action') need(needs, block.href, 'Href | null');
}

function needsOfListItem(item: SourceItem, needs: Needs): void {
  const own: Needs = new Map();
  needsOfItem(item, item.each === null ? needs : own);
  if (item.each !== null) need(needs, item.each, `readonly ${printNeeds(own)}[]`);
}

function needsOfLetter({ subject, blocks, smallPrint }: LetterSource): Needs {
  const inSubject: Needs = new Map();
  needsOfSentence(subject, inSubject);
  const needs: Needs = new Map();
  needsOfSentence(subject, needs);
  for (const block of [...blocks, ...smallPrint]) needsOfBlock(block, needs);
  // A letter cannot do without its subject.
  for (const [name, type] of inSubject) if (type === TEXT) needs.set(name, 'string');
  return needs;
}

const printNeeds = (needs: Needs): string =>
  `{ ${[...needs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, type]) => `readonly ${name}: ${type};`)
    .join(' ')} }`;

function printValues(letters: Readonly<Record<string, LetterSource>>): string {
  const kinds = Object.entries(letters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, letter]) => `  readonly '${kind}': ${printNeeds(needsOfLetter(letter))};\n`);
  return `import type { Block, Href } from '#web/mail/block.ts';

/** What is filled into each letter. Null: what needs it is left out. */
export interface LetterValues {
${kinds.join('')}}
`;
}
