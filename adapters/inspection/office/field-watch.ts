import { refuse } from '../refused.ts';
import type { XmlVisitor } from '../xml/walk-xml.ts';

/** Stands where a field begins, so that a link to a page about DDE is none. */
const BEGIN = '\u0000';

/** `DDE` and `DDEAUTO` start a program when the document is opened, `LINK` and `DATABASE` others that fetch something. */
const STARTS_PROGRAM =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sign that we put there ourselves
  /\u0000\s*(?:DDE|DDEAUTO|LINK|DATABASE|IMPORT)\b|\bDDEAUTO\b|\bDDE\s+["'\w\\]/i;
/** A document or a picture on a share, to which Windows would show who is signed in. */
const FROM_SHARE = /\bINCLUDE(?:TEXT|PICTURE)\s+"?(?:\\\\|\/\/|file:)/i;
/** Numbers of characters put together to a word that nobody should see: `QUOTE 68 68 69`. */
const HIDDEN_WORD = /\bQUOTE(?:\s+\d{2,3}){3}/i;

const check = (instruction: string): void => {
  const isActive = [STARTS_PROGRAM, FROM_SHARE, HIDDEN_WORD].some((pattern) => pattern.test(instruction));
  if (isActive) refuse('active-content', 'field');
};

/**
 * Watches the fields of a text document. What a field does may be written in pieces, and nested fields stand between
 * them, so all pieces from the beginning of the outermost field on are read as one.
 */
export const fieldWatch = (): XmlVisitor => {
  let [depth, instruction, isInstruction] = [0, '', false];
  return {
    open: (element) => {
      isInstruction = element.name === 'instrText' || element.name === 'delInstrText';
      if (element.name === 'fldSimple') check(BEGIN + (element.attribute('instr') ?? ''));
      if (element.name !== 'fldChar') return;
      const kind = element.attribute('fldCharType');
      if (kind === 'begin') instruction = (depth++ === 0 ? '' : instruction) + BEGIN;
      if (kind === 'end') depth = Math.max(0, depth - 1);
    },
    text: (text) => {
      if (!isInstruction || instruction.length > 100_000) return;
      instruction += text;
      check(instruction);
    },
    close: () => {
      isInstruction = false;
    },
  };
};
