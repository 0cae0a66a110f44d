import type { Workbook } from '#domain/actions/import/workbook.ts';
import { Refused } from '../refusal.ts';
import { listParts, unpack } from '../unzip.ts';
import { Damaged, decodeEscapes, readXml } from '../xml.ts';
import { readSheet, type SheetContext } from './read-sheet.ts';
import { DAYS_TO_1904 } from './show-number.ts';
import { readStyles, readTheme } from './styles.ts';

const MAIN = 'xl/workbook.xml';

/** What a package is that is no workbook of ours. */
const refuseOthers = (names: readonly string[], filename: string): void => {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/(?:^|\/)vbaProject\.bin$/i) || /\.(?:xlsm|xltm|xlam)$/i.test(filename))
    throw new Refused('macros');
  if (has(/^xl\/workbook\.bin$/i)) throw new Refused('binary-excel');
  if (names.includes(MAIN)) return;
  if (has(/^word\//)) throw new Refused('word-document');
  if (has(/^content\.xml$/) && has(/^mimetype$/)) throw new Refused('open-document');
  if (has(/^ppt\/|^\[Content_Types\]\.xml$/)) throw new Refused('not-a-spreadsheet');
  throw new Refused(names.length === 0 ? 'empty' : 'compressed');
};

const WANTED =
  /^(?:\[Content_Types\]\.xml|xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|theme\/theme1\.xml|worksheets\/[^/]+\.xml))$/i;

type Parts = ReadonlyMap<string, Uint8Array>;

const textOf = (parts: Parts, name: string): string | null => {
  const bytes = parts.get(name);
  if (bytes === undefined) return null;
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return new TextDecoder(isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes);
};

/** Text that cells share; of a text in several fonts all pieces. */
const readStrings = (xml: string | null): readonly string[] => {
  const strings: string[] = [];
  let [isText, inReading] = [false, false];
  if (xml === null) return strings;
  readXml(xml, {
    open: (name) => {
      if (name === 'si') strings.push('');
      if (name === 'rPh') inReading = true;
      isText = name === 't' && !inReading;
    },
    text: (text) => {
      if (isText) strings[strings.length - 1] += text;
    },
    close: (name) => {
      isText = false;
      if (name === 'rPh') inReading = false;
    },
  });
  return strings.map(decodeEscapes);
};

interface SheetNamed {
  readonly name: string;
  readonly relation: string;
  readonly isHidden: boolean;
}

interface Main {
  readonly sheets: readonly SheetNamed[];
  readonly daysAdded: number;
}

const readMain = (xml: string): Main => {
  const sheets: SheetNamed[] = [];
  let daysAdded = 0;
  readXml(xml, {
    open: (name, attribute) => {
      if (name === 'workbookPr' && /^(?:1|true)$/.test(attribute('date1904') ?? '')) daysAdded = DAYS_TO_1904;
      if (name !== 'sheet') return;
      const isHidden = (attribute('state') ?? 'visible') !== 'visible';
      sheets.push({ name: attribute('name') ?? '', relation: attribute('r:id') ?? '', isHidden });
    },
  });
  return { sheets, daysAdded };
};

/** Where the sheets lie, by the names that the workbook has for their places. */
const readRelations = (xml: string): ReadonlyMap<string, string> => {
  const targets = new Map<string, string>();
  readXml(xml, {
    open: (name, attribute) => {
      const target = attribute('Target') ?? '';
      // From the root with a stroke before it, and otherwise from the folder of the workbook.
      if (name === 'Relationship')
        targets.set(attribute('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
  });
  return targets;
};

/** Macros are told of in the list of contents, too, whatever the file is called. */
const refuseMacros = (contents: string | null): void => {
  if (contents !== null && /macroEnabled/i.test(contents)) throw new Refused('macros');
};

const must = (text: string | null, name: string): string => {
  if (text === null) throw new Damaged(`There is no ${name}`);
  return text;
};

/** Reads a workbook of Excel 2007 or later. Charts, pictures and the like are not unpacked. */
export const readXlsx = (bytes: Uint8Array, filename: string): Workbook => {
  refuseOthers(listParts(bytes), filename);
  const parts = unpack(bytes, (name) => WANTED.test(name));
  refuseMacros(textOf(parts, '[Content_Types].xml'));
  const main = readMain(must(textOf(parts, MAIN), MAIN));
  const relations = readRelations(must(textOf(parts, 'xl/_rels/workbook.xml.rels'), 'workbook.xml.rels'));
  const theme = textOf(parts, 'xl/theme/theme1.xml');
  const styles = textOf(parts, 'xl/styles.xml');
  const context: SheetContext = {
    strings: readStrings(textOf(parts, 'xl/sharedStrings.xml')),
    styles: styles === null ? [] : readStyles(styles, theme === null ? [] : readTheme(theme)),
    daysAdded: main.daysAdded,
  };
  // A sheet that is a chart has no cells.
  const sheets = main.sheets.flatMap(({ name, relation, isHidden }) => {
    const xml = textOf(parts, relations.get(relation) ?? '');
    return xml === null ? [] : [{ name, isHidden, ...readSheet(xml, context) }];
  });
  if (sheets.every(({ rows }) => rows.length === 0)) throw new Refused('empty');
  return { sheets };
};
