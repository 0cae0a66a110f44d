import { describe, expect, it } from 'vitest';
import { workbookReader } from '#adapters/files/read-workbook.ts';
import { AreaDirectory } from '#domain/areas/area-directory.ts';
import { packFiles } from '#domain/documents/export/pack.ts';
import { detailsTable, sumsList } from '#domain/documents/export/packed-tables.ts';
import { columnOfHeader } from '#domain/documents/import/details-columns.ts';
import { readDetailsDay } from '#domain/documents/import/details-day.ts';
import { scoreDetailsHeader } from '#domain/documents/import/details-header.ts';
import { understandDetails } from '#domain/documents/import/understand-details.ts';
import { makeXlsx } from '#test/support/sheets/make-xlsx.ts';
import { aDocument, aFile } from '#test/support/stores/records.ts';

const TODAY = '2026-11-29';

const area = (code: string, name: string, borough: string | null = null) => ({
  ...{ code, name, borough, edition: 2025, team: null, superseded: null },
  kind: borough === null ? ('borough' as const) : ('ward' as const),
});

const directory = new AreaDirectory([
  area('E09000007', 'Camden'),
  area('E05013652', 'Abbey', 'E09000007'),
  area('E09000002', 'Barking and Dagenham'),
  area('E05014053', 'Abbey', 'E09000002'),
]);

const understand = async (content: string | Uint8Array, name = 'list.csv') => {
  const workbook = await workbookReader(scoreDetailsHeader)(Buffer.from(content as string), name);
  if (!workbook.ok) throw new Error(workbook.error.problem);
  const understood = understandDetails(workbook.value, { directory, today: TODAY });
  if (!understood.ok) throw new Error(understood.error.why);
  return understood.value;
};

const faultsOf = async (content: string) =>
  (await understand(content)).faults.map(({ row, column, text, why }) => [row, column, text, why]);

describe('the columns of a list of files', () => {
  it.each([
    ['File', 'file'],
    ['File path', 'file'],
    ['Path', 'file'],
    ['File name', 'name'],
    ['Name of the file', 'name'],
    ['Document title', 'title'],
    ['Document type', 'kind'],
    ['Type of document', 'kind'],
    ['Wards / boroughs', 'areas'],
    ['Start date', 'from'],
    ['Date from', 'from'],
    ['End date', 'to'],
    ['Who can see it?', 'audience'],
    ['Key words', 'tags'],
    ['Description', 'summary'],
    ['Review date', 'review'],
    ['Next review on', 'review'],
    ['New version of', 'replaces'],
    ['Replaces', 'replaces'],
    ['Remarks', null],
    ['Please put all of the files that you have here', null],
  ])('%s is %s', (header, column) => {
    expect(columnOfHeader(header)).toBe(column);
  });

  it('come in any order, below a title, parted by what the list is parted by', async () => {
    const { columns, leftOut, rows } = await understand(
      'Our documents, as of today;;;\n\nTitle;Areas;File;Kind;Audience;Remarks\nA, b;Camden;a.txt;plan;staff;hm\n',
    );
    expect(columns.map(({ column, at }) => [column, at])).toEqual([
      ['title', 0],
      ['areas', 1],
      ['file', 2],
      ['kind', 3],
      ['audience', 4],
    ]);
    expect(leftOut).toEqual(['F (Remarks)']);
    expect(rows).toMatchObject([{ row: 4, path: 'a.txt', details: { title: 'A, b', areas: ['E09000007'] } }]);
  });

  it('come out of a workbook, too', async () => {
    const sheet = makeXlsx({
      sheets: [
        {
          rows: [
            ['File', 'Title', 'Kind', 'Audience'],
            ['a.txt', 'A', 'Minutes', 'Everybody'],
          ],
        },
      ],
    });
    const { rows } = await understand(sheet, 'list.xlsx');
    expect(rows[0]?.details).toMatchObject({ kind: 'minutes', audience: 'public', language: 'en' });
  });
});

