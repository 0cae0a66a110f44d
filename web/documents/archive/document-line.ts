import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { ArchiveDocument } from '#domain/documents/document.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import { type AreaShown, showAreas } from '../search/area-names.ts';

/** A document on one line of a list. */
export interface DocumentLine {
  readonly document: ArchiveDocument;
  readonly date: LocalDate;
  readonly areas: readonly AreaShown[];
}

export const lineOf = (
  document: ArchiveDocument,
  date: LocalDate,
  directory: AreaDirectory,
): DocumentLine => ({ document, date, areas: showAreas(document.areas, directory) });
