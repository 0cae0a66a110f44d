import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvRow } from '#domain/shared/csv.ts';
import { makePdf } from '#test/support/files/make-pdf.ts';
import { makePng } from '#test/support/files/make-pictures.ts';
import { aFolder, type DocumentsLaptop, runTool, startDocumentsLaptop } from './documents-laptop.ts';

let place: DocumentsLaptop;

beforeAll(async () => {
  place = await startDocumentsLaptop();
});

afterAll(() => place.stop());

const table = (...rows: readonly (readonly string[])[]): string => rows.map(csvRow).join('');

const importing = (folder: string, details: string, ...more: readonly string[]) =>
  place.run('import', 'documents', folder, '--details', details, ...more);

const titles = async () => (await place.documents()).map(({ title }) => title).sort();

describe('npx folkmoot import documents', () => {
  it('brings good files through the checks, refuses a renamed program among them, and brings nothing twice', async () => {
    const { folder, write, remove } = aFolder();
    write('patrols/Survey.pdf', makePdf({ pages: [['What people said about patrols']] }));
    write('patrols/Map.png', makePng());
    write('Minutes of May.md', '# Minutes\n\nWe met.');
    write('Minutes of May (corrected).md', '# Minutes\n\nWe met, and it rained.');
    write('setup.pdf', Buffer.concat([Buffer.from('MZ\x90\x00', 'latin1'), Buffer.alloc(2000, 7)]));
    write('left.txt', 'Nobody names me.');
    const details = write(
      'details.csv',
      table(
        ['A list'],
        [
          'Title',
          'File',
          'Document type',
          'Who may see it',
          'Wards or boroughs',
          'From',
          'To',
          'Tags',
          'Review date',
          'Replaces',
        ],
        [
          'Patrols',
          'patrols/Survey.pdf',
          'Results',
          'public',
          'Belsize, Camden; Hackney',
          'March 2026',
          '31/3/26',
          'patrols; safety',
          'never',
          '',
        ],
        ['Map', 'patrols\\Map.png', 'other', 'staff', '', '', '', '', '1 May 2030', ''],
        ['Minutes of May', 'Minutes of May.md', 'minutes', 'unit', 'E09000007', '', '', '', '', ''],
        ['', 'Minutes of May (corrected).md', '', '', '', '', '', '', '', 'minutes of may'],
        ['A program', 'setup.pdf', 'other', 'public', '', '', '', '', '', ''],
      ),
    );
    const dry = await importing(folder, details, '--dry-run');
    expect(dry).toMatchObject({
      code: 0,
      out: '4 documents and 1 new version to bring, 0 there already (dry run: nothing was stored)\n',
      err: expect.stringContaining('left.txt: in the folder, and no row names it.'),
    });
    expect(await titles()).toEqual([]);
    const first = await importing(folder, details, '--unit', 'Camden neighbourhoods');
    expect(first).toMatchObject({ code: 1, out: '4 brought, 0 there already, 1 refused, 0 open\n' });
    expect(first.err).toMatch(
      /details\.csv, row 7, column B \(File\): setup\.pdf: refused\. What is in the file is not what its name says\./,
    );
    const documents = await place.documents();
    expect(documents).toHaveLength(3);
    expect(documents.find(({ title }) => title === 'Patrols')).toMatchObject({
      ...{ kind: 'results', audience: 'public', areas: ['E05013652', 'E09000012'], language: 'en' },
      ...{ from: '2026-03-01', to: '2026-03-31', tags: ['patrols', 'safety'], reviewOn: null },
      ...{ unit: 'camden-neighbourhoods', owner: 'coordinator@folkmoot.example', withdrawn: null },
      files: [{ name: 'Survey.pdf', type: 'pdf', pages: 1 }],
    });
    const minutes = documents.find(({ title }) => title === 'Minutes of May');
    expect(minutes?.files.map(({ name }) => name)).toEqual([
      'Minutes of May.md',
      'Minutes of May (corrected).md',
    ]);
    const again = await importing(folder, details, '--unit', 'Camden neighbourhoods');
    expect(again).toMatchObject({ code: 1, out: '0 brought, 4 there already, 1 refused, 0 open\n' });
    expect(await place.documents()).toEqual(documents);
    const trail = await (await place.store()).audit.ofDay(new Date().toISOString().slice(0, 10));
    expect(trail.filter(({ deed }) => deed === 'begin upload').map(({ actor }) => actor.kind)).toEqual(
      Array.from({ length: 5 }, () => 'operator'),
    );
    remove();
  });

  it('says what has the same content already, and what a newer version of it is', async () => {
    const { folder, write, remove } = aFolder();
    write('copy.md', '# Minutes\n\nWe met.');
    write('third.md', '# Minutes\n\nThird.');
    const details = write(
      'list.csv',
      table(
        ['File', 'Title', 'Kind', 'Audience', 'Replaces'],
        ['copy.md', 'A copy', 'minutes', 'staff', ''],
        ['third.md', '', '', '', (await place.documents()).find(({ kind }) => kind === 'minutes')?.id ?? ''],
      ),
    );
    const run = await importing(folder, details);
    expect(run).toMatchObject({ code: 0, out: '2 brought, 0 there already, 0 refused, 0 open\n' });
    expect(run.err).toContain(
      'row 2, column A (File): "copy.md": the archive has this file already, as "Minutes of May"',
    );
    const minutes = (await place.documents()).find(({ title }) => title === 'Minutes of May');
    expect(minutes?.files).toHaveLength(3);
    remove();
  });

  it('lists every fault of list and folder before anything is stored', async () => {
    const before = await titles();
    const { folder, write, remove } = aFolder();
    const outside = aFolder();
    outside.write('secret.txt', 'Secret.');
    write('good.txt', 'Good.');
    write('empty.txt', '');
    write('page.html', '<p>');
    write('Plan.txt', 'A plan.');
    symlinkSync(join(outside.folder, 'secret.txt'), join(folder, 'link.txt'));
    const details = write(
      'list.csv',
      table(
        ['File', 'Title', 'Kind', 'Audience', 'Areas', 'From', 'To', 'Review on', 'Replaces'],
        ['good.txt', '', 'poem', 'nobody', 'Atlantis', 'soon', '', '', ''],
        ['missing.txt', 'Missing', 'plan', 'staff', '', '1 May 2026', '1 April 2026', '', ''],
        ['../secret.txt', 'Outside', 'plan', 'staff', '', '', '', '', ''],
        ['link.txt', 'Linked', 'plan', 'staff', '', '', '', '', ''],
        ['empty.txt', 'Empty', 'plan', 'staff', '', '', '', '31 June 2027', ''],
        ['page.html', 'Page', 'plan', 'staff', '', '', '', '', ''],
        ['plan.txt', 'Plan', 'plan', 'staff', '', '', '', '', ''],
        ['good.txt', '', '', '', '', '', '', '', 'Nothing of that name'],
      ),
    );
    const { code, out, err } = await importing(folder, details);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    const faults = err.split('\n').flatMap((line) => /list\.csv, (row .*)/.exec(line)?.[1] ?? []);
    expect(faults).toEqual([
      'row 2, column B (Title): this is missing.',
      expect.stringMatching(/^row 2, column C \(Kind\): "poem": no kind of document/),
      expect.stringMatching(/^row 2, column D \(Audience\): "nobody": nobody is meant by this/),
      expect.stringMatching(/^row 2, column E \(Areas\): "Atlantis": no area is called so/),
      expect.stringMatching(/^row 2, column F \(From\): "soon": This names no day/),
      expect.stringMatching(/^row 3, column G \(To\): "1 April 2026": this is before/),
      'row 3, column A (File): "missing.txt": there is no such file in the folder.',
      expect.stringMatching(/^row 4, column A \(File\): "\.\.\/secret\.txt": this leads out of the folder/),
      expect.stringMatching(/^row 5, column A \(File\): "link\.txt": this leads out of the folder/),
      expect.stringMatching(/^row 6, column H \(Review on\): "31 June 2027": The calendar has no such day/),
      'row 6, column A (File): "empty.txt": the file is empty.',
      expect.stringMatching(/^row 7, column A \(File\): "page\.html": the archive takes pdf, docx/),
      'row 8, column A (File): "plan.txt": there is no such file in the folder; there is "Plan.txt".',
      'row 9, column A (File): "good.txt": row 2 names this file already.',
      expect.stringMatching(/^row 9, column I \(Replaces\): "Nothing of that name": neither/),
    ]);
    expect(err).toContain('Nothing was imported: 15 faults to mend.');
    expect(await titles()).toEqual(before);
    remove();
    outside.remove();
  });

  it('is not misused in silence', async () => {
    const { folder, write, remove } = aFolder();
    write('a.txt', 'A.');
    const list = write(
      'list.csv',
      table(['File', 'Title', 'Kind', 'Audience'], ['a.txt', 'A', 'plan', 'staff']),
    );
    expect(await importing(folder, join(folder, 'none.csv'))).toMatchObject({ code: 1, out: '' });
    expect(await importing(folder, write('odd.csv', 'a,b\n1,2\n'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('One row has to name a column "File"'),
    });
    expect(await importing(join(folder, 'none'), list)).toMatchObject({ code: 1, out: '' });
    expect(await importing(folder, list, '--wait', 'long')).toMatchObject({ code: 2 });
    expect(await importing(folder, list, '--unit', 'Nobody')).toMatchObject({ code: 2 });
    expect(await importing(folder, list, '--owner', 'nobody@folkmoot.example')).toMatchObject({ code: 2 });
    expect(
      await importing(folder, list, '--owner', 'practitioner@folkmoot.example', '--unit', 'Inspectorate'),
    ).toMatchObject({ code: 2, err: expect.stringContaining('may keep no documents of inspectorate') });
    expect(await place.run('import', 'documents', folder)).toMatchObject({ code: 2 });
    const nowhere = aFolder();
    expect(
      await runTool({ FOLKMOOT_DATA: nowhere.folder }, ['import', 'documents', folder, '--details', list]),
    ).toMatchObject({ code: 2, err: expect.stringContaining('Start it with "npm start"') });
    nowhere.remove();
    remove();
  });
});

describe('while no verdict comes', () => {
  it('says which files are still being checked when it stops waiting', async () => {
    const silent = await startDocumentsLaptop({ FOLKMOOT_MALWARE: 'silent' });
    const { folder, write, remove } = aFolder();
    write('a.txt', 'A.');
    write('b.txt', 'B.');
    const list = write(
      'list.csv',
      table(
        ['File', 'Title', 'Kind', 'Audience', 'Replaces'],
        ['a.txt', 'A', 'plan', 'staff', ''],
        ['b.txt', '', '', '', 'A'],
      ),
    );
    const run = await silent.run('import', 'documents', folder, '--details', list, '--wait', '0.05');
    expect(run).toMatchObject({ code: 1, out: '0 brought, 0 there already, 0 refused, 2 open\n' });
    expect(run.err).toContain('a.txt: still being checked. Run the same again');
    expect(run.err).toContain('b.txt: not brought: what it replaces is not in the archive.');
    remove();
    await silent.stop();
  });
});
