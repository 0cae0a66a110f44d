import { damaged, refuse } from '../refused.ts';
import type { PdfObjects } from './find-objects.ts';
import { Lexer } from './lexer.ts';
import { parseValue } from './parse-value.ts';
import { refuseActiveValues } from './refuse-active-values.ts';
import { PdfDictionary } from './values.ts';

const MOST_READ_AGAIN = 8;

/** Readers take any stream for one of objects that has these two. */
export const holdsObjects = (dictionary: PdfDictionary): boolean =>
  dictionary.has('First') && dictionary.has('N');

const isPredictorOne = (parameters: PdfDictionary): boolean =>
  parameters.pairs.every(([key, value]) => key !== 'Predictor' || value === 1);

/** Nobody writes a stream of objects as if it were the rows of a picture, but who wants to hide it. */
const refusePredictor = (dictionary: PdfDictionary): void => {
  const values = dictionary.pairs.filter(([key]) => key === 'DecodeParms' || key === 'DP');
  const isPlain = values.every(([, value]) => value instanceof PdfDictionary && isPredictorOne(value));
  if (!isPlain) refuse('could-not-be-read', 'pdf predictor');
};

const firstOf = (dictionary: PdfDictionary, objects: PdfObjects): number => {
  const [number] = objects.meant(dictionary.get('First'));
  return typeof number === 'number' && number >= 0 ? number : damaged('pdf object stream');
};

/** Refuses what acts in a stream of objects, reading each from where the stream says that it begins. */
export const lookIntoObjects = (unpacked: Buffer, dictionary: PdfDictionary, objects: PdfObjects): void => {
  refusePredictor(dictionary);
  const first = firstOf(dictionary, objects);
  const numbers = unpacked.toString('latin1', 0, first).trim().split(/\s+/).map(Number);
  let read = 0;
  for (let index = 1; index < numbers.length; index += 2) {
    const lexer = new Lexer(unpacked, first + (numbers[index] || 0));
    const from = lexer.at;
    const value = parseValue(lexer);
    if (value !== undefined) refuseActiveValues(value);
    read += lexer.at - from;
    if (read > unpacked.length * MOST_READ_AGAIN + 1_000) refuse('could-not-be-read', 'pdf objects overlap');
  }
};
