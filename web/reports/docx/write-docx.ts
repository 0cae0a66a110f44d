import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  type ISectionOptions,
  LevelFormat,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Rag } from '#domain/actions/rag.ts';
import { oneLine, tidyText } from '#domain/shared/text.ts';
import { drawBars } from '../chart/draw-bars.ts';
import { encodePng } from '../chart/encode-png.ts';
import { paintBars, paintSample } from '../chart/paint-bars.ts';
import type { Cell, DocumentBlock, DocumentTable, ShownDocument, ThemeChart } from '../document.ts';

/** What of a file is not in what it says. */
export interface FileFrame {
  /** A tag of BCP 47. */
  readonly language: string;
  readonly organisation: string;
  /** "Page": stands before the number. */
  readonly page: string;
  readonly ragWords: Readonly<Record<Rag, string>>;
}

/** A4 in twentieths of a point, and the room that margins of 2 cm leave. */
const PAPER = { short: 11_906, long: 16_838 } as const;
const MARGIN = 1_134;

const FONT_SIZE = 22;
const SMALL = 18;
/** Pixels of 96 an inch for each unit of a drawing: nearly as wide as the page. */
const ENLARGED = 1.5;

const SAMPLE = { width: 40, height: 18 } as const;

/** Characters that no XML file may hold, beside those that are tidied away. */
const NO_XML = /[\uFFFE\uFFFF]/g;

/** The lines of a text, as Word breaks them. */
const runsOf = (text: string, size: number, bold = false): TextRun[] =>
  tidyText(text)
    .replace(NO_XML, '')
    .split('\n')
    .map((line, at) => new TextRun({ text: line, size, bold, ...(at > 0 ? { break: 1 } : {}) }));

/** In the size of its style. */
const headingRuns = (text: string): TextRun[] => [new TextRun(oneLine(text).replace(NO_XML, ''))];

const textOf = ({ rag, text }: Cell, { ragWords }: FileFrame): string =>
  rag === undefined ? text : [ragWords[rag], text].filter((part) => part !== '').join('\n');

const HEADINGS = { 2: HeadingLevel.HEADING_1, 3: HeadingLevel.HEADING_2 } as const;

/** Where a block stands: how wide it may be, and whether a heading stands right before it. */
interface Place {
  readonly room: number;
  readonly isIntroduced: boolean;
}

const captionOf = ({ caption }: DocumentTable): Paragraph =>
  new Paragraph({
    style: 'Caption',
    keepNext: true,
    spacing: { before: 160, after: 80 },
    children: runsOf(caption, FONT_SIZE, true),
  });

const tableOf = (
  table: DocumentTable,
  frame: FileFrame,
  { room, isIntroduced }: Place,
): (Paragraph | Table)[] => {
  const all = table.columns.reduce((sum, { percent }) => sum + percent, 0);
  const widths = table.columns.map(({ percent }) => Math.floor((room * percent) / all));
  const cellOf = (text: string, at: number, bold: boolean): TableCell =>
    new TableCell({
      width: { size: widths[at] ?? 0, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      children: [
        new Paragraph({
          children: runsOf(text, SMALL, bold),
          alignment: table.columns[at]?.isNumber ? AlignmentType.END : AlignmentType.START,
        }),
      ],
    });
  return [
    ...(isIntroduced ? [] : [captionOf(table)]),
    new Table({
      columnWidths: widths,
      width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
      rows: [
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: table.columns.map(({ title }, at) => cellOf(title, at, true)),
        }),
        ...table.rows.map(
          (row) =>
            new TableRow({
              cantSplit: true,
              children: row.map((cell, at) => cellOf(textOf(cell, frame), at, false)),
            }),
        ),
      ],
    }),
  ];
};

const pictureOf = (png: Uint8Array, width: number, height: number, alternative: string): ImageRun =>
  new ImageRun({
    type: 'png',
    data: png,
    transformation: { width, height },
    altText: { name: alternative, title: alternative, description: alternative },
  });

