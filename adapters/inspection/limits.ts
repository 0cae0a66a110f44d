const MEGABYTE = 1_000_000;

/** Entries of a zip: a workbook of two hundred sheets with pictures has some 700. */
export const MOST_ENTRIES = 10_000;

/** Bytes that all of a file may become when it is unpacked. */
export const MOST_BYTES_INSIDE = 500 * MEGABYTE;

/** Unpacked to packed bytes. Sheets full of the same numbers come to 60; deflate can do 1,032. */
export const MOST_RATIO = 200;
/** Below this many bytes unpacked, nobody minds how well they were packed. */
export const RATIO_MATTERS_FROM = MEGABYTE;

/** Bytes of one part that is XML: it is held as one string. */
export const MOST_XML_BYTES = 150 * MEGABYTE;

/** Elements in elements. A table in a table in a text box has 60. */
export const MOST_XML_DEPTH = 400;

/** Pages of a PDF, slides, or sheets. */
export const MOST_PAGES = 2_000;

/** Pixels of a picture: larger than what any camera or scanner for A3 makes. */
export const MOST_PIXELS = 100 * MEGABYTE;

/** Bytes that a picture in a PDF may become, and all of them: 80 pages of A4 scanned in colour at 300 dpi, unpacked. */
export const MOST_PICTURE_BYTES = 400 * MEGABYTE;
export const MOST_PICTURES_BYTES = 2_000 * MEGABYTE;

/** Bytes of a table of the objects of a PDF: 2 million objects. */
export const MOST_TABLE_BYTES = 14 * MEGABYTE;

/** Bytes of what describes a PNG. */
export const MOST_PROFILE_BYTES = 8 * MEGABYTE;
