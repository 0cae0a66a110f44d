import { constants, deflateRawSync, deflateSync } from 'node:zlib';
import { badOffice } from './bad-office.ts';
import { badZips } from './bad-zips.ts';
import { lockNames, makeEncryptedPdf } from './encrypt-pdf.ts';
import type { BadFile } from './file-made.ts';
import { eicar } from './good-office.ts';
import { makeDocx } from './make-office.ts';
import { makePdf, type PdfMade } from './make-pdf.ts';
import { jpgSegment, makeJpg, makePng, pngChunk } from './make-pictures.ts';
import { zipOf } from './make-zip.ts';

const file = (
  what: string,
  fault: BadFile['fault'],
  name: string,
  bytes: () => Buffer | string,
  declaredType = '',
): BadFile => ({
  ...{ what, fault, name, declaredType },
  bytes: () => Buffer.from(bytes() as string, 'utf8'),
});

const ONE = [['Safer streets']];

const pdf = (what: string, fault: BadFile['fault'], bytes: () => Buffer): BadFile =>
  file(what, fault, 'Report.pdf', bytes, 'application/pdf');

const acts = (what: string, made: Omit<PdfMade, 'pages'>): BadFile =>
  pdf(what, 'active-content', () => makePdf({ pages: ONE, ...made }));

const SCRIPT = '<< /S /JavaScript /JS (app.alert(1)) >>';

const MEGABYTE = 1_000_000;

/** So many megabytes of zeros, packed a thousand times; put together, since packing them all takes its time. */
const packedZeros = (megabytes: number): Buffer => {
  const piece = deflateRawSync(Buffer.alloc(MEGABYTE), { finishFlush: constants.Z_FULL_FLUSH });
  const pieces = Array.from({ length: megabytes }, () => piece);
  // The header of zlib before them, and an empty last block behind.
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...pieces, Buffer.from([3, 0])]);
};

