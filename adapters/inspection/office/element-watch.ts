import { refuse } from '../refused.ts';
import type { XmlVisitor } from '../xml/walk-xml.ts';

/** Elements of documents, sheets and slides that hold or start a program. */
const ACTIVE_ELEMENT = new Set([
  'oleObject',
  'OLEObject',
  'ddeLink',
  'oleLink',
  'oleObj',
  'altChunk',
  'script',
]);

/** What a click or a pointer on a slide does: a macro, a program, an object. */
const ACTIVE_ACTION = /^ppaction:\/\/(?:macro|program|ole)/i;

/** Excel's way to ask another program: `cmd|'/c calc'!A0`. */
const DDE_FORMULA = /[\w.]\s*\|\s*(?:'[^']*'|"[^"]*"|[^!'"|]{0,200})\s*!/;

/** Refuses what is active in any XML part of an office file. */
export const elementWatch = (): XmlVisitor => {
  let isFormula = false;
  return {
    open: (element) => {
      isFormula = element.name === 'f' || element.name === 'formula';
      if (ACTIVE_ELEMENT.has(element.name)) refuse('active-content', `element ${element.name}`);
      if (element.name.startsWith('hlink') && ACTIVE_ACTION.test(element.attribute('action') ?? ''))
        refuse('active-content', 'slide action');
    },
    text: (text) => {
      if (isFormula && DDE_FORMULA.test(text)) refuse('active-content', 'dde formula');
    },
    close: () => {
      isFormula = false;
    },
  };
};
