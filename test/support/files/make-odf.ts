import { escapeXml } from './make-office.ts';
import { type EntryMade, makeZip } from './make-zip.ts';

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACES = [
  ...['office', 'text', 'table', 'style', 'script', 'draw', 'meta', 'manifest'].map(
    (name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
  ),
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
  'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
].join(' ');

const document = (root: string, inside: string): string =>
  `${XML}<office:${root} ${NAMESPACES} office:version="1.3">${inside}</office:${root}>`;

export interface OdfMade {
  readonly title?: string;
  readonly language?: string;
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
  readonly manifest?: string;
  readonly mimetype?: string;
  /** Beside the body: scripts and event listeners. */
  readonly scripts?: string;
  readonly masters?: string;
}

const MIMETYPES = {
  text: 'application/vnd.oasis.opendocument.text',
  spreadsheet: 'application/vnd.oasis.opendocument.spreadsheet',
};

const odfOf = (kind: keyof typeof MIMETYPES, body: string, made: OdfMade): Buffer => {
  const [language, country] = (made.language ?? 'en-GB').split('-');
  const files: Record<string, string | Uint8Array> = {
    'META-INF/manifest.xml': `${XML}<manifest:manifest ${NAMESPACES}>${made.manifest ?? ''}</manifest:manifest>`,
    'content.xml': document(
      'document-content',
      `${made.scripts ?? '<office:scripts/>'}<office:body><office:${kind}>${body}</office:${kind}></office:body>`,
    ),
    'styles.xml': document(
      'document-styles',
      `<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="${language}" fo:country="${country}"/></style:default-style></office:styles><office:master-styles>${made.masters ?? ''}</office:master-styles>`,
    ),
    'meta.xml': document(
      'document-meta',
      `<office:meta><dc:title>${escapeXml(made.title ?? '')}</dc:title></office:meta>`,
    ),
    'Configurations2/accelerator/current.xml': '',
    ...made.parts,
  };
  const first: EntryMade = { name: 'mimetype', content: made.mimetype ?? MIMETYPES[kind], stored: true };
  return makeZip([first, ...Object.entries(files).map(([name, content]) => ({ name, content }))]);
};

/** A text of LibreOffice: paragraphs, or a body of its own. */
export const makeOdt = (text: readonly string[] | string, made: OdfMade = {}): Buffer =>
  odfOf(
    'text',
    typeof text === 'string' ? text : text.map((each) => `<text:p>${escapeXml(each)}</text:p>`).join(''),
    made,
  );

/** A spreadsheet of LibreOffice: rows of texts by the name of their sheet. */
export const makeOds = (
  sheets: Readonly<Record<string, readonly (readonly string[])[]>>,
  made: OdfMade = {},
): Buffer => {
  const cell = (text: string) =>
    `<table:table-cell office:value-type="string"><text:p>${escapeXml(text)}</text:p></table:table-cell>`;
  const row = (cells: readonly string[]) =>
    `<table:table-row>${cells.map(cell).join('')}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>`;
  const body = Object.entries(sheets)
    .map(
      ([name, rows]) =>
        `<table:table table:name="${escapeXml(name)}">${rows.map(row).join('')}<table:table-row table:number-rows-repeated="1048570"/></table:table>`,
    )
    .join('');
  return odfOf('spreadsheet', body, made);
};
