import type { FileType } from '#domain/documents/file-type.ts';
import type { Contents } from '../finding.ts';
import { damaged, refuse } from '../refused.ts';
import { TextSink } from '../text/text-sink.ts';
import { joinVisitors } from '../xml/join-visitors.ts';
import { walkXml } from '../xml/walk-xml.ts';
import { openZip, type Zip } from '../zip/open-zip.ts';
import { refuseNested } from '../zip/refuse-nested.ts';
import { type ContentTypes, readContentTypes } from './content-types.ts';
import { elementWatch } from './element-watch.ts';
import { fieldWatch } from './field-watch.ts';
import { readProperties } from './read-properties.ts';
import { readSheets } from './read-sheets.ts';
import { readSlides } from './read-slides.ts';
import { readWord } from './read-word.ts';
import { refuseActiveParts } from './refuse-active-parts.ts';
import { partOfRelationships, readRelationships } from './relationships.ts';

/** What a package is, by the type of its main part; templates, slide shows and drawings are none of ours. */
const MAIN_TYPES: Readonly<Record<string, FileType>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml': 'pptx',
};

interface Main {
  readonly part: string;
  readonly type: FileType;
}

const findMain = (zip: Zip, types: ContentTypes): Main => {
  const mains = readRelationships(zip, '').filter(({ kind }) => kind === 'officeDocument');
  const [main] = mains;
  if (!main || !zip.has(main.target)) return damaged('main part');
  if (mains.length > 1) return refuse('ambiguous', 'two main parts');
  const type = MAIN_TYPES[types.of(main.target) ?? ''] ?? refuse('type-not-taken', 'office type');
  return { part: main.target, type };
};

/** The workbooks that charts keep their numbers in; every chart of a document or a slide has one. */
const workbooksOfCharts = (zip: Zip): ReadonlySet<string> =>
  new Set(
    zip.names
      .filter((name) => /(?:^|\/)charts\/_rels\/[^/]+\.rels$/i.test(name))
      .flatMap((name) => readRelationships(zip, partOfRelationships(name)))
      .filter(({ kind, isExternal, target }) => kind === 'package' && !isExternal && /\.xlsx$/i.test(target))
      .map(({ target }) => target.toLowerCase()),
  );

/** A workbook in a workbook in a workbook is no chart of anybody's. */
const checkWorkbook = (content: Buffer, depth: number): void => {
  if (depth > 0) refuse('active-content', 'archive inside');
  if (checkOffice(openZip(content), depth + 1).type !== 'xlsx') refuse('active-content', 'document inside');
};

/** XML by its name or by what it is said to be: programs go by the latter. */
const isXml = (name: string, types: ContentTypes): boolean =>
  /\.(?:xml|rels)$/i.test(name) || /[+/]xml$/.test(types.of(name) ?? '');

const isDrawing = (name: string, types: ContentTypes): boolean =>
  /\.(?:vml|svg)$/i.test(name) || /vmldrawing$/.test(types.of(name) ?? '');

/** Unpacks everything once, and looks for what none of it may be. */
const checkParts = (zip: Zip, types: ContentTypes, depth: number): void => {
  const workbooks = workbooksOfCharts(zip);
  for (const name of zip.names) {
    const content = zip.read(name) ?? damaged('part');
    if (workbooks.has(name.toLowerCase())) checkWorkbook(content, depth);
    else refuseNested(name, content);
    if (isXml(name, types)) walkXml(content, joinVisitors(elementWatch(), fieldWatch()));
    else if (isDrawing(name, types)) refuseScript(content);
  }
};

/** Drawings may be XML that does not hold together; programs that show them run no script, browsers would. */
const refuseScript = (drawing: Buffer): void => {
  if (/<(?:\w+:)?script\b|<!ENTITY/i.test(drawing.toString('latin1')))
    refuse('active-content', 'script in a drawing');
};

const readers = { docx: readWord, xlsx: readSheets, pptx: readSlides } as const;

const checkOffice = (zip: Zip, depth: number): Main => {
  const types = readContentTypes(zip);
  refuseActiveParts(zip, types);
  const main = findMain(zip, types);
  checkParts(zip, types, depth);
  return main;
};

/** Reads a document, workbook or presentation of Office (ISO/IEC 29500), or refuses it. */
export const readOffice = (zip: Zip): Contents => {
  const { part, type } = checkOffice(zip, 0);
  const sink = new TextSink();
  const read = { pages: null, language: null, ...readers[type as keyof typeof readers](zip, part, sink) };
  const core = readRelationships(zip, '').find(({ kind }) => kind === 'core-properties');
  const { title, language } = readProperties(core && zip.read(core.target));
  return { type, pages: read.pages, title, language: language ?? read.language, ...sink.finish() };
};
