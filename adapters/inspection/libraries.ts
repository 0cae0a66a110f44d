import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/*
 * These packages come in a layer (layers/document-readers). Where that is, Lambda says in NODE_PATH, to which only
 * `require` listens: so they are looked for in its way, and imported by the path that was found.
 */
const { resolve } = createRequire(import.meta.url);

const load = (file: string): Promise<unknown> => import(pathToFileURL(file).href);

/** PDF.js as unpdf builds it: in one file, without a worker, without eval. */
export const loadPdfjs = async (): Promise<typeof import('unpdf/pdfjs')> => {
  const unpdf = (await load(
    path.join(path.dirname(resolve('unpdf')), 'index.mjs'),
  )) as typeof import('unpdf');
  return unpdf.getResolvedPDFJS();
};

/** Tells what kind of file some bytes begin. */
export const loadFileType = async () => (await load(resolve('file-type'))) as typeof import('file-type');
