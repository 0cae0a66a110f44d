import type { AreaCode } from '#domain/areas/area.ts';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';

/** An area of a document, by name, with the borough under which people look for it. */
export interface AreaShown {
  readonly code: AreaCode;
  readonly name: string;
  /** Null for an area that is not known any more. */
  readonly borough: AreaCode | null;
}

/** Areas by name, boroughs and wards between each other; a code whose area is not known stays one. */
export const showAreas = (codes: readonly AreaCode[], directory: AreaDirectory): readonly AreaShown[] =>
  codes
    .map((code) => {
      const area = directory.find(code);
      return { code, name: area?.name ?? code, borough: area ? (area.borough ?? area.code) : null };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
