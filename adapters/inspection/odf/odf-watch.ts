import { refuse } from '../refused.ts';
import type { XmlVisitor } from '../xml/walk-xml.ts';

const ACTIVE_ELEMENT = new Set([
  ...['script', 'event-listener', 'object-ole', 'plugin', 'applet', 'floating-frame'],
  ...['dde-source', 'dde-connection', 'dde-connection-decl', 'dde-link', 'control-implementation'],
]);

const ACTIVE_ADDRESS =
  /^\s*(?:macro|vnd\.sun\.star\.\w+|javascript|vbscript|data|service|private|slot|\.uno):/i;

/** A share on another machine, to which Windows would show who is signed in. */
const SHARE = /^\s*(?:file:)?(?:\\\\|\/\/)/i;

/** Refuses what acts by itself in any XML part of an ODF file. */
export const odfWatch = (): XmlVisitor => ({
  open: (element) => {
    if (ACTIVE_ELEMENT.has(element.name)) refuse('active-content', `element ${element.name}`);
    if (element.name === 'encryption-data') refuse('encrypted', 'manifest');
    const address = element.attribute('href') ?? '';
    if (ACTIVE_ADDRESS.test(address)) refuse('active-content', 'address');
    if (element.name !== 'a' && SHARE.test(address)) refuse('active-content', 'picture on a share');
    // ODF 1.3 part 4, 4.11.2: LibreOffice's own way to ask another program.
    if (/^(?:of:)?=.*\bDDE\(/i.test(element.attribute('formula') ?? ''))
      refuse('active-content', 'dde formula');
  },
});
