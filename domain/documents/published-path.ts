import { slugOf } from '../shared/text.ts';
import type { DocumentFile } from './document.ts';

/** What the file of a public document is called in its address: in small letters, with its own extension. */
const nameOf = ({ name, type }: Pick<DocumentFile, 'name' | 'type'>): string =>
  `${slugOf(name.replace(/\.[^.]+$/, '')) || 'document'}.${type}`;

/** The path at which the public gets a file. It is the key of the object, too, with a slash before it. */
export const publishedPath = (file: Pick<DocumentFile, 'id' | 'name' | 'type'>): string =>
  `${publishedFolder(file.id)}${nameOf(file)}`;

/** Where all copies of a file lie. */
export const publishedFolder = (file: string): string => `/documents/files/${file}/`;
