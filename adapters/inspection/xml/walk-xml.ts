import { Parser } from 'saxen';
import { MOST_XML_BYTES, MOST_XML_DEPTH } from '../limits.ts';
import { damaged, FileRefused, refuse } from '../refused.ts';
import { decodeEntities } from './decode-entities.ts';

/** An element, by its name without a prefix. */
export interface Element {
  readonly name: string;
  /** The value of an attribute, asked for without a prefix; undefined where there is none. */
  attribute(name: string): string | undefined;
  /** All of them, as they are written. */
  attributes(): Readonly<Record<string, string>>;
}

/** What is done at the beginning and end of elements and with text. */
export interface XmlVisitor {
  open?(element: Element): void;
  close?(name: string): void;
  text?(text: string): void;
  /** Nothing more is wanted. */
  isDone?(): boolean;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

class ElementRead implements Element {
  readonly name: string;
  readonly #read: () => Record<string, string>;

  constructor(name: string, read: () => Record<string, string>) {
    this.name = localName(name);
    this.#read = read;
  }

  attributes(): Readonly<Record<string, string>> {
    return this.#read();
  }

  attribute(wanted: string): string | undefined {
    const found = Object.entries(this.#read()).find(([name]) => localName(name) === wanted);
    return found && decodeEntities(found[1]);
  }
}

/**
 * Reads a part from beginning to end without ever making a tree of it. There is no DOCTYPE in any part of an office
 * file (ISO/IEC 29500-2, 8.1.4; ODF 1.3 part 3, 3.1), so that one is taken for what it can only be: entities that
 * multiply, or that fetch something.
 */
export const walkXml = (bytes: Buffer, visitor: XmlVisitor): void => {
  const parser = new Parser();
  let depth = 0;
  parser.on('attention', () => refuse('active-content', 'doctype'));
  parser.on('error', () => damaged('xml'));
  parser.on('openTag', (name, attributes) => {
    depth += 1;
    if (depth > MOST_XML_DEPTH) refuse('too-much-inside', 'xml depth');
    visitor.open?.(new ElementRead(name, attributes));
    if (visitor.isDone?.()) parser.stop();
  });
  parser.on('closeTag', (name) => {
    depth -= 1;
    visitor.close?.(localName(name));
  });
  if (visitor.text) {
    parser.on('text', (text) => visitor.text?.(decodeEntities(text)));
    parser.on('cdata', (text) => visitor.text?.(text));
  }
  try {
    parser.parse(decodeXml(bytes));
  } catch (fault) {
    if (fault instanceof FileRefused) throw fault;
    damaged('xml');
  }
};

const decoderOf = (bytes: Buffer) => {
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true });
};

/** UTF-8 or UTF-16, which are the only ones for office files; what says otherwise would be read otherwise elsewhere. */
export const decodeXml = (bytes: Buffer): string => {
  if (bytes.length > MOST_XML_BYTES) return refuse('too-much-inside', 'xml size');
  const xml = decoded(bytes);
  const declared = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)/.exec(xml.slice(0, 300))?.[1];
  return /^(?:utf-?8|utf-?16(?:le|be)?|us-ascii|ascii)$/i.test(declared ?? 'utf-8')
    ? xml
    : damaged('xml encoding');
};

const decoded = (bytes: Buffer): string => {
  try {
    return decoderOf(bytes).decode(bytes);
  } catch {
    return damaged('xml encoding');
  }
};
