import type { FileType } from '#domain/documents/file-type.ts';
import type { Contents } from '../finding.ts';
import { damaged, refuse } from '../refused.ts';
import { TextSink } from '../text/text-sink.ts';
import { joinVisitors } from '../xml/join-visitors.ts';
import { walkXml } from '../xml/walk-xml.ts';
import type { Zip } from '../zip/open-zip.ts';
import { refuseNested } from '../zip/refuse-nested.ts';
import { type ContentTypes, readContentTypes } from './content-types.ts';
import { elementWatch } from './element-watch.ts';
import { fieldWatch } from './field-watch.ts';
import { readProperties } from './read-properties.ts';
import { readSheets } from './read-sheets.ts';
import { readSlides } from './read-slides.ts';
import { readWord } from './read-word.ts';
import { refuseActiveParts } from './refuse-active-parts.ts';
import { readRelationships } from './relationships.ts';

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

/** Unpacks everything once, and looks for what none of it may be. */
const checkParts = (zip: Zip): void => {
  for (const name of zip.names) {
    const content = zip.read(name) ?? damaged('part');
    refuseNested(name, content);
    if (/\.(?:xml|rels)$/i.test(name)) walkXml(content, joinVisitors(elementWatch(), fieldWatch()));
    else if (/\.(?:vml|svg)$/i.test(name)) refuseScript(content);
  }
};

/** Drawings may be XML that does not hold together; programs that show them run no script, browsers would. */
const refuseScript = (drawing: Buffer): void => {
  if (/<(?:\w+:)?script\b|<!ENTITY/i.test(drawing.toString('latin1')))
    refuse('active-content', 'script in a drawing');
};

const readers = { docx: readWord, xlsx: readSheets, pptx: readSlides } as const;

/** Reads a document, workbook or presentation of Office (ISO/IEC 29500), or refuses it. */
export const readOffice = (zip: Zip): Contents => {
  const types = readContentTypes(zip);
  refuseActiveParts(zip, types);
  const { part, type } = findMain(zip, types);
  checkParts(zip);
  const sink = new TextSink();
  const read = { pages: null, language: null, ...readers[type as keyof typeof readers](zip, part, sink) };
  const core = readRelationships(zip, '').find(({ kind }) => kind === 'core-properties');
  const { title, language } = readProperties(core && zip.read(core.target));
  return { type, pages: read.pages, title, language: language ?? read.language, ...sink.finish() };
};
