import { DAYS_TO_1904, showNumber } from '../../files/xlsx/show-number.ts';
import { readStyles } from '../../files/xlsx/styles.ts';
import { decodeEscapes } from '../../files/xml.ts';
import { MOST_PAGES } from '../limits.ts';
import { damaged, refuse } from '../refused.ts';
import type { TextSink } from '../text/text-sink.ts';
import { decodeXml, walkXml } from '../xml/walk-xml.ts';
import type { Zip } from '../zip/open-zip.ts';
import { type Relationship, readRelationships } from './relationships.ts';
import { type CellContext, rowsTo } from './rows.ts';

/** Texts that cells share; of a text in several fonts all pieces, without its reading in kana. */
const readShared = (xml: Buffer | undefined): readonly string[] => {
  const shared: string[] = [];
  let [isText, inReading] = [false, false];
  if (!xml) return shared;
  walkXml(xml, {
    open: ({ name }) => {
      if (name === 'si') shared.push('');
      if (name === 'rPh') inReading = true;
      isText = name === 't' && !inReading;
    },
    text: (text) => {
      if (isText) shared[shared.length - 1] += text;
    },
    close: (name) => {
      if (name === 'rPh') inReading = false;
      isText = false;
    },
  });
  return shared.map(decodeEscapes);
};

interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly part: string | undefined }[];
  readonly daysAdded: number;
}

const readWorkbook = (xml: Buffer, related: readonly Relationship[]): Workbook => {
  const targets = new Map(related.map(({ id, target }) => [id, target]));
  const sheets: { name: string; part: string | undefined }[] = [];
  let daysAdded = 0;
  walkXml(xml, {
    open: (element) => {
      if (element.name === 'workbookPr' && /^(?:1|true)$/.test(element.attribute('date1904') ?? ''))
        daysAdded = DAYS_TO_1904;
      if (element.name !== 'sheet') return;
      const part = targets.get(element.attribute('id') ?? '') ?? damaged('sheet missing');
      sheets.push({ name: element.attribute('name') ?? '', part });
    },
  });
  return { sheets, daysAdded };
};

const numbersOf = (styles: Buffer | undefined, daysAdded: number): CellContext['showNumber'] => {
  // What is no XML ends here, with our own fault and not with that of another reader.
  if (styles) walkXml(styles, {});
  const formats = styles ? readStyles(decodeXml(styles), []).map(({ format }) => format) : [];
  return (value, style) => showNumber(value, formats[style] ?? '', daysAdded);
};

/** Reads the cells of a workbook as people see them, sheet after sheet, each under its name. */
export const readSheets = (zip: Zip, main: string, sink: TextSink): { pages: number | null } => {
  const related = readRelationships(zip, main);
  const partOf = (wanted: string) => related.find(({ kind }) => kind === wanted)?.target ?? '';
  const { sheets, daysAdded } = readWorkbook(zip.read(main) ?? damaged('main part'), related);
  if (sheets.length > MOST_PAGES) refuse('too-much-inside', 'sheets');
  const context: CellContext = {
    shared: readShared(zip.read(partOf('sharedStrings'))),
    showNumber: numbersOf(zip.read(partOf('styles')), daysAdded),
  };
  for (const { name, part } of sheets) {
    const xml = zip.read(part ?? '') ?? damaged('sheet missing');
    if (sink.isFull) continue;
    sink.paragraph(name);
    walkXml(xml, rowsTo(sink, context));
  }
  return { pages: sheets.length || null };
};
