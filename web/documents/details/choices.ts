import type { Area } from '#domain/areas/area.ts';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import { audiences, documentKinds, documentLanguages, MOST_SUMMARY } from '#domain/documents/document.ts';

/** What can be chosen in the form about a document. */
export interface DetailsChoices {
  readonly kinds: typeof documentKinds;
  readonly languages: typeof documentLanguages;
  readonly audiences: typeof audiences;
  readonly boroughs: readonly Area[];
  readonly mostSummary: number;
}

/** Boroughs of today, and old ones that are ticked. */
export const choicesOf = (directory: AreaDirectory, ticked: readonly string[]): DetailsChoices => {
  const today = directory.boroughs();
  const old = ticked
    .flatMap((code) => directory.find(code) ?? [])
    .filter((area) => area.kind === 'borough' && !today.some(({ code }) => code === area.code));
  return {
    ...{ kinds: documentKinds, languages: documentLanguages, audiences, mostSummary: MOST_SUMMARY },
    boroughs: [...today, ...old],
  };
};
