import { csvRow } from '../../shared/csv.ts';
import type { DocumentDetails } from '../document.ts';
import type { PackedFile } from './pack.ts';

/** Excel takes CSV for Windows-1252 unless a byte order mark says otherwise. */
const BYTE_ORDER_MARK = '\uFEFF';

const csv = (rows: readonly (readonly string[])[]): string => BYTE_ORDER_MARK + rows.map(csvRow).join('');

const LIST_MARK = '; ';

const DETAILS_HEADER = [
  ...['File', 'Title', 'Kind', 'Areas', 'Consultation', 'From', 'To', 'Language', 'Audience', 'Tags'],
  ...['Summary', 'Review on', 'Replaces', 'Id', 'Name of the file', 'Related'],
];

const detailCells = (details: DocumentDetails): readonly string[] => [
  ...[details.title, details.kind, details.areas.join(LIST_MARK), details.consultation ?? ''],
  ...[details.from ?? '', details.to ?? '', details.language, details.audience, details.tags.join(LIST_MARK)],
  ...[details.summary, details.reviewOn ?? 'never'],
];

const NO_DETAILS: readonly string[] = Array.from({ length: 11 }, () => '');

/**
 * The list of files as the import reads it: the first row of a document describes it, later ones are its versions. What was
 * withdrawn is not in it, since nobody should bring it back by chance.
 */
export const detailsTable = (files: readonly PackedFile[]): string => {
  const described = new Set<string>();
  const rows = files
    .filter(({ document }) => !document.withdrawn)
    .map(({ document, file, path }) => {
      const isVersion = described.has(document.id);
      described.add(document.id);
      const [cells, replaces, id, related] = isVersion
        ? [NO_DETAILS, document.id, '', '']
        : [detailCells(document), '', document.id, document.related.join(LIST_MARK)];
      return [path, ...cells, replaces, id, file.name, related];
    });
  return csv([DETAILS_HEADER, ...rows]);
};

const MANIFEST_HEADER = [
  ...['Path', 'Bytes', 'SHA-256', 'Title', 'Version', 'Current', 'Audience', 'Unit', 'Owner'],
  ...['Uploaded at', 'Uploaded by', 'Scan', 'Withdrawn', 'Withdrawn because'],
];

/** What is in the pack, file by file, with where it comes from. */
export const manifestTable = (files: readonly PackedFile[]): string =>
  csv([
    MANIFEST_HEADER,
    ...files.map(({ document, file, version, path }) => [
      ...[path, String(file.bytes), file.sha256, document.title, String(version)],
      ...[version === document.files.length ? 'yes' : 'no', document.audience, document.unit, document.owner],
      ...[file.at, file.by, file.scan],
      ...(document.withdrawn ? [document.withdrawn.at, document.withdrawn.reason] : ['', '']),
    ]),
  ]);

/** What `sha256sum -c` takes. */
export const sumsList = (sums: readonly { readonly sha256: string; readonly path: string }[]): string =>
  sums.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');
