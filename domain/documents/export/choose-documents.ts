import type { AreaCode } from '../../areas/area.ts';
import type { AreaDirectory } from '../../areas/area-directory.ts';
import { oneLine } from '../../shared/text.ts';
import type { ArchiveDocument } from '../document.ts';
import type { Documents } from '../ports.ts';

/** Which documents are taken away. */
export type Choice =
  | { readonly kind: 'all' }
  /** Those about an area, or about what lies in it. */
  | { readonly kind: 'area'; readonly code: AreaCode }
  | { readonly kind: 'consultation'; readonly name: string };

const plain = (name: string): string => oneLine(name).toLowerCase();

const isChosen = (choice: Choice, directory: AreaDirectory): ((document: ArchiveDocument) => boolean) => {
  if (choice.kind === 'all') return () => true;
  if (choice.kind === 'area') {
    const liesIn = (code: AreaCode) => code === choice.code || directory.find(code)?.borough === choice.code;
    return ({ areas }) => areas.some(liesIn);
  }
  return ({ consultation }) => plain(consultation ?? '') === plain(choice.name);
};

/**
 * The documents that are asked for, withdrawn ones too, by the time when they came. They come from the list of the table
 * and not from the search: that may be behind, and does not know what was withdrawn.
 */
export const chooseDocuments = async (
  { documents }: { readonly documents: Pick<Documents, 'all' | 'find'> },
  choice: Choice,
  directory: AreaDirectory,
): Promise<readonly ArchiveDocument[]> => {
  const wanted = isChosen(choice, directory);
  const chosen: ArchiveDocument[] = [];
  for await (const { id } of documents.all()) {
    // The list may be a moment old, and somebody may just have withdrawn it.
    const document = await documents.find(id);
    if (document && wanted(document)) chosen.push(document);
  }
  return chosen;
};