const keyOf = ({ words }: ThemeChart): Paragraph =>
  new Paragraph({
    spacing: { after: 160 },
    children: (['red', 'amber', 'green', 'none'] as const).flatMap((colour) => {
      const { width, height } = SAMPLE;
      const sample = encodePng(paintSample(colour, width, height));
      return [
        pictureOf(sample, width, height, words[colour]),
        new TextRun({ text: ` ${words[colour]}    `, size: SMALL }),
      ];
    }),
  });

const chartOf = (chart: ThemeChart): Paragraph[] => {
  const drawing = drawBars(chart);
  const png = encodePng(paintBars(drawing));
  const picture = pictureOf(png, drawing.width * ENLARGED, drawing.height * ENLARGED, chart.alternative);
  return [
    new Paragraph({
      keepNext: true,
      spacing: { before: 160 },
      children: runsOf(chart.title, FONT_SIZE, true),
    }),
    new Paragraph({ keepNext: true, children: [picture] }),
    keyOf(chart),
  ];
};

const blockOf = (block: DocumentBlock, frame: FileFrame, place: Place): (Paragraph | Table)[] => {
  if (block.kind === 'table') return tableOf(block, frame, place);
  if (block.kind === 'chart') return chartOf(block);
  if (block.kind === 'text')
    return [new Paragraph({ spacing: { after: 120 }, children: runsOf(block.text, FONT_SIZE) })];
  if (block.kind === 'list')
    return block.items.map(
      ({ text }) =>
        new Paragraph({ numbering: { reference: 'list', level: 0 }, children: runsOf(text, FONT_SIZE) }),
    );
  return [
    new Paragraph({ heading: HEADINGS[block.level], keepNext: true, children: headingRuns(block.text) }),
  ];
};

const beginning = ({ title, subject, facts }: ShownDocument): Paragraph[] => [
  new Paragraph({ heading: HeadingLevel.TITLE, children: headingRuns(title) }),
  ...[subject, ...facts].map((line) => new Paragraph({ children: runsOf(line, FONT_SIZE) })),
];

const sectionOf = (
  { isWide, blocks }: ShownDocument['parts'][number],
  shown: ShownDocument,
  frame: FileFrame,
): ISectionOptions => {
  const room = (isWide ? PAPER.long : PAPER.short) - 2 * MARGIN;
  const isFirst = shown.parts[0]?.blocks === blocks;
  const pageNumber = new Paragraph({
    alignment: AlignmentType.END,
    children: [
      new TextRun({
        size: SMALL,
        children: [`${frame.page} `, PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES],
      }),
    ],
  });
  return {
    properties: {
      page: {
        // The library turns the paper by itself when it lies on its side.
        size: {
          width: PAPER.short,
          height: PAPER.long,
          orientation: isWide ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: { top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN },
      },
    },
    headers: {
      default: new Header({
        children: [
          new Paragraph({
            children: runsOf(`${frame.organisation} – ${shown.subject} – ${shown.title}`, SMALL),
          }),
        ],
      }),
    },
    footers: { default: new Footer({ children: [pageNumber] }) },
    children: [
      ...(isFirst ? beginning(shown) : []),
      ...blocks.flatMap((block, at) =>
        blockOf(block, frame, { room, isIntroduced: blocks[at - 1]?.kind === 'heading' }),
      ),
    ],
  };
};

/** A document as a Word file (ECMA-376): headings, tables with headers that repeat, pictures with words for them. */
export const writeDocx = async (shown: ShownDocument, frame: FileFrame): Promise<Uint8Array> => {
  const file = new Document({
    title: `${shown.title} – ${shown.subject}`,
    creator: frame.organisation,
    subject: shown.subject,
    styles: {
      default: { document: { run: { font: 'Arial', size: FONT_SIZE, language: { value: frame.language } } } },
    },
    numbering: {
      config: [
        {
          reference: 'list',
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '•',
              alignment: AlignmentType.START,
              style: { paragraph: { indent: { left: 360, hanging: 260 } } },
            },
          ],
        },
      ],
    },
    sections: shown.parts.map((part) => sectionOf(part, shown, frame)),
  });
  return new Uint8Array(await Packer.toBuffer(file));
};
