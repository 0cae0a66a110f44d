import {
  Document,
  Footer,
  FootnoteReferenceRun,
  Header,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import writeXlsxFile from 'write-excel-file/node';
import type { GoodFile } from './file-made.ts';
import { makeOds, makeOdt } from './make-odf.ts';
import { makeDocx, makePptx, makeWorkbook, relations, wordParagraph } from './make-office.ts';
import { makeJpg, makePng } from './make-pictures.ts';

type Made = Omit<GoodFile, 'name' | 'declaredType' | 'type'>;

/** What scanners for malware agree to find (https://www.eicar.org); put together here, so that no file of ours has it. */
export const eicar = (): string =>
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD', '-ANTIVIRUS-TEST-FILE!', '$H+H*'].join('');

const written = async (): Promise<Buffer> => {
  const children = [
    new Paragraph({ children: [new TextRun('Minutes of the ward panel'), new FootnoteReferenceRun(1)] }),
    new Table({
      rows: [
        new TableRow({
          children: ['Road', 'Speed'].map((text) => new TableCell({ children: [new Paragraph(text)] })),
        }),
      ],
    }),
  ];
  const document = new Document({
    title: 'Ward panel',
    footnotes: { 1: { children: [new Paragraph('Held in the library')] } },
    sections: [
      {
        headers: { default: new Header({ children: [new Paragraph('Safer streets')] }) },
        footers: { default: new Footer({ children: [new Paragraph('Page of the panel')] }) },
        children,
      },
    ],
  });
  return Packer.toBuffer(document);
};

const field = (instruction: string, shown: string): string =>
  `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>${shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`;

const documents: readonly Made[] = [
  {
    what: 'a document of three paragraphs',
    bytes: () => makeDocx(['One', 'Two about speeding', 'Three']),
    says: 'Two about speeding',
  },
  {
    what: 'a document as a library writes it, with header, footer, footnote and table',
    bytes: written,
    says: 'Held in the library',
  },
  {
    what: 'a document with links to the web',
    bytes: () =>
      makeDocx(['See our page'], {
        relations: [{ kind: 'hyperlink', target: 'https://example.org/a?b=1', external: true }],
      }),
    says: 'See our page',
  },
  {
    what: 'a document that only the scan for malware refuses',
    bytes: () => makeDocx([eicar()]),
    says: 'STANDARD',
  },
  {
    what: 'a document with fields for a link and the page',
    bytes: () => makeDocx(field('HYPERLINK "https://example.org/dde/link"', 'the link') + field('PAGE', '7')),
    says: 'the link',
  },
  {
    what: 'a document with a text box and its copy for programs of old',
    bytes: () =>
      makeDocx(
        '<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>In a box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:t>Around it</w:t></w:r></w:p>',
      ),
    says: 'In a box\n\nAround it',
  },
  {
    what: 'a document with a table, tabs and line breaks',
    bytes: () =>
      makeDocx(
        `<w:tbl><w:tr><w:tc>${wordParagraph('Road')}</w:tc><w:tc>${wordParagraph('Limit')}</w:tc></w:tr></w:tbl><w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>`,
      ),
    says: 'Road\tLimit\n\na\tb\nc',
  },
  {
    what: 'a document with a picture and a photograph',
    bytes: () =>
      makeDocx(['Two pictures'], {
        parts: { 'word/media/image1.png': makePng(), 'word/media/image2.jpeg': makeJpg() },
      }),
    says: 'Two pictures',
  },
  {
    what: 'a document of a program that writes sizes behind entries',
    bytes: () =>
      makeDocx(['Streamed'], {
        change: (entries) => entries.map((entry) => ({ ...entry, sizesBehind: true })),
      }),
    says: 'Streamed',
  },
  {
    what: 'a document with nothing packed',
    bytes: () =>
      makeDocx(['Stored'], { change: (entries) => entries.map((entry) => ({ ...entry, stored: true })) }),
    says: 'Stored',
  },
  {
    what: 'a document in UTF-16',
    bytes: () =>
      makeDocx(['Later replaced'], {
        parts: {
          'word/document.xml': Buffer.from(
            '\uFEFF<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="w"><w:p><w:r><w:t>Sixteen bits \u20ac</w:t></w:r></w:p></w:document>',
            'utf16le',
          ),
        },
      }),
    says: 'Sixteen bits \u20ac',
  },
  {
    what: 'a document with marks that turn the direction, emoji and numbered characters',
    bytes: () => makeDocx('<w:p><w:r><w:t>safe\u202Etxt.exe &#x1F600; &amp;amp; e\u0301</w:t></w:r></w:p>'),
    says: 'safetxt.exe \u{1F600} &amp; \u00e9',
  },
  {
    what: 'a document with a chart and its workbook',
    bytes: () =>
      makeDocx(['With a chart'], {
        parts: {
          'word/charts/chart1.xml': '<c:chartSpace xmlns:c="c"/>',
          'word/charts/_rels/chart1.xml.rels': relations({
            kind: 'package',
            target: '../embeddings/Microsoft_Excel_Worksheet.xlsx',
          }),
          'word/embeddings/Microsoft_Excel_Worksheet.xlsx': makeWorkbook(
            { Sheet1: '<row><c><v>1</v></c></row>' },
            [],
          ),
        },
      }),
    says: 'With a chart',
  },
];

const slides: readonly (Made & { pages: number })[] = [
  {
    what: 'a presentation of two slides',
    bytes: () => makePptx([['Our streets'], ['Thank you', 'Questions?']]),
    says: 'Thank you\n\nQuestions?',
    pages: 2,
  },
  {
    what: 'a presentation with a link from slide to slide',
    bytes: () =>
      makePptx([['Go on'], ['Here']], {
        parts: { 'ppt/slides/_rels/slide1.xml.rels': relations({ kind: 'slide', target: 'slide2.xml' }) },
      }),
    says: 'Go on',
    pages: 2,
  },
];

const rows =
  '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>inline</t></is></c><c><v>3.5</v></c><c t="b"><v>1</v></c><c t="str"><f>A1&amp;"x"</f><v>Roadx</v></c></row>';

const writtenWorkbook = async (): Promise<Buffer> =>
  writeXlsxFile(
    [
      [
        { value: 'Burglary', type: String },
        { value: 12, type: Number },
        { value: new Date('2027-03-28T00:00:00Z'), type: Date, format: 'dd/mm/yyyy' },
      ],
    ],
    { sheet: 'Figures' },
  ).toBuffer();

const workbooks: readonly (Made & { pages: number })[] = [
  {
    what: 'a workbook of two sheets',
    bytes: () => makeWorkbook({ Roads: rows, 'R & D': '<row><c t="s"><v>0</v></c></row>' }, ['Road']),
    says: 'Road\tinline\t3.5\tTRUE\tRoadx',
    pages: 2,
  },
  {
    what: 'a workbook as a library writes it',
    bytes: writtenWorkbook,
    says: 'Burglary\t12\t28 March 2027',
    pages: 1,
  },
  {
    what: 'a workbook that refers to another one',
    bytes: () =>
      makeWorkbook({ Roads: '<row><c><f>[1]Sheet1!A1</f><v>4</v></c></row>' }, [], {
        parts: {
          'xl/externalLinks/externalLink1.xml': '<externalLink><externalBook/></externalLink>',
          'xl/externalLinks/_rels/externalLink1.xml.rels': relations({
            kind: 'externalLinkPath',
            target: 'other.xlsx',
            external: true,
          }),
        },
      }),
    says: '4',
    pages: 1,
  },
];

const texts: readonly Made[] = [
  {
    what: 'an open document of two paragraphs',
    bytes: () => makeOdt(['First', 'Second about parking'], { title: 'Parking' }),
    says: 'Second about parking',
  },
  {
    what: 'an open document with note, blanks, tabs, table and deleted words',
    bytes: () =>
      makeOdt(
        '<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h>Head</text:h><text:p>a<text:s text:c="3"/>b<text:tab/>c<text:note><text:note-body><text:p>noted</text:p></text:note-body></text:note></text:p><table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>',
      ),
    says: 'noted\n\na   b\tc\n\nx\ty',
  },
  {
    what: 'an open document with header and footer',
    bytes: () =>
      makeOdt(['Body'], {
        masters:
          '<style:master-page><style:header><text:p>On every page</text:p></style:header></style:master-page>',
      }),
    says: 'On every page',
  },
];

const sheets: readonly (Made & { pages: number })[] = [
  {
    what: 'an open spreadsheet of two sheets',
    bytes: () =>
      makeOds({
        Roads: [
          ['High Street', '30'],
          ['Mill Lane', '20'],
        ],
        Parks: [['Green', '2']],
      }),
    says: 'Roads\n\nHigh Street\t30\nMill Lane\t20\n\nParks',
    pages: 2,
  },
  {
    what: 'an open spreadsheet with a chart beside it',
    bytes: () =>
      makeOds(
        { One: [['a', 'b']] },
        {
          parts: {
            'Object 1/content.xml': '<office:document-content xmlns:office="o"/>',
            'ObjectReplacements/Object 1': 'VCLMTF',
          },
        },
      ),
    says: 'a\tb',
    pages: 1,
  },
];

const named = (made: readonly Made[], type: GoodFile['type'], declaredType: string): GoodFile[] =>
  made.map((one, index) => ({ ...one, type, declaredType, name: `File ${index + 1}.${type}` }));

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const ODF = 'application/vnd.oasis.opendocument';

/** Files of office programs that may come in. */
export const goodOffice = (): readonly GoodFile[] => [
  ...named(documents, 'docx', `${OFFICE}.wordprocessingml.document`),
  ...named(slides, 'pptx', `${OFFICE}.presentationml.presentation`),
  ...named(workbooks, 'xlsx', `${OFFICE}.spreadsheetml.sheet`),
  ...named(texts, 'odt', `${ODF}.text`),
  ...named(sheets, 'ods', `${ODF}.spreadsheet`),
];
