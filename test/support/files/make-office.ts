import { type EntryMade, makeZip } from './make-zip.ts';

type Parts = Readonly<Record<string, string | Uint8Array>>;

export const escapeXml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const MAIN = 'application/vnd.openxmlformats-officedocument';

export interface RelationMade {
  readonly kind: string;
  readonly target: string;
  readonly external?: boolean;
}

/** Relationships `rId1`, `rId2` ... of a part. */
export const relations = (...made: readonly RelationMade[]): string =>
  `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${made
    .map(({ kind, target, external }, index) => {
      const type =
        kind === 'core-properties'
          ? `http://schemas.openxmlformats.org/package/2006/relationships/metadata/${kind}`
          : `${OFFICE}/relationships/${kind}`;
      const mode = external ? ' TargetMode="External"' : '';
      return `<Relationship Id="rId${index + 1}" Type="${type}" Target="${escapeXml(target)}"${mode}/>`;
    })
    .join('')}</Relationships>`;

export interface PackageMade {
  readonly title?: string;
  readonly language?: string;
  /** Parts that are added, or take the place of others. */
  readonly parts?: Parts;
  readonly mainType?: string;
  /** More kinds of content, by the path of the part. */
  readonly types?: Readonly<Record<string, string>>;
  readonly change?: (entries: readonly EntryMade[]) => readonly EntryMade[];
}

const contentTypes = (overrides: Readonly<Record<string, string>>): string =>
  `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/>${Object.entries(
    overrides,
  )
    .map(([part, type]) => `<Override PartName="/${part}" ContentType="${type}"/>`)
    .join('')}</Types>`;

const core = (title = '', language = ''): string =>
  `${XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title><dc:language>${language}</dc:language></cp:coreProperties>`;

/** A package of Office around its main part. */
const entriesOfPackage = (main: string, type: string, parts: Parts, made: PackageMade): EntryMade[] => {
  const files: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': contentTypes({
      [main]: made.mainType ?? type,
      'docProps/core.xml': 'application/vnd.openxmlformats-package.core-properties+xml',
      ...made.types,
    }),
    '_rels/.rels': relations(
      { kind: 'officeDocument', target: main },
      { kind: 'core-properties', target: 'docProps/core.xml' },
    ),
    'docProps/core.xml': core(made.title, made.language),
    ...parts,
    ...made.parts,
  };
  return Object.entries(files).map(([name, content]) => ({ name, content }));
};

const packageOf = (main: string, type: string, parts: Parts, made: PackageMade): Buffer => {
  const entries = entriesOfPackage(main, type, parts, made);
  return makeZip(made.change?.(entries) ?? entries);
};

export const wordXml = (body: string): string =>
  `${XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${OFFICE}/relationships"><w:body>${body}</w:body></w:document>`;

export const wordParagraph = (text: string): string =>
  `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`;

/** A document of Word of some paragraphs, or with a body of its own. */
export const makeDocx = (
  text: readonly string[] | string,
  made: PackageMade & { readonly relations?: readonly RelationMade[] } = {},
): Buffer => {
  const body = typeof text === 'string' ? text : text.map(wordParagraph).join('');
  const parts: Parts = {
    'word/document.xml': wordXml(body),
    ...(made.relations ? { 'word/_rels/document.xml.rels': relations(...made.relations) } : {}),
  };
  return packageOf('word/document.xml', `${MAIN}.wordprocessingml.document.main+xml`, parts, made);
};

const slideXml = (text: readonly string[]): string =>
  `${XML}<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:cSld><p:spTree><p:sp><p:txBody>${text
    .map((line) => `<a:p><a:r><a:t>${escapeXml(line)}</a:t></a:r></a:p>`)
    .join('')}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>`;

/** A presentation, a list of lines for each slide. */
export const makePptx = (slides: readonly (readonly string[])[], made: PackageMade = {}): Buffer => {
  const names = slides.map((_, index) => `slides/slide${index + 1}.xml`);
  const parts: Parts = {
    'ppt/presentation.xml': `${XML}<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="${OFFICE}/relationships"><p:sldIdLst>${names
      .map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 1}"/>`)
      .join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations(
      ...names.map((target): RelationMade => ({ kind: 'slide', target })),
    ),
    ...Object.fromEntries(slides.map((text, index) => [`ppt/${names[index]}`, slideXml(text)])),
  };
  return packageOf('ppt/presentation.xml', `${MAIN}.presentationml.presentation.main+xml`, parts, made);
};

const sheetXml = (rows: string): string =>
  `${XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;

/** A workbook of sheets by their names; each is the XML of its rows, which may refer to texts that are shared. */
export const makeWorkbook = (
  sheets: Readonly<Record<string, string>>,
  shared: readonly string[],
  made: PackageMade = {},
): Buffer => {
  const names = Object.keys(sheets);
  const parts: Parts = {
    'xl/workbook.xml': `${XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}/relationships"><sheets>${names
      .map(
        (name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ...names.map(
        (_, index): RelationMade => ({ kind: 'worksheet', target: `worksheets/sheet${index + 1}.xml` }),
      ),
      { kind: 'sharedStrings', target: '/xl/sharedStrings.xml' },
    ),
    'xl/sharedStrings.xml': `${XML}<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${shared
      .map((text) => `<si><t>${escapeXml(text)}</t></si>`)
      .join('')}</sst>`,
    ...Object.fromEntries(
      names.map((name, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheets[name] ?? '')]),
    ),
  };
  return packageOf('xl/workbook.xml', `${MAIN}.spreadsheetml.sheet.main+xml`, parts, made);
};
