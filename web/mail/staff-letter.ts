import MarkdownIt, { type Token } from 'markdown-it';
import { countCharacters, oneLine, tidyText } from '#domain/shared/text.ts';
import { type Block, type Href, type Span, span, type Words } from './block.ts';

/** Characters of a letter that staff write. */
export const MAX_LETTER = 10_000;

/** What is filled in for each recipient, by the name that stands in double parentheses. */
export interface Personalisation {
  readonly area: string;
}

const personalisations: readonly string[] = ['area'] satisfies readonly (keyof Personalisation)[];

const PERSONALISATION = /\(\(([^()\n]*)\)\)/g;

const nameIn = (written: string): string => written.trim().toLowerCase();

/** Fills in what is known, in text that nothing else is made of. */
export const personalise = (text: string, { area }: Personalisation): string =>
  text.replace(PERSONALISATION, (whole, name: string) => (nameIn(name) === 'area' ? oneLine(area) : whole));

const PROTOCOLS = ['https:', 'mailto:'];

const addressOf = (written: string): Href | null => {
  const url = URL.canParse(written) ? new URL(written) : null;
  return url && PROTOCOLS.includes(url.protocol) && /^(?:https:\/\/|mailto:)/i.test(written)
    ? (url.href as Href)
    : null;
};

type Reader = InstanceType<typeof MarkdownIt>;

// Line ends stay: whoever types an address in four lines means four.
const RULES = ['heading', 'list', 'blockquote', 'emphasis', 'link', 'newline', 'escape'];

/** The part of Markdown that letters are written in. All else is text, as it was typed. */
const openReader = (onRefusedLink: (address: string) => void): Reader => {
  const reader = new MarkdownIt('zero', { html: false, linkify: false, typographer: false }).enable(RULES);
  reader.validateLink = (address) => {
    const isAllowed = addressOf(address) !== null;
    if (!isAllowed) onRefusedLink(address);
    return isAllowed;
  };
  return reader;
};

let reader: Reader | undefined;

const read = (source: string): readonly Token[] => {
  reader ??= openReader(() => {});
  return reader.parse(tidyText(source), {});
};

type Fill = (text: string) => string;

const isSame = (a: Span, b: Span): boolean => a.href === b.href && a.strong === b.strong;

const join = (spans: readonly Span[]): Words => {
  const joined: Span[] = [];
  for (const next of spans.filter(({ text }) => text !== '')) {
    const last = joined.at(-1);
    if (last && isSame(last, next)) joined.splice(-1, 1, { ...last, text: last.text + next.text });
    else joined.push(next);
  }
  return joined;
};

/** The words of one paragraph, heading or item. */
const wordsOf = (inline: readonly Token[], fill: Fill): Words => {
  const spans: Span[] = [];
  let href: Href | null = null;
  let strong = false;
  for (const token of inline) {
    if (token.type === 'link_open') href = addressOf(String(token.attrGet('href')));
    else if (token.type === 'link_close') href = null;
    else if (/^strong_/.test(token.type)) strong = token.type === 'strong_open';
    else if (/break$/.test(token.type)) spans.push({ text: href === null ? '\n' : ' ', href, strong });
    else if (token.type === 'text') spans.push({ text: fill(token.content), href, strong });
  }
  return join(spans);
};

const CONTAINER = /^(?:bullet_list|ordered_list|blockquote)_(?:open|close)$/;

/** The paragraphs of a list or quotation: what is nested in it becomes part of it. */
const piecesOf = (container: readonly Token[], fill: Fill): readonly Words[] => {
  const isList = container[0]?.type !== 'blockquote_open';
  const pieces: Words[] = isList ? [] : [[]];
  for (const token of container) {
    if (isList && token.type === 'list_item_open') pieces.push([]);
    if (token.type !== 'inline') continue;
    const before = pieces.pop() ?? [];
    const gap = before.length === 0 ? [] : [span(isList ? '\n' : '\n\n')];
    pieces.push(join([...before, ...gap, ...wordsOf(token.children ?? [], fill)]));
  }
  return pieces.filter((words) => words.length > 0);
};

const containerOf = (container: readonly Token[], fill: Fill): readonly Block[] => {
  const pieces = piecesOf(container, fill);
  const [open] = container;
  if (open?.type === 'blockquote_open') return pieces.map((words) => ({ kind: 'quote', words }));
  const first = open?.type === 'ordered_list_open' ? Number(open.attrGet('start') ?? 1) : null;
  return pieces.length === 0 ? [] : [{ kind: 'list', first, items: pieces }];
};

