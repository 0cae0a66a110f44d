/**
 * The kinds of file that the archive takes, by the extension under which people know them. Everything else is refused:
 * what a browser or an office program would run (svg, html, macros) is never among them.
 */
export const fileTypes = {
  pdf: { mediaType: 'application/pdf', extensions: ['pdf'] },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
  },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
  },
  pptx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    extensions: ['pptx'],
  },
  odt: { mediaType: 'application/vnd.oasis.opendocument.text', extensions: ['odt'] },
  ods: { mediaType: 'application/vnd.oasis.opendocument.spreadsheet', extensions: ['ods'] },
  csv: { mediaType: 'text/csv', extensions: ['csv'] },
  txt: { mediaType: 'text/plain', extensions: ['txt'] },
  md: { mediaType: 'text/markdown', extensions: ['md', 'markdown'] },
  png: { mediaType: 'image/png', extensions: ['png'] },
  jpg: { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'] },
} as const satisfies Record<string, { mediaType: string; extensions: readonly string[] }>;

export type FileType = keyof typeof fileTypes;

export const fileTypeNames = Object.keys(fileTypes) as FileType[];

/** The type that a file's name promises; undefined for one that the archive does not take. */
export function typeOfName(name: string): FileType | undefined {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  return fileTypeNames.find((type) =>
    (fileTypes[type].extensions as readonly string[]).includes(extension ?? ''),
  );
}

/** The most that one file may have, in bytes (100 MB, of a thousand thousand bytes each, as people count them). */
export const MOST_FILE_BYTES = 100_000_000;
