import { escapeXml } from '../engine/escape-xml.ts';
import { malformedXml } from './s3-error.ts';

export interface XmlElement {
  name: string;
  children: XmlElement[];
  text: string;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const DECLARATION = /^\uFEFF?\s*(?:<\?xml[^>]*\?>)?\s*/;
const TOKEN = /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const MAX_DEPTH = 8;

/**
 * Reads the small documents that S3 clients send: elements and text. No DTD, comment or CDATA gets through,
 * so that nothing can expand.
 */
export function parseXml(source: string): XmlElement {
  const root: XmlElement = { name: '', children: [], text: '' };
  const open = [root];
  const text = source.replace(DECLARATION, '').trimEnd();
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const token = TOKEN.exec(text);
    if (!token) throw malformedXml();
    readToken(open, token);
  }
  const [document] = root.children;
  if (!document || root.children.length > 1 || open.length > 1 || root.text.trim()) throw malformedXml();
  return document;
}

function readToken(open: XmlElement[], [, closing, name, , empty, text]: RegExpExecArray): void {
  const current = open.at(-1);
  if (!current || open.length > MAX_DEPTH) throw malformedXml();
  if (text !== undefined) {
    current.text += unescapeXml(text);
  } else if (closing) {
    if (current.name !== name || open.length === 1) throw malformedXml();
    open.pop();
  } else {
    const element: XmlElement = { name: name ?? '', children: [], text: '' };
    current.children.push(element);
    if (!empty) open.push(element);
  }
}

export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

type Content = string | number | boolean | undefined | XmlTree;
/** Names to contents; an array repeats its element. What is undefined is left out. */
export interface XmlTree {
  [name: string]: Content | Content[];
}

export function renderXml(name: string, tree: XmlTree): string {
  // An error has no namespace; a client that looks for its code by a plain name would not find it.
  const namespace = name === 'Error' ? '' : ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${namespace}>${renderTree(tree)}</${name}>`;
}

function renderTree(tree: XmlTree): string {
  return Object.entries(tree)
    .flatMap(([name, content]) => (Array.isArray(content) ? content : [content]).map((one) => [name, one]))
    .map(([name, content]) => renderElement(name as string, content as Content))
    .join('');
}

function renderElement(name: string, content: Content): string {
  if (content === undefined) return '';
  const inner = typeof content === 'object' ? renderTree(content) : escapeXml(String(content));
  return `<${name}>${inner}</${name}>`;
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));?/gi, (_, hex, decimal, entity) => {
    if (entity) {
      const character = ENTITIES[entity];
      if (!character) throw malformedXml();
      return character;
    }
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    if (code > 0x10ffff) throw malformedXml();
    return String.fromCodePoint(code);
  });
}