describe('a row of a list of files', () => {
  it('is read as people write it', async () => {
    const { rows, faults } = await understand(
      'File,Title,Kind,Areas,From,To,Language,Audience,Tags,Review\n' +
        '.\\in\\a.pdf,  The  plan ,Results of a consultation,"abbey, camden; E09000002",2025/26,Mar-26,Cymraeg,All staff,one; Two ;ONE,1/2/2027\n',
    );
    expect(faults).toEqual([]);
    expect(rows[0]).toMatchObject({ path: 'in/a.pdf', name: null, id: null, replaces: null });
    expect(rows[0]?.details).toEqual({
      ...{ title: 'The plan', summary: '', kind: 'results', areas: ['E05013652', 'E09000002'] },
      ...{ consultation: null, from: '2025-04-01', to: '2026-03-31', language: 'cy', audience: 'staff' },
      ...{ tags: ['ONE', 'Two'], reviewOn: '2027-02-01' },
    });
  });

  it('is to be reviewed in three years unless it says otherwise', async () => {
    const { rows } = await understand(
      'File,Title,Kind,Audience,Review on\na.txt,A,plan,unit,\nb.txt,B,plan,unit,never\nc.txt,C,plan,unit,n/a\n',
    );
    expect(rows.map(({ details }) => details?.reviewOn)).toEqual(['2029-11-28', null, null]);
  });

  it('says all that is wrong with it', async () => {
    const long = 'x'.repeat(201);
    expect(
      await faultsOf(
        'File,Title,Kind,Audience,Areas,From,To,Tags,Id,Language\n' +
          `,${long},poem,,Abbey; Atlantis,soon,31/2/2026,${'t'.repeat(41)},7,Klingon\n` +
          'a.txt,=1+1,plan,staff,,2026-05-02,2026-05-01,,,\n',
      ),
    ).toEqual([
      [2, 'id', '7', 'not-an-id'],
      [2, 'file', '', 'missing'],
      [2, 'title', long, 'too-long'],
      [2, 'kind', 'poem', 'unknown-kind'],
      [2, 'audience', '', 'missing'],
      [2, 'language', 'Klingon', 'unknown-language'],
      [2, 'areas', 'Abbey', 'several-areas'],
      [2, 'areas', 'Atlantis', 'unknown-area'],
      [2, 'tags', 't'.repeat(41), 'long-tag'],
      [2, 'from', 'soon', 'day.vague'],
      [2, 'to', '31/2/2026', 'day.impossible-day'],
      [3, 'title', '=1+1', 'formula'],
      [3, 'to', '2026-05-01', 'ends-before'],
    ]);
  });

  it('of a new version has no details of its own', async () => {
    const { rows, faults } = await understand('File,Title,Kind,Audience,Replaces\na.txt,A,,staff,The plan\n');
    expect(faults).toEqual([]);
    expect(rows[0]).toMatchObject({ replaces: 'The plan', details: null, unused: ['title', 'audience'] });
  });

  it('names a file that no other row names', async () => {
    const rows = 'File,Title,Kind,Audience\na.txt,A,plan,staff\n./a.txt,B,plan,staff\n';
    expect(await faultsOf(rows)).toEqual([[3, 'file', 'a.txt', 'same-file']]);
  });
});

describe('a day of a document', () => {
  it.each([
    ['31/3/2026', '2026-03-31', '2026-03-31'],
    ['31st March 2026', '2026-03-31', '2026-03-31'],
    ['March 2026', '2026-03-01', '2026-03-31'],
    ['2026', '2026-01-01', '2026-12-31'],
    ['2025/26', '2025-04-01', '2026-03-31'],
    ['5 May 09', '2009-05-05', '2009-05-05'],
  ])('%s begins on %s and ends on %s', (text, first, last) => {
    expect(readDetailsDay(text, { end: 'first', today: TODAY })).toEqual({ ok: true, value: first });
    expect(readDetailsDay(text, { end: 'last', today: TODAY })).toEqual({ ok: true, value: last });
  });

  it.each([
    ['03/31/2026', 'month-first'],
    ['March', 'no-year'],
    ['June 2023 to July 2024', 'not-one-day'],
    ['3 May 2026; 4 May 2026', 'not-one-day'],
    ['ongoing', 'not-one-day'],
    ['monthly', 'not-one-day'],
    ['publish by 3 May 2026', 'not-one-day'],
  ])('%s is none: %s', (text, why) => {
    expect(readDetailsDay(text, { end: 'first', today: TODAY })).toEqual({ ok: false, error: why });
  });
});

describe('what is handed out', () => {
  const files = [
    aFile({ name: 'old.pdf' }),
    aFile({ name: 'CON?/a“b\u202e”.pdf' }),
    aFile({ name: `${'é'.repeat(150)}.pdf` }),
  ];
  const document = aDocument({ title: '=SUM(A1)', files, summary: 'Two\nlines', areas: ['E05013652'] });

  it('has names that every file system takes, with the extension of the file', () => {
    const names = packFiles([document], 'all').map(({ path }) => path.split('/').at(-1) ?? '');
    expect(names.slice(0, 2)).toEqual(['1-old.pdf', '2-CON__a“b_”.pdf']);
    for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    expect(names[2]).toMatch(/^3-é+\.pdf$/);
    expect(packFiles([document], 'current').map(({ version }) => version)).toEqual([3]);
    expect(sumsList([{ sha256: 'ab', path: 'documents/1/1-a.pdf' }])).toBe('ab  documents/1/1-a.pdf\n');
  });

  it('is read again as it was', async () => {
    const packed = packFiles([document, aDocument({ withdrawn: { reason: 'x', at: '', by: '' } })], 'all');
    const { rows, faults } = await understand(detailsTable(packed));
    expect(faults).toEqual([]);
    expect(rows).toHaveLength(3);
    const { title, summary, kind, areas, consultation, from, to, language, audience, tags, reviewOn } =
      document;
    expect(rows[0]).toMatchObject({
      ...{ id: document.id, name: 'old.pdf', replaces: null },
      details: { title, summary, kind, areas, consultation, from, to, language, audience, tags, reviewOn },
    });
    expect(rows.slice(1)).toMatchObject(
      files.slice(1).map(() => ({ replaces: document.id, details: null, unused: [] })),
    );
  });
});
