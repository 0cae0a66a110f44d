import type { ArchiveDocument } from '#domain/documents/document.ts';
import type { Upload } from '#domain/documents/upload.ts';
import type { Actor } from '#domain/staff/actor.ts';
import type { ArchivePagePorts } from '../ports.ts';

/** A document of which an upload may be a new version; `isSame`: it holds the very file. */
export interface Alike {
  readonly document: ArchiveDocument;
  readonly isSame: boolean;
}

/** As many as somebody looks through: half of an archive may be called `agenda.pdf`. */
const MOST_ALIKE = 5;

/** Documents of which an upload may be a new version: those that hold it first, and then those that changed last. */
export const findAlike = async (
  { documentDeeds }: Pick<ArchivePagePorts, 'documentDeeds'>,
  upload: Upload,
  by: Actor,
): Promise<readonly Alike[]> => {
  const alike = await documentDeeds.findAlike(upload, by);
  const inOrder = (a: Alike, b: Alike) =>
    a.isSame === b.isSame
      ? b.document.changedAt.localeCompare(a.document.changedAt, 'en')
      : Number(b.isSame) - Number(a.isSame);
  return alike.toSorted(inOrder).slice(0, MOST_ALIKE);
};
