import { refuse } from '../refused.ts';
import type { Lexer, Token } from './lexer.ts';
import { PdfDictionary, PdfName, PdfReference, type PdfValue, PdfWord } from './values.ts';

/** Arrays and dictionaries in each other. */
const MOST_DEPTH = 200;

/** Reads the value that begins here; undefined when none does. */
export const parseValue = (lexer: Lexer): PdfValue | undefined => {
  const token = lexer.next();
  return token === undefined || token === '>>' || token === ']' ? undefined : valueFrom(token, lexer, 0);
};

const valueFrom = (token: Token, lexer: Lexer, depth: number): PdfValue => {
  if (depth > MOST_DEPTH) return refuse('too-much-inside', 'pdf depth');
  if (token === '[') return readUntil(']', lexer, depth + 1);
  if (token === '<<') return toDictionary(readUntil('>>', lexer, depth + 1));
  return token === '>>' || token === ']' ? new PdfWord(token) : token;
};

/** What ends an object wherever it stands: a bracket that nobody closed must not swallow the rest of the file. */
const endsObject = (token: Token): boolean =>
  token instanceof PdfWord && /^(?:endobj|endstream|stream|xref)/.test(token.word);

const readUntil = (end: Token, lexer: Lexer, depth: number): PdfValue[] => {
  const values: PdfValue[] = [];
  for (;;) {
    const before = lexer.at;
    const token = lexer.next();
    if (token === undefined || token === end) return values;
    if (endsObject(token)) {
      lexer.at = before;
      return values;
    }
    if (token instanceof PdfWord && token.word === 'R') values.push(toReference(values));
    else values.push(valueFrom(token, lexer, depth));
  }
};

const toReference = (values: PdfValue[]): PdfValue => {
  const [number, generation] = values.slice(-2);
  if (typeof number !== 'number' || typeof generation !== 'number') return new PdfWord('R');
  values.splice(-2);
  return new PdfReference(number);
};

const toDictionary = (values: readonly PdfValue[]): PdfDictionary => {
  const dictionary = new PdfDictionary();
  let key: string | null = null;
  for (const value of values) {
    if (key !== null) {
      dictionary.pairs.push([key, value]);
      key = null;
    } else if (value instanceof PdfName) key = value.name;
  }
  return dictionary;
};
