import { damaged } from '../refused.ts';

const decode = (raw: Buffer, isUtf8: boolean): string => {
  try {
    return new TextDecoder(isUtf8 ? 'utf-8' : 'latin1', { fatal: isUtf8 }).decode(raw);
  } catch {
    return damaged('entry name');
  }
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNWANTED = /[\u0000-\u001F\u007F\\]|^[A-Za-z]:|^\//;

/** The name of an entry, which leads to no place outside the zip and is written in one way only. */
export const checkName = (raw: Buffer, isUtf8: boolean): string => {
  const name = decode(raw, isUtf8);
  const steps = name.replace(/\/$/, '').split('/');
  const isPlain = steps.every((step) => step !== '' && step !== '.' && step !== '..');
  return !isPlain || UNWANTED.test(name) ? damaged('entry name') : name;
};
