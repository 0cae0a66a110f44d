import * as z from 'zod';

// Without O, I, Q, Z and without 0 and 1: what is read out on the phone or copied by hand is not mistaken.
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXY';
const DIGITS = '23456789';
const LENGTH = 8;

const isDigitPlace = (index: number): boolean => index % 3 === 2;

/** What a person gets for a submission: 8 characters, every third a digit (AB3CD4EF), not guessable in sequence. */
export const referenceSchema = z.string().regex(/^[A-HJ-NPR-Y]{2}[2-9][A-HJ-NPR-Y]{2}[2-9][A-HJ-NPR-Y]{2}$/);
export type Reference = z.infer<typeof referenceSchema>;

/** Makes references; the store makes sure that none is given twice. */
export interface References {
  next(): Reference;
}

/** Makes a reference out of a source of evenly distributed whole numbers from 0 to below `limit`. */
export const makeReference = (randomBelow: (limit: number) => number): Reference =>
  Array.from({ length: LENGTH }, (_, index) => {
    const alphabet = isDigitPlace(index) ? DIGITS : LETTERS;
    return alphabet.charAt(randomBelow(alphabet.length));
  }).join('');