const pdfs: readonly BadFile[] = [
  acts('a PDF with a script at its opening', { catalogue: `/OpenAction ${SCRIPT}` }),
  acts('a PDF with a script by name', {
    catalogue: '/Names << /JavaScript << /Names [(a) 1000 0 R] >> >>',
    objects: { 1000: '<< >>' },
  }),
  acts('a PDF whose script is written in another way', {
    catalogue: '/OpenAction << /S /J#61vaScript /J#53 (app.alert(1)) >>',
  }),
  acts('a PDF whose script is packed away', {
    packed: true,
    catalogue: '/OpenAction 1000 0 R',
    objects: { 1000: SCRIPT },
  }),
  acts('a PDF whose script is packed away twice', {
    packed: true,
    packedFilter: '/Filter [/AHx /Fl]',
    catalogue: '/OpenAction 1000 0 R',
    objects: { 1000: SCRIPT },
  }),
  acts('a PDF whose kind of action stands elsewhere', {
    catalogue: '/OpenAction << /S 1000 0 R >>',
    objects: { 1000: '/JavaScript' },
  }),
  acts('a PDF that starts a program', { catalogue: '/OpenAction << /S /Launch /F (cmd.exe) >>' }),
  acts('a PDF whose button sends its form away', {
    page: '/Annots [1000 0 R]',
    objects: {
      1000: '<< /Type /Annot /Subtype /Widget /FT /Btn /T (a) /Rect [0 0 9 9] /A << /S /SubmitForm /F (https://example.org) >> >>',
    },
  }),
  acts('a PDF with a file inside', {
    catalogue: '/Names << /EmbeddedFiles << /Names [(a.exe) 1000 0 R] >> >>',
    objects: {
      1000: '<< /Type /Filespec /F (a.exe) /EF << /F 1001 0 R >> >>',
      1001: { dictionary: '/Type /EmbeddedFile', stream: 'MZ' },
    },
  }),
  acts('a PDF with a file in a note', {
    page: '/Annots [1000 0 R]',
    objects: { 1000: '<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] >>' },
  }),
  acts('a PDF with a form of another kind', {
    catalogue: '/AcroForm << /Fields [] /XFA [(template) 1000 0 R] >>',
    objects: { 1000: { dictionary: '', stream: '<template/>' } },
  }),
  acts('a PDF with a film', {
    page: '/Annots [1000 0 R]',
    objects: { 1000: '<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] >>' },
  }),
  acts('a PDF that opens a file inside', { catalogue: '/OpenAction << /S /GoToE /D [0 /Fit] >>' }),
  pdf('a PDF cut short', 'damaged', () => makePdf({ pages: ONE }).subarray(0, -200)),
  pdf('a PDF of noise', 'damaged', () =>
    Buffer.concat([
      Buffer.from('%PDF-1.7\n'),
      Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251)),
      Buffer.from('\n%%EOF\n'),
    ]),
  ),
  pdf('a PDF of ten thousand pages', 'too-much-inside', () =>
    makePdf({ pages: Array.from({ length: 10_000 }, () => ['x']) }),
  ),
  ...lockNames.flatMap((lock) => [
    pdf(`a PDF with a password (${lock})`, 'encrypted', () =>
      makeEncryptedPdf({ lock, password: 'letmein', text: 'x' }),
    ),
    pdf(`a PDF with a password and packed (${lock})`, 'encrypted', () =>
      makeEncryptedPdf({ lock, password: 'letmein', text: 'x', packed: true }),
    ),
    pdf(`a PDF whose script is packed and encrypted (${lock})`, 'active-content', () =>
      makeEncryptedPdf({ lock, text: 'x', packed: true, object: SCRIPT, catalogue: '/Extra 1000 0 R' }),
    ),
  ]),
  pdf('a PDF that only pretends to be encrypted', 'active-content', () => {
    const encrypted = makeEncryptedPdf({ lock: 'rc4-40', text: 'x', apart: true });
    const decoy = encrypted.subarray(encrypted.indexOf('1001 0 obj'), encrypted.indexOf('startxref'));
    const plain = { pages: ONE, packed: true, catalogue: '/OpenAction 1000 0 R' };
    return makePdf({ ...plain, objects: { 1000: SCRIPT, 1001: { plain: decoy.toString('latin1') } } });
  }),
  pdf('a PDF of one object of millions of values', 'too-much-inside', () =>
    makePdf({ pages: ONE, objects: { 1000: `[${'/A'.repeat(3_000_000)}]` } }),
  ),
  pdf('a PDF whose table has more places than anybody fills', 'unpacks-too-large', () =>
    makePdf({
      pages: ONE,
      objects: {
        1000: { dictionary: '/Type /XRef /W [1 4 2] /Size 9 /Filter /FlateDecode', stream: packedZeros(20) },
      },
    }),
  ),
  pdf('a PDF with a bomb of zeros', 'unpacks-too-large', () =>
    makePdf({
      pages: ONE,
      objects: { 11: { dictionary: '/Filter /FlateDecode', stream: packedZeros(600) } },
    }),
  ),
  pdf('a PDF with a bomb in a bomb', 'unpacks-too-large', () =>
    makePdf({
      pages: ONE,
      objects: {
        11: { dictionary: '/Filter [/FlateDecode /FlateDecode]', stream: deflateSync(packedZeros(600)) },
      },
    }),
  ),
  pdf('a PDF with something before it', 'ambiguous', () =>
    Buffer.concat([Buffer.from('<html>'), makePdf({ pages: ONE })]),
  ),
  pdf('a PDF with a zip behind it', 'ambiguous', () =>
    Buffer.concat([makePdf({ pages: ONE }), zipOf({ a: 'a' })]),
  ),
  pdf('a PDF in the middle of a zip', 'ambiguous', () =>
    Buffer.concat([zipOf({ a: 'a' }), makePdf({ pages: ONE })]),
  ),
  pdf('a PDF with a zip in what it holds', 'ambiguous', () => {
    const whole = makePdf({ pages: ONE, objects: { 1000: { dictionary: '', stream: zipOf({ a: 'a' }) } } });
    const end = whole.lastIndexOf('PK\u0005\u0006');
    whole.writeUInt16LE(whole.length - end - 22, end + 20);
    return whole;
  }),
  pdf('a PDF that is a picture', 'not-what-it-says', () => makePng()),
  file(
    'a PDF that the browser calls a picture',
    'not-what-it-says',
    'Report.pdf',
    () => makePdf({ pages: ONE }),
    'image/png',
  ),
  file('a PDF called a picture', 'not-what-it-says', 'map.png', () => makePdf({ pages: ONE }), 'image/png'),
];

const programs: readonly BadFile[] = [
  file('a program of Windows', 'type-not-taken', 'setup.exe', () => `MZ\u0090\0`),
  file(
    'a program of Windows called a PDF',
    'not-what-it-says',
    'setup.pdf',
    () => Buffer.concat([Buffer.from('MZ\u0090\0', 'latin1'), Buffer.alloc(300)]),
    'application/pdf',
  ),
  file('a program of Linux called a text', 'not-what-it-says', 'run.txt', () =>
    Buffer.concat([Buffer.from('\u007fELF', 'latin1'), Buffer.alloc(100)]),
  ),
  file('a script', 'type-not-taken', 'run.sh', () => '#!/bin/sh\nls\n'),
  file('a script called a text', 'not-what-it-says', 'run.txt', () => '#!/bin/sh\nls\n'),
  file('a page', 'type-not-taken', 'page.html', () => '<!doctype html><p>x'),
  file(
    'a page called a text',
    'not-what-it-says',
    'page.txt',
    () => '\n <!DOCTYPE html><script>alert(1)</script>',
  ),
  file('a page in UTF-16 called a text', 'not-what-it-says', 'page.txt', () =>
    Buffer.from('\uFEFF<html><script>alert(1)</script>', 'utf16le'),
  ),
  file('a text that a browser takes for a page', 'ambiguous', 'page.txt', () => '<a href="x">y</a>'),
  file(
    'notes that a browser takes for a page',
    'ambiguous',
    'page.md',
    () => '<!-- --><script>alert(1)</script>',
  ),
  file('a drawing', 'type-not-taken', 'map.svg', () => '<svg onload="alert(1)"/>'),
  file(
    'a drawing called a picture',
    'not-what-it-says',
    'map.png',
    () => '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
  ),
  file('an archive', 'type-not-taken', 'all.zip', () => zipOf({ a: 'a' })),
  file('an archive called a text', 'not-what-it-says', 'all.txt', () => zipOf({ a: 'a' })),
  file('a name whose end is turned around', 'type-not-taken', 'report\u202Efdp.exe', () =>
    makePdf({ pages: ONE }),
  ),
  file('a name without an extension', 'type-not-taken', 'README', () => eicar()),
];

