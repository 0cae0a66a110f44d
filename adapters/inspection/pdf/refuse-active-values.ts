import { refuse } from '../refused.ts';
import { PdfDictionary, PdfName, type PdfValue } from './values.ts';

/** Keys under which a PDF holds programs, files and forms of another kind (ISO 32000-2, 7.11.4, 12.6.4, 12.7.8). */
const ACTIVE_KEYS = new Set([
  'JS',
  'JavaScript',
  'XFA',
  'EmbeddedFiles',
  'EF',
  'RichMediaContent',
  'RichMediaSettings',
]);

/**
 * Kinds of actions and of annotations: what starts programs, sends a form away or takes one in, opens a file inside,
 * or plays what a reader has to fetch another program for.
 */
const ACTIVE_NAMES = new Set([
  ...[
    'JavaScript',
    'Launch',
    'SubmitForm',
    'ImportData',
    'GoToE',
    'Rendition',
    'Movie',
    'Sound',
    'RichMedia',
  ],
  ...['RichMediaExecute', 'FileAttachment', 'Screen', '3D', 'GoTo3DView', 'EmbeddedFile'],
]);

/** Keys whose value is such a kind. */
const KINDS = new Set(['S', 'Subtype', 'Type']);

const isActiveName = (value: PdfValue): value is PdfName =>
  value instanceof PdfName && ACTIVE_NAMES.has(value.name);

/** Refuses a value that acts, or one in it. A name alone may be the kind of an action that refers to it. */
export const refuseActiveValues = (value: PdfValue): void => {
  if (isActiveName(value)) refuse('active-content', `pdf ${value.name}`);
  walk(value);
};

const walk = (value: PdfValue): void => {
  if (Array.isArray(value)) for (const each of value) walk(each);
  if (!(value instanceof PdfDictionary)) return;
  for (const [key, each] of value.pairs) {
    if (ACTIVE_KEYS.has(key)) refuse('active-content', `pdf ${key}`);
    if (KINDS.has(key) && isActiveName(each)) refuse('active-content', `pdf ${each.name}`);
    walk(each);
  }
};
