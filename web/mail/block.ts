declare const href: unique symbol;

/** An address that may stand behind words: made from a path of this site, or checked when staff wrote it. */
export type Href = string & { readonly [href]: true };

/** Words with at most one way to show them. */
export interface Span {
  readonly text: string;
  readonly href: Href | null;
  readonly strong: boolean;
}

export type Words = readonly Span[];

/** A piece of a mail. Text and HTML are made of the same pieces, so they always say the same. */
export type Block =
  | { readonly kind: 'paragraph' | 'quote'; readonly words: Words }
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly words: Words }
  /** `first`: the number that it begins with; null for one without numbers. */
  | { readonly kind: 'list'; readonly first: number | null; readonly items: readonly Words[] }
  /** What the letter wants people to do. */
  | { readonly kind: 'action'; readonly text: string; readonly href: Href };

export interface Letter {
  readonly subject: string;
  readonly blocks: readonly Block[];
  /** Why it was sent, how to leave, who sends it. */
  readonly smallPrint: readonly Block[];
}

export const span = (text: string, address: Href | null = null): Span => ({
  text,
  href: address,
  strong: false,
});

const wordsAsText = (words: Words): string =>
  // Angle brackets keep what follows out of the address (RFC 3986, appendix C).
  words.map(({ text, href: address }) => (address === null ? text : `${text} <${address}>`)).join('');

const ADDRESS_OF_ITEM = '\n  ';

/** An item that is all link has its address on a line of its own, as an action has. */
const itemAsText = (words: Words): string => {
  const [only] = words;
  if (words.length === 1 && only?.href) return `${only.text}${ADDRESS_OF_ITEM}${only.href}`;
  return wordsAsText(words).replaceAll('\n', ADDRESS_OF_ITEM);
};

// "> " marks what somebody else wrote.
const asQuote = (text: string): string => text.replace(/^/gm, '> ');

const MOST_UNDERLINE = 72;

const asHeading = (text: string): string => `${text}\n${'-'.repeat(Math.min(text.length, MOST_UNDERLINE))}`;

const blockAsText = (block: Block): string => {
  switch (block.kind) {
    case 'paragraph':
      return wordsAsText(block.words);
    case 'heading':
      return block.level === 2 ? asHeading(wordsAsText(block.words)) : wordsAsText(block.words);
    case 'quote':
      return asQuote(wordsAsText(block.words));
    case 'action':
      return `${block.text}:\n${block.href}`;
    case 'list':
      return block.items
        .map((item, at) => `${block.first === null ? '*' : `${block.first + at}.`} ${itemAsText(item)}`)
        .join('\n');
  }
};

const asText = (blocks: readonly Block[]): string => blocks.map(blockAsText).join('\n\n');

/**
 * The plain-text part of a letter. A paragraph is one line, which the reader's window wraps, at any width and size of
 * type; on its way, quoted-printable carries it in short ones.
 */
export const letterAsText = ({ blocks, smallPrint }: Letter): string =>
  `${asText(blocks)}\n\n---\n\n${asText(smallPrint)}\n`;