const texts: readonly BadFile[] = [
  file('nothing', 'empty', 'a.txt', () => ''),
  file('nothing but blanks', 'empty', 'a.csv', () => ' \r\n\t\r\n'),
  file('a PDF of nothing', 'empty', 'a.pdf', () => ''),
  file('a text with NULs', 'not-what-it-says', 'a.txt', () => 'a\0b'),
  file('a text with controls', 'not-what-it-says', 'a.txt', () => 'a\u001b[31mb'),
  file('noise called a table', 'not-what-it-says', 'a.csv', () =>
    Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 7919) % 256)),
  ),
  file(
    'a text with a PDF in it',
    'ambiguous',
    'a.txt',
    () =>
      `x\n${makePdf({ pages: ONE })
        .toString('latin1')
        .replace(/[^ -~\n]/g, '')}`,
  ),
  file('a table that asks another program', 'active-content', 'a.csv', () => `a,b\n=cmd|'/C calc'!A0,1\n`),
  file('rich text called a text', 'not-what-it-says', 'a.txt', () => '{\\rtf1\\ansi x}'),
];

const pictures: readonly BadFile[] = [
  file('a picture of 300 million pixels', 'unpacks-too-large', 'map.png', () =>
    makePng({ claims: { width: 20_000, height: 15_000 } }),
  ),
  file('a photograph of 4,000 million pixels', 'unpacks-too-large', 'street.jpg', () =>
    makeJpg({ width: 65_000, height: 65_000 }),
  ),
  file('a picture whose text is a bomb', 'unpacks-too-large', 'map.png', () =>
    makePng({
      chunks: [
        pngChunk('zTXt', Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(20_000_000))])),
      ],
    }),
  ),
  file('a picture with a zip behind it', 'ambiguous', 'map.png', () =>
    Buffer.concat([makePng(), zipOf({ a: 'a' })]),
  ),
  file('a picture with text behind it', 'ambiguous', 'map.png', () =>
    Buffer.concat([makePng(), Buffer.from('<script>alert(1)</script>')]),
  ),
  file('a picture with a PDF in its text', 'ambiguous', 'map.png', () =>
    makePng({ chunks: [pngChunk('tEXt', Buffer.from('a\0%PDF-1.7'))] }),
  ),
  file('a picture cut short', 'damaged', 'map.png', () => makePng().subarray(0, -12)),
  file('a picture with a wrong checksum', 'damaged', 'map.png', () => {
    const bytes = makePng();
    bytes.writeUInt8(9, 18);
    return bytes;
  }),
  file('a picture without pixels', 'damaged', 'map.png', () =>
    Buffer.concat([makePng().subarray(0, 33), makePng().subarray(-12)]),
  ),
  file('a photograph with a document behind it', 'ambiguous', 'street.jpg', () =>
    Buffer.concat([makeJpg(), makeDocx(['x'])]),
  ),
  file('a photograph with text behind it', 'ambiguous', 'street.jpg', () =>
    Buffer.concat([makeJpg(), Buffer.from('<?php')]),
  ),
  file('a photograph with a second one that it does not tell of', 'ambiguous', 'street.jpg', () =>
    Buffer.concat([makeJpg(), makeJpg()]),
  ),
  file('a photograph with a zip in its comment', 'ambiguous', 'street.jpg', () => {
    const whole = makeJpg({ segments: [jpgSegment(0xfe, zipOf({ a: 'a' }))] });
    const end = whole.lastIndexOf('PK\u0005\u0006');
    whole.writeUInt16LE(whole.length - end - 22, end + 20);
    return whole;
  }),
  file('a photograph cut short', 'damaged', 'street.jpg', () => makeJpg().subarray(0, -2)),
  file('a photograph without pixels', 'damaged', 'street.jpg', () =>
    Buffer.concat([makeJpg().subarray(0, 20), Buffer.from([0xff, 0xd9])]),
  ),
  file('a photograph called a picture', 'not-what-it-says', 'street.png', () => makeJpg()),
];

/** Files that must not come in, with the fault that is found in each. */
export const badFiles = (): readonly BadFile[] => [
  ...pdfs,
  ...badZips(),
  ...badOffice(),
  ...programs,
  ...texts,
  ...pictures,
];
