import { Parser } from 'saxen';

/** The file does not hold together: what it says of itself is not so. */
export class Damaged extends Error {
  override readonly name = 'Damaged';
}

/** What is done at the beginning and end of elements, which go by their names without a prefix, and with text. */
export interface XmlReader {
  open?(name: string, attribute: (name: string) => string | undefined): void;
  close?(name: string): void;
  text?(text: string): void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads XML from beginning to end. Entities that a file defines itself stay as they are: none is expanded. */
export const readXml = (xml: string, reader: XmlReader): void => {
  const parser = new Parser();
  parser.on('openTag', (name, attributes, decode) => {
    reader.open?.(localName(name), (wanted) => {
      const value = attributes()[wanted];
      return value === undefined ? undefined : decode(value);
    });
  });
  parser.on('closeTag', (name) => reader.close?.(localName(name)));
  parser.on('text', (text, decode) => reader.text?.(decode(text)));
  parser.on('cdata', (text) => reader.text?.(text));
  parser.on('error', (fault) => {
    throw new Damaged(fault.message);
  });
  parser.parse(xml);
};

/** How spreadsheets write characters that XML cannot hold: `_x000D_` (ECMA-376, 22.9.2.19). */
export const decodeEscapes = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

// Control characters other than tab and line feed, halves of characters, code points that are none, the sign for what
// could not be read (write-excel-file drops it), and what looks like an escape already.
const CANNOT_STAND =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFFFD\p{Noncharacter_Code_Point}\p{Cs}]|_(?=x[0-9A-Fa-f]{4}_)/gu;

const escapeUnit = (unit: string): string =>
  `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** A text as a spreadsheet keeps it: nothing of it is lost on the way through XML. */
export const encodeEscapes = (text: string): string =>
  text.replace(CANNOT_STAND, (character) => character.split('').map(escapeUnit).join(''));
