import { slugOf } from '../shared/text.ts';
import type { DocumentFile } from './document.ts';
import { fileTypes } from './file-type.ts';

/**
 * What the public's copy of a file is called: its own name in small ASCII letters, digits and hyphens, with the extension
 * of what it was checked to be. Nothing that somebody typed can lead elsewhere or be taken for another type.
 */
const publishedName = ({ name, type }: Pick<DocumentFile, 'name' | 'type'>): string =>
  `${slugOf(name.replace(/\.[^.]*$/, '')) || 'document'}.${fileTypes[type].extensions[0]}`;

/** Where the public gets a file: the path of its address, and after the first stroke the key of its copy. */
export const publishedPath = (file: Pick<DocumentFile, 'id' | 'name' | 'type'>): string =>
  `/documents/files/${encodeURIComponent(file.id)}/${publishedName(file)}`;
