/** A plan of a hundred actions has some 50 KB; pictures in a workbook make it larger. */
export const MOST_BYTES = 10 * 1024 * 1024;

export const MOST_ROWS = 20_000;
export const MOST_COLUMNS = 256;

/** Cells with something in them. */
export const MOST_CELLS = 500_000;
