import { deflateSync } from 'node:zlib';
import { lockNames, makeEncryptedPdf } from './encrypt-pdf.ts';
import type { GoodFile } from './file-made.ts';
import { goodOffice } from './good-office.ts';
import { makePdf, type PdfMade } from './make-pdf.ts';
import { jpgSegment, makeJpg, makePng, pngChunk } from './make-pictures.ts';

const pdf = (what: string, made: PdfMade, says: string | null, pages = 1): GoodFile => ({
  ...{ what, says, pages, type: 'pdf', name: 'Report.PDF', declaredType: 'application/pdf' },
  bytes: () => makePdf(made),
});

const ONE = [['Safer streets']];

const picture = {
  dictionary:
    '/Type /XObject /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode',
  stream: deflateSync(Buffer.alloc(10_000, 0x80)),
};
const comment = `${'/Annots [1000 0 R] '}`;

const pdfs: readonly GoodFile[] = [
  pdf('a PDF of one page', { pages: ONE }, 'Safer streets'),
  pdf(
    'a PDF of 20 pages',
    { pages: Array.from({ length: 20 }, (_, page) => [`Page number ${page + 1}`]) },
    'Page number 20',
    20,
  ),
  pdf('a PDF with deflated content', { pages: ONE, deflated: true }, 'Safer streets'),
  pdf('a PDF whose objects are packed', { pages: ONE, packed: true, deflated: true }, 'Safer streets'),
  pdf('a PDF whose font has codes of its own', { pages: ONE, toUnicode: true }, 'Safer streets'),
  pdf(
    'a PDF with codes of its own, all packed',
    { pages: ONE, toUnicode: true, packed: true, deflated: true },
    'Safer streets',
  ),
  pdf('a PDF that is a scan', { pages: [[]], objects: { 1000: picture } }, null),
  pdf(
    'a PDF with a title and a language',
    { pages: ONE, info: '/Title (Report)', catalogue: '/Lang (en-GB)' },
    'Safer streets',
  ),
  pdf(
    'a PDF that opens at its second page',
    { pages: [['One'], ['Two']], catalogue: '/OpenAction [12 0 R /Fit]' },
    'Two',
    2,
  ),
  pdf(
    'a PDF with links to the web',
    {
      pages: ONE,
      page: comment,
      objects: {
        1000: '<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org/JavaScript) >> >>',
      },
    },
    'Safer streets',
  ),
  pdf(
    'a PDF with a form to fill in',
    {
      pages: ONE,
      page: comment,
      catalogue: '/AcroForm << /Fields [1000 0 R] >>',
      objects: { 1000: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [0 0 9 9] >>' },
    },
    'Safer streets',
  ),
  pdf(
    'a PDF that tells of JavaScript',
    { pages: [['How /JS and /JavaScript work']] },
    'How /JS and /JavaScript work',
  ),
  {
    ...pdf('a PDF with blanks around it', { pages: ONE }, 'Safer streets'),
    bytes: () => Buffer.concat([Buffer.from('\n'), makePdf({ pages: ONE }), Buffer.from('\r\n\0\0')]),
  },
  ...lockNames.flatMap((lock) =>
    [false, true].map(
      (packed): GoodFile => ({
        ...pdf(
          `a PDF that may not be printed (${lock}${packed ? ', packed' : ''})`,
          { pages: ONE },
          'For reading only',
        ),
        bytes: () => makeEncryptedPdf({ lock, packed, apart: packed, text: 'For reading only' }),
      }),
    ),
  ),
  {
    ...pdf('a PDF that was changed afterwards', { pages: ONE }, 'Safer streets'),
    bytes: () => Buffer.concat([makePdf({ pages: ONE }), Buffer.from('% changed by nobody\n%%EOF\n')]),
  },
];

const text = (
  what: string,
  name: string,
  declaredType: string,
  type: 'csv' | 'txt' | 'md',
  content: string | Buffer,
  says: string,
): GoodFile => ({
  ...{ what, name, declaredType, type, says },
  bytes: () => Buffer.from(content as string),
});

const TABLE = 'Street,Worry\r\nRue Cr\u00e9mieux,"Speeding, noise"\r\n';

const texts: readonly GoodFile[] = [
  text('a table in UTF-8', 'a.csv', 'text/csv', 'csv', TABLE, 'Cr\u00e9mieux'),
  text(
    'a table in UTF-8 with a byte order mark, as Excel declares it',
    'a.csv',
    'application/vnd.ms-excel',
    'csv',
    `\uFEFF${TABLE}`,
    'Street,Worry\nRue',
  ),
  text('a table in UTF-16', 'a.csv', '', 'csv', Buffer.from(`\uFEFF${TABLE}`, 'utf16le'), 'Cr\u00e9mieux'),
  text(
    'a table in Windows-1252',
    'a.csv',
    'application/octet-stream',
    'csv',
    Buffer.from(TABLE, 'latin1'),
    'Cr\u00e9mieux',
  ),
  text('a table that begins like a bitmap', 'bm.csv', 'text/csv', 'csv', 'BM,MZ,ID3\n1,2,3\n', 'BM,MZ'),
  text(
    'notes in plain text',
    'notes.txt',
    'text/plain; charset=utf-8',
    'txt',
    'One\n\n\n\nTwo  \n',
    'One\n\nTwo',
  ),
  text('notes of a machine of old', 'OLD.TXT', 'text/plain', 'txt', 'One\r\nTwo\r\n\u001A', 'One\nTwo'),
  text('notes in Markdown', 'read.md', '', 'md', '# Head\n\n<b>bold</b> and *more*\n', '# Head'),
  text('notes in Markdown by their long name', 'read.markdown', 'text/markdown', 'md', '* a\n* b\n', '* a'),
];

const image = (what: string, type: 'png' | 'jpg', name: string, bytes: () => Buffer): GoodFile => ({
  ...{ what, type, name, bytes, says: null },
  declaredType: type === 'png' ? 'image/png' : 'image/jpeg',
});

const pictures: readonly GoodFile[] = [
  image('a picture', 'png', 'map.png', () => makePng({ width: 300, height: 200 })),
  image('a picture with a text', 'png', 'map.png', () =>
    makePng({ chunks: [pngChunk('zTXt', Buffer.concat([Buffer.from('Title\0\0'), deflateSync('A map')]))] }),
  ),
  image('a photograph', 'jpg', 'street.jpg', () => makeJpg()),
  image('a photograph with what the camera notes', 'jpg', 'STREET.JPEG', () =>
    makeJpg({
      segments: [jpgSegment(0xe1, Buffer.from('Exif\0\0MM')), jpgSegment(0xfe, Buffer.from('a comment'))],
    }),
  ),
  image('a photograph of a telephone, with a second one behind it', 'jpg', 'street.jpg', () =>
    Buffer.concat([makeJpg({ segments: [jpgSegment(0xe2, Buffer.from('MPF\0MM'))] }), makeJpg()]),
  ),
];

/** Files that may come in, of every type; with what can be read in each. */
export const goodFiles = (): readonly GoodFile[] => [...pdfs, ...goodOffice(), ...texts, ...pictures];
