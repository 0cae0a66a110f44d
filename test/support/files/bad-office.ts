import { deflateRawSync } from 'node:zlib';
import type { BadFile } from './file-made.ts';
import { makeOds, makeOdt } from './make-odf.ts';
import {
  makeDocx,
  makePptx,
  makeWorkbook,
  type PackageMade,
  relations,
  wordParagraph,
} from './make-office.ts';
import { zipOf } from './make-zip.ts';

const MACROS = 'application/vnd.ms-word.document.macroEnabled.main+xml';

const file = (what: string, fault: BadFile['fault'], extension: string, bytes: () => Buffer): BadFile => ({
  ...{ what, fault, bytes, name: `Plan.${extension}`, declaredType: '' },
});

const docx = (
  what: string,
  fault: BadFile['fault'],
  made: Parameters<typeof makeDocx>[1] = {},
  body: string | string[] = ['x'],
): BadFile => file(what, fault, 'docx', () => makeDocx(body, made));

const acts = (what: string, made: Parameters<typeof makeDocx>[1], body?: string): BadFile =>
  docx(what, 'active-content', made, body);

const xlsx = (what: string, rows: string, made: PackageMade = {}): BadFile =>
  file(what, 'active-content', 'xlsx', () => makeWorkbook({ One: rows }, [], made));

const field = (...pieces: readonly string[]): string =>
  `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>${pieces.map((piece) => `<w:r><w:instrText>${piece}</w:instrText></w:r>`).join('')}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`;

const entities = (levels: number): string => {
  const lines = Array.from(
    { length: levels },
    (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
  );
  return `<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "lol">${lines.join('')}]><w:document xmlns:w="w"><w:t>&l${levels};</w:t></w:document>`;
};

/** The envelope in which Office puts what is encrypted: the beginning of a compound file, and the names in it. */
const compound = (...streams: readonly string[]): Buffer =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(1016),
    ...streams.map((name) => Buffer.concat([Buffer.from(name, 'utf16le'), Buffer.alloc(512)])),
  ]);

const OLE = compound('Ole10Native');

