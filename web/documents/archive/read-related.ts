import { type ArchiveDocument, MOST_RELATED } from '#domain/documents/document.ts';
import { findToRead } from '#domain/documents/document-deed.ts';
import { oneLine } from '#domain/shared/text.ts';
import type { FieldError } from '../../forms/form.ts';
import { actorOf, type Visit } from '../../http/route.ts';
import { paths } from '../../paths.ts';
import type { ArchivePagePorts } from '../ports.ts';

/** One address on a line, with the title in front for whoever reads the field. */
export const writeRelated = (documents: readonly ArchiveDocument[], publicUrl: string): string =>
  documents.map(({ id, title }) => `${title} ${publicUrl}${paths.document(id)}`).join('\n');

const many = {
  error: { field: 'related', key: 'editDocument.related.many', values: { max: MOST_RELATED } },
} as const;

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Reads which documents somebody should know who reads this one: an address of a document on each line. Those that this
 * person cannot see stay as they are.
 */
export const readRelated = async (
  ports: Pick<ArchivePagePorts, 'documents'>,
  visit: Visit,
  document: ArchiveDocument,
): Promise<{ readonly ids: readonly string[] } | { readonly error: FieldError }> => {
  const by = actorOf(visit);
  const isSeen = async (id: string) => (await findToRead(ports, id, by)) !== null;
  const ids: string[] = [];
  const lines = (visit.form.get('related') ?? '').toWellFormed().split('\n').map(oneLine);
  const asked = lines.filter((each) => each !== '');
  if (asked.length > MOST_RELATED) return many;
  for (const line of asked) {
    const id = line.match(ID)?.at(-1);
    if (id === undefined || id === document.id || !(await isSeen(id)))
      return { error: { field: 'related', key: 'editDocument.related.wrong', values: { line } } };
    ids.push(id);
  }
  const hidden: string[] = [];
  for (const id of document.related) if (!(await isSeen(id))) hidden.push(id);
  const all = [...new Set([...ids, ...hidden])];
  if (all.length > MOST_RELATED) return many;
  return { ids: all };
};
