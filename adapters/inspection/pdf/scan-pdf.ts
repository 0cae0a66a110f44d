import { refuse } from '../refused.ts';
import { findObjects, type PdfObjects } from './find-objects.ts';
import { type Decrypt, unlock } from './unlock.ts';
import { unpackStreams } from './unpack-streams.ts';
import { PdfDictionary, PdfString } from './values.ts';

/** How the file is encrypted, on which every place that says so must agree; null when it is not. */
const decryptOf = (objects: PdfObjects): Decrypt | null => {
  if (objects.encryptions.length === 0) return null;
  const meant = objects.encryptions.flatMap((value) => objects.meant(value));
  const encryptions = meant.filter((value) => value instanceof PdfDictionary);
  const [encryption] = encryptions;
  const texts = new Set(encryptions.map((each) => JSON.stringify(each)));
  if (!encryption || texts.size > 1) return refuse('encrypted', 'pdf rights');
  const [id] = objects.meant(objects.id).flat();
  const first = id instanceof PdfString ? id.bytes : Buffer.alloc(0);
  return unlock(encryption, first) ?? refuse('encrypted', 'pdf password');
};

/**
 * Looks through a PDF for what acts by itself, and unpacks its streams once to see how large they become, before any
 * reader of PDFs sees it. Names are compared as readers do, with their escapes resolved (`/J#61vaScript`).
 */
export const scanPdf = (bytes: Buffer): void => {
  const objects = findObjects(bytes);
  unpackStreams(bytes, objects, decryptOf(objects));
};
