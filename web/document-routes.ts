import type { DocumentPagePorts } from './documents/ports.ts';
import { listPublic } from './documents/public/list.ts';
import { showPublic, showPublicText } from './documents/public/show.ts';
import { publicPage, type Route } from './http/route.ts';
import { patterns } from './paths.ts';

/** Every address at which the public finds and reads documents. Their files are served from a bucket. */
export const documentRoutes = (ports: DocumentPagePorts): readonly Route[] => [
  publicPage(patterns.documents, listPublic(ports)),
  publicPage(patterns.publicDocument, showPublic(ports)),
  publicPage(patterns.publicDocumentText, showPublicText(ports)),
];