const words: readonly BadFile[] = [
  acts('a document with macros under another name', { mainType: MACROS }),
  acts('a document with a project of macros', { parts: { 'word/vbaProject.bin': 'x' } }),
  acts('a document with a project under another name', {
    types: { 'word/theme.bin': 'application/vnd.ms-office.vbaProject' },
    parts: { 'word/theme.bin': 'x' },
  }),
  acts('a document with a control', { parts: { 'word/activeX/activeX1.xml': '<ax/>' } }),
  acts('a document with an embedded object', { parts: { 'word/embeddings/oleObject1.bin': OLE } }),
  acts('a document with an object elsewhere', {
    relations: [{ kind: 'oleObject', target: 'https://example.org/a.hta', external: true }],
  }),
  acts('a document with a template elsewhere', {
    parts: {
      'word/_rels/settings.xml.rels': relations({
        kind: 'attachedTemplate',
        target: 'https://example.org/a.dotm',
        external: true,
      }),
    },
  }),
  acts('a document with a frame elsewhere', {
    relations: [{ kind: 'frame', target: 'https://example.org/', external: true }],
  }),
  acts('a document with a picture on a share', {
    relations: [{ kind: 'image', target: '\\\\203.0.113.1\\a.png', external: true }],
  }),
  acts('a document with a link to a script', {
    relations: [{ kind: 'hyperlink', target: 'javascript:alert(1)', external: true }],
  }),
  acts(
    'a document that starts a program by DDE',
    {},
    field(String.raw`DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc"`),
  ),
  acts('a document that starts a program by DDE, in pieces', {}, field('DD', 'EAU', 'TO cmd')),
  acts(
    'a document that starts a program by DDE, in a simple field',
    {},
    '<w:p><w:fldSimple w:instr="DDE cmd"/></w:p>',
  ),
  acts(
    'a document that starts a program by DDE, in a field of a field',
    {},
    field('IF 1=1 ').replace('</w:p>', '') + field('DDE cmd').replace('<w:p>', ''),
  ),
  acts('a document that shows what another program has', {}, field(' LINK Excel.Sheet.12 "a.xlsx" ')),
  acts(
    'a document that includes a picture of a share',
    {},
    field(String.raw`INCLUDEPICTURE "\\\\203.0.113.1\\a.png"`),
  ),
  acts('a document that spells out what it starts', {}, field('QUOTE 68 68 69 65')),
  acts('a document with a page of the web inside', {
    parts: { 'word/afchunk.html': '<script>alert(1)</script>' },
  }),
  acts('a document with a program inside', { parts: { 'word/media/image1.png': 'MZ\u0090' } }),
  acts('a document with a PDF inside', { parts: { 'word/media/image1.png': '%PDF-1.7' } }),
  acts('a document with a workbook that belongs to no chart', {
    parts: { 'word/embeddings/a.xlsx': makeWorkbook({ A: '' }, []) },
  }),
  acts('a document with a chart whose workbook has macros', {
    parts: {
      'word/charts/chart1.xml': '<c/>',
      'word/charts/_rels/chart1.xml.rels': relations({ kind: 'package', target: '../embeddings/a.xlsx' }),
      'word/embeddings/a.xlsx': makeWorkbook({ A: '' }, [], { parts: { 'xl/vbaProject.bin': 'x' } }),
    },
  }),
  acts('a document with entities that multiply', { parts: { 'word/document.xml': entities(9) } }),
  acts('a document with one long entity, ten thousand times', {
    parts: {
      'word/document.xml': `<!DOCTYPE w [<!ENTITY a "${'a'.repeat(100_000)}">]><w:document xmlns:w="w"><w:t>${'&a;'.repeat(10_000)}</w:t></w:document>`,
    },
  }),
  acts('a document with an entity elsewhere', {
    parts: {
      'word/document.xml':
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w"><w:t>&a;</w:t></w:document>',
    },
  }),
  acts('a document with a drawing that runs', {
    parts: {
      'word/media/image1.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    },
  }),
  docx(
    'a document with elements a thousand deep',
    'too-much-inside',
    {},
    `${'<w:p>'.repeat(1000)}${'</w:p>'.repeat(1000)}`,
  ),
  docx('a document with XML that does not close', 'damaged', {
    parts: { 'word/document.xml': '<w:document><w:p>' },
  }),
  docx('a document in another encoding', 'damaged', {
    parts: { 'word/document.xml': '<?xml version="1.0" encoding="UTF-7"?><w:document/>' },
  }),
  docx('a document without its main part', 'damaged', {
    parts: { '_rels/.rels': relations({ kind: 'officeDocument', target: 'word/gone.xml' }) },
  }),
  docx('a document that is a template', 'type-not-taken', {
    mainType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml',
  }),
  file('a workbook called a document', 'not-what-it-says', 'docx', () => makeWorkbook({ A: '' }, [])),
  file('a zip called a document', 'not-what-it-says', 'docx', () => zipOf({ 'a.txt': 'a' })),
  file('a document with a password', 'encrypted', 'docx', () =>
    compound('EncryptionInfo', 'EncryptedPackage'),
  ),
  file('a document of before 2007 under a new name', 'type-not-taken', 'docx', () =>
    compound('WordDocument'),
  ),
  file('a document of before 2007', 'type-not-taken', 'doc', () => compound('WordDocument')),
];

const others: readonly BadFile[] = [
  xlsx('a workbook with macros of old', '', { parts: { 'xl/macrosheets/sheet1.xml': '<xm/>' } }),
  xlsx('a workbook that asks another program', `<row><c><f>cmd|'/c calc'!A0</f></c></row>`),
  xlsx('a workbook with a link to another program', '', {
    parts: {
      'xl/externalLinks/externalLink1.xml':
        '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
    },
  }),
  file('a binary workbook', 'active-content', 'xlsx', () =>
    makeWorkbook({ A: '' }, [], { mainType: 'application/vnd.ms-excel.sheet.binary.macroEnabled.main' }),
  ),
  file('a slide that starts a program', 'active-content', 'pptx', () =>
    makePptx([['x']], {
      parts: {
        'ppt/slides/slide1.xml':
          '<p:sld xmlns:p="p" xmlns:a="a"><a:hlinkClick action="ppaction://program"/></p:sld>',
      },
    }),
  ),
  file('a presentation with more slides than anybody shows', 'too-much-inside', 'pptx', () =>
    makePptx(Array.from({ length: 2_001 }, () => ['x'])),
  ),
  file('an open document with a program', 'active-content', 'odt', () =>
    makeOdt(['x'], { parts: { 'Basic/Standard/Module1.xml': '<script/>' } }),
  ),
  file('an open document with a script', 'active-content', 'odt', () =>
    makeOdt(['x'], { parts: { 'Scripts/python/a.py': 'print()' } }),
  ),
  file('an open document that acts when it is opened', 'active-content', 'odt', () =>
    makeOdt(['x'], {
      scripts:
        '<office:scripts><office:event-listeners><script:event-listener script:event-name="dom:load"/></office:event-listeners></office:scripts>',
    }),
  ),
  file('an open document with a link to a macro', 'active-content', 'odt', () =>
    makeOdt('<text:p><text:a xlink:href="vnd.sun.star.script:a">x</text:a></text:p>'),
  ),
  file('an open document with a picture on a share', 'active-content', 'odt', () =>
    makeOdt('<text:p><draw:image xlink:href="file://203.0.113.1/a.png"/></text:p>'),
  ),
  file('a document of two families', 'ambiguous', 'docx', () =>
    makeDocx(['x'], {
      parts: { mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<a/>' },
    }),
  ),
  file('an open document with a password', 'encrypted', 'odt', () =>
    makeOdt(['x'], { manifest: '<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>' }),
  ),
  file('an open document with a DOCTYPE', 'active-content', 'odt', () =>
    makeOdt(['x'], { parts: { 'settings.xml': '<!DOCTYPE a><a/>' } }),
  ),
  file('an open drawing called a text', 'type-not-taken', 'odt', () =>
    makeOdt(['x'], { mimetype: 'application/vnd.oasis.opendocument.graphics' }),
  ),
  file('an open spreadsheet called a text', 'not-what-it-says', 'odt', () => makeOds({ A: [['x']] })),
  file('an open spreadsheet with an object', 'active-content', 'ods', () =>
    makeOds({ A: [['x']] }, { parts: { 'Object 1': OLE } }),
  ),
];

/** A document of 3 MB that becomes 600: more than all of a file may, in entries of which each is modest. */
const large = file('a document of many large parts', 'unpacks-too-large', 'docx', () => {
  const content = Buffer.from(wordParagraph('x').repeat(80_000));
  const packed = deflateRawSync(content);
  const entries = Array.from({ length: 70 }, (_, index) => ({
    name: `word/part${index}.xml`,
    content,
    packed,
  }));
  return makeDocx(['x'], { change: (given) => [...given, ...entries] });
});

/** Office files that act by themselves, that nobody can look into, or that are not what they say. */
export const badOffice = (): readonly BadFile[] => [...words, ...others, large];
