/** A piece of a mail. Text and HTML are made of the same pieces, so they always say the same. */
export type Block =
  | { readonly kind: 'text' | 'heading' | 'quote' | 'small'; readonly text: string }
  | {
      readonly kind: 'list';
      readonly items: readonly { readonly text: string; readonly href: string | null }[];
    }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export interface Letter {
  readonly subject: string;
  readonly blocks: readonly Block[];
}

export const text = (words: string): Block => ({ kind: 'text', text: words });
export const heading = (words: string): Block => ({ kind: 'heading', text: words });
export const quote = (words: string): Block => ({ kind: 'quote', text: words });
export const small = (words: string): Block => ({ kind: 'small', text: words });
export const link = (words: string, href: string): Block => ({ kind: 'link', text: words, href });

// A line that begins with "From " is escaped by old mail systems, and "> " marks what somebody else wrote.
const asQuote = (words: string): string =>
  words
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

const asText = (block: Block): string => {
  switch (block.kind) {
    case 'text':
    case 'small':
      return block.text;
    case 'heading':
      return `${block.text}\n${'-'.repeat(Math.min(block.text.length, 72))}`;
    case 'quote':
      return asQuote(block.text);
    case 'link':
      return `${block.text}:\n${block.href}`;
    case 'list':
      return block.items.map((item) => `* ${item.text}${item.href ? `\n  ${item.href}` : ''}`).join('\n');
  }
};

/** The plain-text part of a letter. */
export const letterAsText = ({ blocks }: Letter): string => `${blocks.map(asText).join('\n\n')}\n`;