const blockOf = (tokens: readonly Token[], fill: Fill): readonly Block[] => {
  const [open] = tokens;
  if (open && CONTAINER.test(open.type)) return containerOf(tokens, fill);
  const words = wordsOf(tokens.find(({ type }) => type === 'inline')?.children ?? [], fill);
  const [only] = words;
  if (!only) return [];
  if (open?.type === 'heading_open') return [{ kind: 'heading', level: open.tag <= 'h2' ? 2 : 3, words }];
  return words.length === 1 && only.href !== null
    ? [{ kind: 'action', text: only.text, href: only.href }]
    : [{ kind: 'paragraph', words }];
};

/** The tokens of each block that is in no other. */
const groupsOf = (tokens: readonly Token[]): readonly (readonly Token[])[] => {
  const groups: Token[][] = [];
  for (const token of tokens) {
    if (token.level === 0 && token.nesting === 1) groups.push([]);
    groups.at(-1)?.push(token);
  }
  return groups;
};

const blocksOf = (tokens: readonly Token[], fill: Fill): readonly Block[] =>
  groupsOf(tokens).flatMap((group) => blockOf(group, fill));

/**
 * What staff wrote, as blocks. It is cut before anything is filled in, so that a name can hold anything: it stays
 * words.
 */
export const readStaffLetter = (source: string, known: Personalisation): readonly Block[] =>
  blocksOf(read(source), (text) => personalise(text, known));

/** What is wrong with a letter that somebody has typed; each is a mistake that the writer can mend. */
export type LetterProblem =
  | { readonly kind: 'too-long'; readonly most: number }
  | { readonly kind: 'unknown-personalisation'; readonly name: string }
  /** Links lead to https or mailto; `address` as it was read. */
  | { readonly kind: 'link-not-https'; readonly address: string }
  | { readonly kind: 'link-without-words'; readonly address: string }
  | { readonly kind: 'image' }
  | { readonly kind: 'html'; readonly tag: string }
  /** A list or quotation within another one. */
  | { readonly kind: 'nested' };

const unknownNames = (source: string): readonly LetterProblem[] =>
  [...source.matchAll(PERSONALISATION)]
    .map(([, name = '']) => name.trim())
    .filter((name) => !personalisations.includes(nameIn(name)))
    .map((name) => ({ kind: 'unknown-personalisation', name }));

/** The same for a subject: it is filled in, and no mark-up is read in it. */
export const checkLetterSubject = (subject: string): { readonly problems: readonly LetterProblem[] } => ({
  problems: unknownNames(subject),
});

const HTML = /<\/?[a-z!?][^<>]*>/gi;
const IMAGE = /!\[[^\]]*\]\(/;

/** What would not be shown as it was meant. */
const strayMarkup = (source: string): readonly LetterProblem[] => [
  ...(IMAGE.test(source) ? [{ kind: 'image' } as const] : []),
  ...[...source.matchAll(HTML)].map(([tag]) => ({ kind: 'html', tag }) as const),
];

const linkProblems = (tokens: readonly Token[]): readonly LetterProblem[] =>
  tokens
    .flatMap(({ children }) => children ?? [])
    .flatMap((token, at, all): LetterProblem[] => {
      if (token.type !== 'link_open') return [];
      const address = String(token.attrGet('href'));
      if (addressOf(address) === null || /\(\([^()]*\)\)/.test(address))
        return [{ kind: 'link-not-https', address }];
      return all[at + 1]?.type === 'link_close' ? [{ kind: 'link-without-words', address }] : [];
    });

const isNested = (tokens: readonly Token[]): boolean => {
  let depth = 0;
  return tokens.some((token) => {
    if (CONTAINER.test(token.type)) depth += token.nesting;
    return depth > 1;
  });
};

/**
 * Checks what staff typed as a letter, for the form that takes it: unknown ((personalisation)), links that are not
 * https or mailto, images and HTML, lists within lists, and more than 10,000 characters. No problem: it is sent as
 * its preview shows it. (A letter with problems could be sent, too: what is not allowed stays text.)
 */
export const checkLetterSource = (source: string): { readonly problems: readonly LetterProblem[] } => {
  // Before it is read: reading takes time.
  if (countCharacters(source) > MAX_LETTER) return { problems: [{ kind: 'too-long', most: MAX_LETTER }] };
  const problems: LetterProblem[] = [];
  const tokens = openReader((address) => problems.push({ kind: 'link-not-https', address })).parse(
    tidyText(source),
    {},
  );
  problems.push(...linkProblems(tokens), ...unknownNames(source), ...strayMarkup(source));
  if (isNested(tokens)) problems.push({ kind: 'nested' });
  const seen = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return { problems: [...seen.values()] };
};
