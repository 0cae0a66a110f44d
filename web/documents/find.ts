import { findOwnUpload } from '#domain/documents/describe-upload.ts';
import type { ArchiveDocument } from '#domain/documents/document.ts';
import { findToRead as findReadable } from '#domain/documents/document-deed.ts';
import { mayKeep } from '#domain/documents/reach.ts';
import type { Upload } from '#domain/documents/upload.ts';
import { notFound, PageError } from '../http/reply.ts';
import { actorOf, param, type Visit } from '../http/route.ts';
import type { ArchivePagePorts } from './ports.ts';

/** The document of the address. What somebody may not see is not there for them. */
export const findToRead = async (
  ports: Pick<ArchivePagePorts, 'documents'>,
  visit: Visit,
): Promise<ArchiveDocument> => {
  const document = await findReadable(ports, param(visit, 'id'), actorOf(visit));
  if (!document) throw notFound();
  return document;
};

/** The same, for whoever may change it: others who see it are refused. */
export const findToKeep = async (
  ports: Pick<ArchivePagePorts, 'documents'>,
  visit: Visit,
): Promise<ArchiveDocument> => {
  const document = await findToRead(ports, visit);
  if (!mayKeep(actorOf(visit), document)) throw new PageError(403, 'not-allowed');
  return document;
};

/** The upload of the address: nobody sees that of somebody else. */
export const findUpload = async (ports: Pick<ArchivePagePorts, 'uploads'>, visit: Visit): Promise<Upload> => {
  const upload = await findOwnUpload(ports, param(visit, 'id'), actorOf(visit));
  if (!upload) throw notFound();
  return upload;
};

/** By whom and within which request a deed is done. */
export const deedOf = (visit: Visit) => ({ by: actorOf(visit), correlationId: visit.correlationId });
