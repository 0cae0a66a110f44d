import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '#adapters/files/read-workbook.ts';
import type { Sheet } from '#domain/actions/import/workbook.ts';
import { makeXlsx, type SheetRow } from '#test/support/sheets/make-xlsx.ts';

const read = async (bytes: Uint8Array, name = 'plan.xlsx') => {
  const workbook = await readWorkbook(bytes, name);
  return workbook.ok ? workbook.value : workbook.error;
};

const sheetOf = async (bytes: Uint8Array, at = 0): Promise<Sheet> => {
  const workbook = await readWorkbook(bytes, 'plan.xlsx');
  const sheet = workbook.ok ? workbook.value.sheets[at] : undefined;
  if (!sheet) throw new Error(`Not read: ${JSON.stringify(workbook)}`);
  return sheet;
};

const textsOf = async (bytes: Uint8Array) =>
  (await sheetOf(bytes)).rows.map((row) => row.map(({ text }) => text));

const one = (...rows: readonly SheetRow[]) => makeXlsx({ sheets: [{ rows }] });

describe('CSV', () => {
  const HEADER = ['Theme', 'Action', 'Lead officer'];
  const csv = (separator: string) =>
    [
      HEADER.join(separator),
      ['Roads', 'Paint, soon; or "later"', 'Ann']
        .map((cell) => `"${cell.replaceAll('"', '""')}"`)
        .join(separator),
    ].join('\r\n');

  it.each([',', ';', '\t', '|'])('is told apart at %j', async (separator) => {
    expect(await textsOf(strToU8(csv(separator)))).toEqual([
      HEADER,
      ['Roads', 'Paint, soon; or "later"', 'Ann'],
    ]);
  });

  it('is read in UTF-8 with and without a mark, in Windows-1252 and in UTF-16', async () => {
    const text = 'Theme,Action\nRoads,Caf\u00e9s \u2013 \u00a312';
    const expected = [
      ['Theme', 'Action'],
      ['Roads', 'Cafés – £12'],
    ];
    expect(await textsOf(strToU8(text))).toEqual(expected);
    expect(await textsOf(strToU8(`\uFEFF${text}`))).toEqual(expected);
    const windows = Buffer.from(text.replace('\u2013', '\u0096'), 'latin1');
    expect(await textsOf(windows)).toEqual(expected);
    expect(await textsOf(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual(expected);
  });

  it('keeps lines within quotation marks together, and counts the rows as a spreadsheet does', async () => {
    const rows = await textsOf(strToU8('Plan\n\nTheme,Action\nRoads,"Paint\nand sweep"\n'));
    expect(rows).toEqual([['Plan'], [], ['Theme', 'Action'], ['Roads', 'Paint\nand sweep']]);
  });

  it('takes the apostrophe from what was written so that it is no formula, and asks about formulas', async () => {
    const { rows } = await sheetOf(strToU8("Theme,Action\n'=1+1,''=2\n=SUM(A1:A9),'tis\n"));
    expect(rows[1]?.map(({ text }) => text)).toEqual(['=1+1', "'=2"]);
    expect(rows[2]?.map(({ text, trouble }) => ({ text, trouble }))).toEqual([
      { text: '=SUM(A1:A9)', trouble: 'formula' },
      { text: "'tis", trouble: null },
    ]);
  });
});

describe('XLSX', () => {
  it('shows dates, numbers, pounds and percentages as people see them', async () => {
    const row = [
      { number: 40633, format: 'dd/mm/yyyy' },
      { number: 40603, format: 'mmm\\-yy' },
      { number: 40603, format: 'yyyy' },
      { number: 12500.5, format: '"£"#,##0.00' },
      { number: 1234567, format: '[$£-809]#,##0' },
      { number: 0.825, format: '0.0%' },
      { number: 0.1 + 0.2 },
      12000,
      { number: 40633, format: '[$-F800]dddd, mmmm dd, yyyy' },
      { number: 3, format: '0 "days"' },
    ];
    expect(await textsOf(one(row))).toEqual([
      [
        '31 March 2011',
        'March 2011',
        '2011',
        '£12,500.50',
        '£1,234,567',
        '82.5%',
        '0.3',
        '12000',
        '31 March 2011',
        '3',
      ],
    ]);
  });

  it('counts days from 1904 where the workbook does', async () => {
    const rows = [[{ number: 40633 - 1462, format: 'd mmmm yyyy' }]];
    expect(await textsOf(makeXlsx({ sheets: [{ rows }], begins1904: true }))).toEqual([['31 March 2011']]);
  });

  it('joins text in several fonts, and reads what XML cannot hold', async () => {
    expect(
      await textsOf(one([{ rich: ['Meet ', 'every', ' council'] }, 'a_x000D_b', 'x _x005F_x0041_ <&>'])),
    ).toEqual([['Meet every council', 'a\rb', 'x _x0041_ <&>']]);
  });

  it('tells which cells are merged, without what is hidden below', async () => {
    const { rows } = await sheetOf(
      makeXlsx({
        sheets: [
          {
            rows: [
              ['a', 'left', 'c'],
              ['hidden', 'e', 'f'],
            ],
            merges: ['A1:A2', 'B1:C1', 'A1:XFD1048576'],
          },
        ],
      }),
    );
    expect(rows[1]?.[0]).toMatchObject({ text: '', mergedFrom: { row: 0, column: 0 } });
    expect(rows[0]?.[2]).toMatchObject({ text: '' });
  });

  it('reads background colours by value, theme and tint', async () => {
    const { rows } = await sheetOf(
      one([
        { text: 'a', fill: 'FFC000' },
        { text: 'b', fill: 'theme:5:0' },
        { text: 'c', fill: 'theme:5:0.5' },
        'd',
      ]),
    );
    expect(rows[0]?.map(({ fill }) => fill)).toEqual(['FFC000', 'ED7D31', 'F6BE98', null]);
  });

  it('takes the value that is kept of a formula, and names those without one and those that failed', async () => {
    const { rows } = await sheetOf(
      one([
        { formula: 'A1&B1', value: 'joined' },
        { formula: 'SUM(A1:A9)' },
        { formula: 'A2', value: null },
        { formula: 'A3', value: '' },
        { error: '#REF!' },
      ]),
    );
    expect(rows[0]?.map(({ text, trouble }) => [text, trouble])).toEqual([
      ['joined', null],
      ['=SUM(A1:A9)', 'formula'],
      ['=A2', 'formula'],
      ['', null],
      ['#REF!', 'error'],
    ]);
  });

  it('names all sheets, and those that are hidden', async () => {
    const bytes = makeXlsx({
      sheets: [
        { name: 'Cover & key', rows: [['x']] },
        { name: 'Old', rows: [['y']], hidden: true },
      ],
    });
    const workbook = await readWorkbook(bytes, 'plan.xlsx');
    const sheets = workbook.ok ? workbook.value.sheets : [];
    expect(sheets.map(({ name, isHidden }) => [name, isHidden])).toEqual([
      ['Cover & key', false],
      ['Old', true],
    ]);
  });
});

describe('a file that is no plan', () => {
  const compound = (stream: string) =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
      Buffer.from(stream, 'utf16le'),
    ]);
  const zip = (...names: string[]) =>
    zipSync(Object.fromEntries(names.map((name) => [name, strToU8('<x/>')])));
  const xlsx = { sheets: [{ rows: [['Theme', 'Action']] }] };

  it.each([
    ['nothing', new Uint8Array(), 'empty'],
    ['blanks', strToU8('\uFEFF \r\n ,\n'.replace(',', '')), 'empty'],
    ['a workbook without a cell', one([null]), 'empty'],
    ['50 MB', new Uint8Array(50 * 1024 * 1024).fill(65), 'too-large'],
    ['a PDF', strToU8('%PDF-1.7 ...'), 'pdf'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'picture'],
    [
      'a web page',
      strToU8('\n<!DOCTYPE html><html><table><tr><td>Action</td></tr></table></html>'),
      'web-page',
    ],
    ['XML', strToU8('<?xml version="1.0"?><Workbook/>'), 'not-a-spreadsheet'],
    ['bytes', new Uint8Array([1, 2, 3, 0, 0, 0, 7]), 'not-a-spreadsheet'],
    ['rich text', strToU8('{\\rtf1 Action}'), 'word-document'],
    ['Excel before 2007', compound('Workbook'), 'old-excel'],
    ['Word before 2007', compound('WordDocument'), 'word-document'],
    ['a password', compound('EncryptedPackage'), 'protected'],
    ['a binary workbook', zip('xl/workbook.bin', '[Content_Types].xml'), 'binary-excel'],
    ['a Word file', zip('word/document.xml', '[Content_Types].xml'), 'word-document'],
    ['a presentation', zip('ppt/presentation.xml', '[Content_Types].xml'), 'not-a-spreadsheet'],
    ['OpenDocument', zip('mimetype', 'content.xml'), 'open-document'],
    ['an archive', zip('plan.xlsx'), 'compressed'],
    ['gzip', Buffer.from('1f8b0800', 'hex'), 'compressed'],
    ['half a zip', one(['Action']).slice(0, 300), 'damaged'],
    [
      'XML that ends too early',
      makeXlsx({ ...xlsx, parts: { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row' } }),
      'damaged',
    ],
    ['macros', makeXlsx({ ...xlsx, parts: { 'xl/vbaProject.bin': new Uint8Array([1]) } }), 'macros'],
    [
      'macros in its list of contents',
      makeXlsx({
        ...xlsx,
        parts: {
          '[Content_Types].xml':
            '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
        },
      }),
      'macros',
    ],
    ['too many rows', strToU8(`Theme,Action\n${'a,b\n'.repeat(20_001)}`), 'too-many-rows'],
    ['a quotation mark that is not closed', strToU8('Theme,Action\n"Roads,Paint\nb,c'), 'broken-csv'],
  ])('is refused by name: %s', async (_, bytes, problem) => {
    expect(await read(bytes)).toMatchObject({ problem });
  });

  it('is refused for macros by its name', async () => {
    expect(await read(makeXlsx(xlsx), 'Plan.XLSM')).toEqual({ problem: 'macros' });
  });

  it('is refused when it would unpack to hundreds of megabytes, without unpacking it', async () => {
    const bomb = makeXlsx({
      ...xlsx,
      parts: { 'xl/worksheets/sheet2.xml': new Uint8Array(105 * 1024 * 1024) },
    });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const before = process.memoryUsage().arrayBuffers;
    expect(await read(bomb)).toEqual({ problem: 'too-large-inflated', detail: '100' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 1024 * 1024);
  });

  it('is refused when it holds more than it says of itself', async () => {
    const honest = makeXlsx({ sheets: [{ rows: Array.from({ length: 500 }, (_, at) => [`row ${at}`]) }] });
    // The size of an unpacked part stands 22 bytes behind the mark of its entry in the local header, 24 in the directory.
    const lying = Buffer.from(honest);
    for (let at = lying.indexOf('504b0102', 0, 'hex'); at >= 0; at = lying.indexOf('504b0102', at + 1, 'hex'))
      lying.writeUInt32LE(100, at + 24);
    expect(await read(lying)).toMatchObject({ problem: 'damaged' });
  });

  it('is refused for an entity that grows when it is read', async () => {
    const laughs =
      '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>';
    const texts = await read(makeXlsx({ ...xlsx, parts: { 'xl/worksheets/sheet1.xml': laughs } }));
    expect(JSON.stringify(texts)).not.toContain('haha');
  });
});
