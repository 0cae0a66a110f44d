import { refuse } from '../refused.ts';
import type { XmlVisitor } from '../xml/walk-xml.ts';

/** `DDE` and `DDEAUTO` start a program when the document is opened (ISO/IEC 29500-1, 17.16.5). */
const STARTS_PROGRAM = /\bDDE(?:AUTO)?\b/i;
/** Numbers of characters put together to a word that nobody should see: `QUOTE 68 68 69`. */
const HIDDEN_WORD = /\bQUOTE(?:\s+\d{2,3}){3}/i;

const check = (instruction: string): void => {
  if (STARTS_PROGRAM.test(instruction) || HIDDEN_WORD.test(instruction))
    refuse('active-content', 'dde field');
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
      if (element.name === 'fldSimple') check(element.attribute('instr') ?? '');
      if (element.name !== 'fldChar') return;
      const kind = element.attribute('fldCharType');
      if (kind === 'begin' && depth++ === 0) instruction = '';
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
