import { type DefaultTreeAdapterTypes, parse, defaultTreeAdapter as tree } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** The HTML of a mail, read by the rules of HTML. */
export interface ReadLetter {
  /** As a reader sees them, a blank between blocks. */
  readonly words: string;
  readonly links: readonly { readonly text: string; readonly href: string }[];
  /** Every element of the whole document, in its order, with every attribute. */
  readonly elements: readonly {
    readonly tag: string;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
}

export function readLetter(html: string): ReadLetter {
  const elements = [...elementsOf(parse(html))];
  const body = elements.find(({ tagName }) => tagName === 'body');
  return {
    words: body ? foldBlanks(wordsOf(body)) : '',
    links: elements
      .filter(({ tagName }) => tagName === 'a')
      .map((link) => ({ text: foldBlanks(wordsOf(link)), href: attributesOf(link).href ?? '' })),
    elements: elements.map((element) => ({ tag: element.tagName, attributes: attributesOf(element) })),
  };
}

const INLINE = ['a', 'strong'];

function wordsOf(node: Node): string {
  if (tree.isTextNode(node)) return node.value;
  if (!('childNodes' in node)) return '';
  const words = node.childNodes.map(wordsOf).join('');
  return tree.isElementNode(node) && !INLINE.includes(node.tagName) ? ` ${words} ` : words;
}

function* elementsOf(node: Node): Iterable<Element> {
  if (!('childNodes' in node)) return;
  for (const child of node.childNodes) {
    if (tree.isElementNode(child)) yield child;
    yield* elementsOf(child);
  }
}

const attributesOf = ({ attrs }: Element): Readonly<Record<string, string>> =>
  Object.fromEntries(attrs.map(({ name, value }) => [name, value]));

const foldBlanks = (words: string): string => words.replace(/\s+/g, ' ').trim();

/** The words of a plain-text mail, without the marks and addresses that stand for what only HTML can show. */
export const wordsOfText = (text: string): string =>
  foldBlanks(
    text
      .replace(/ <(?:https?|mailto):[^>\s]*>/g, '')
      .replace(/:\n *(?:https?|mailto):\S+$/gm, '')
      .replace(/^ +https?:\S+$/gm, '')
      .replace(/^(?:> ?|\* |\d+\. )/gm, '')
      .replace(/^-+$/gm, ''),
  );
