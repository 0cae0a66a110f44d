import type { FileRefusal } from './file-refusal.ts';

/** One line of a list: its place as a person counts it, and its values by the name of the column. */
export interface ListingRow {
  readonly number: number;
  readonly fields: ReadonlyMap<string, unknown>;
}

/** What the two kinds of files have in common: rows (features) with columns (properties). */
export interface Listing {
  readonly file: string;
  readonly rowNoun: 'row' | 'feature';
  readonly columnNoun: 'column' | 'property';
  readonly columns: ReadonlySet<string>;
  readonly rows: readonly ListingRow[];
}

/** A file as a listing, or why it is none. */
export type ListingOrRefusal = { readonly listing: Listing } | { readonly refusal: FileRefusal };

export const refuseFile = (file: string, problem: string): { refusal: FileRefusal } => ({
  refusal: { file, where: null, problem },
});

/** Column names as they are compared: ONS writes them in capitals, those who edit the files do not always. */
export const columnName = (written: string): string => written.trim().toUpperCase();
