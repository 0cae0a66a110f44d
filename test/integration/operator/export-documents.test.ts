import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArchiveDocument, documentDetailsSchema } from '#domain/documents/document.ts';
import { withdrawDocument } from '#domain/documents/keep-document.ts';
import { csvRow } from '#domain/shared/csv.ts';
import { findActor } from '#domain/staff/find-actor.ts';
import { openBuckets } from '#operator/buckets-container.ts';
import { findLaptop } from '#operator/place.ts';
import { goodFiles } from '#test/support/files/good-files.ts';
import { aFolder, type DocumentsLaptop, startDocumentsLaptop } from './documents-laptop.ts';

let place: DocumentsLaptop;
const { folder, write, remove } = aFolder();

const FILES = 20;

const unpack = (zip: string): string => {
  const to = `${zip}.unpacked`;
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    writeFileSync(join(to, path), bytes);
  }
  return to;
};

const exporting = async (name: string, ...more: readonly string[]) => {
  const zip = join(folder, name);
  return { zip, ...(await place.run('export', 'documents', '--to', zip, ...more)) };
};

const bytesOf = async (from: DocumentsLaptop, file: string): Promise<Buffer> => {
  const { storedFiles } = openBuckets(findLaptop({ FOLKMOOT_DATA: from.laptop.dataDir }));
  const pieces: Uint8Array[] = [];
  for await (const piece of (await storedFiles.open(file)) ?? []) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** What has to come through: all but when and by whom. */
const essence = async (from: DocumentsLaptop, documents: readonly ArchiveDocument[]) =>
  Promise.all(
    documents
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(async (document) => ({
        id: document.id,
        details: documentDetailsSchema.parse(document),
        files: await Promise.all(
          document.files.map(async ({ id, name, type, sha256, bytes, pages }) => ({
            ...{ name, type, sha256, bytes, pages },
            content: (await bytesOf(from, id)).toString('base64'),
          })),
        ),
      })),
  );

/** Good files of all types, each under a name of its own, some with names that are hard on file systems. */
const someGoodFiles = async () => {
  const made = goodFiles();
  const types = [...new Set(made.map(({ type }) => type))];
  const chosen = [...types.map((type) => made.find((file) => file.type === type)), ...made.slice(1)]
    .flatMap((file) => file ?? [])
    .slice(0, FILES - 1);
  return Promise.all(
    chosen.map(async (file, at) => ({
      path: `folder ${at % 3}/Grüße & “notes” ${'long '.repeat(at === 4 ? 25 : 1)}${at}.${file.name.split('.').at(-1)}`,
      bytes: Buffer.from(await file.bytes()),
    })),
  );
};

beforeAll(async () => {
  place = await startDocumentsLaptop();
  const files = await someGoodFiles();
  for (const { path, bytes } of files) write(`in/${path}`, bytes);
  write('in/second.txt', 'The second version.');
  const kinds = ['results', 'report', 'minutes', 'guidance', 'form', 'plan', 'other'];
  const rows = files.map(({ path }, at) => [
    ...[
      path,
      at === 3 ? '=1+1; “title”, 3' : `Title ${at}`,
      kinds[at % 7] ?? '',
      ['E05013652', 'E09000012', ''][at % 3] ?? '',
    ],
    ...[
      at % 2 === 0 ? 'Safer streets 2026' : '',
      at % 4 === 0 ? '2026-01-01' : '',
      at % 4 === 0 ? 'March 2026' : '',
    ],
    ...[
      at % 5 === 0 ? 'Welsh' : 'en',
      ['unit', 'staff', 'public'][at % 3] ?? '',
      'one; two words',
      `Line 1\nline ${at}`,
    ],
    ...[at % 2 === 0 ? 'never' : '1 May 2031', ''],
  ]);
  const header =
    'File,Title,Kind,Areas,Consultation,From,To,Language,Audience,Tags,Summary,Review on,Replaces';
  const second = ['second.txt', ...Array.from({ length: 11 }, () => ''), 'Title 6'];
  const details = write('details.csv', [header.split(','), ...rows, second].map(csvRow).join(''));
  expect(await place.run('import', 'documents', join(folder, 'in'), '--details', details)).toMatchObject({
    code: 0,
    out: `${FILES} brought, 0 there already, 0 refused, 0 open\n`,
  });
});

afterAll(async () => {
  await place.stop();
  remove();
});

describe('npx folkmoot export documents', () => {
  it('goes round: what is exported comes into an empty archive as the same documents', async () => {
    const { zip, code, out } = await exporting('all.zip', '--all', '--versions', 'all');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^19 documents, 20 files, \d+\.\d MB: /),
    });
    const unpacked = unpack(zip);
    const sums = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: unpacked }).toString();
    expect(sums.split('\n').filter((line) => line.endsWith(': OK'))).toHaveLength(FILES + 2);
    const before = await essence(place, await place.documents());
    const elsewhere = await startDocumentsLaptop();
    try {
      const list = join(unpacked, 'details.csv');
      const come = await elsewhere.run('import', 'documents', unpacked, '--details', list);
      expect(come).toMatchObject({ code: 0, out: '20 brought, 0 there already, 0 refused, 0 open\n' });
      expect(await essence(elsewhere, await elsewhere.documents())).toEqual(before);
    } finally {
      await elsewhere.stop();
    }
  });

  it('takes the current versions of an area and what lies in it, or of a consultation', async () => {
    const camden = await exporting('camden.zip', '--area', 'Camden');
    expect(camden).toMatchObject({ code: 0, out: expect.stringMatching(/^7 documents, 7 files, /) });
    const manifest = readFileSync(join(unpack(camden.zip), 'manifest.csv'), 'utf8');
    expect(manifest).toContain('/2-second.txt');
    expect(manifest).not.toContain(',no,');
    const streets = await exporting('streets.zip', '--consultation', 'safer STREETS 2026');
    expect(streets).toMatchObject({ code: 0, out: expect.stringMatching(/^10 documents, 10 files, /) });
    expect(await exporting('none.zip', '--consultation', 'No such')).toMatchObject({ code: 1, out: '' });
    const trail = await (await place.store()).audit.ofDay(new Date().toISOString().slice(0, 10));
    const exports = trail.filter(({ deed }) => deed === 'export documents');
    expect(
      exports.map(({ actor, change }) => [actor.kind, change.by, change.what, change.documents]),
    ).toEqual([
      ['operator', 'all', null, 19],
      ['operator', 'area', 'E09000007', 7],
      ['operator', 'consultation', 'safer STREETS 2026', 10],
    ]);
  });

  it('marks what is withdrawn, and leaves it out of the list that the import reads', async () => {
    const [document] = (await place.documents()).filter(({ title }) => title === 'Title 1');
    const store = await place.store();
    const by = await findActor(store)('coordinator@folkmoot.example');
    if (!document || !by) throw new Error('The document and its owner are there');
    const deed = { by, version: document.version, correlationId: 'test' };
    expect(await withdrawDocument(store)(document.id, 'Its figures are wrong', deed)).toMatchObject({
      ok: true,
    });
    const { zip, code, err } = await exporting('withdrawn.zip', '--area', 'E09000012');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('1 of them withdrawn') });
    const unpacked = unpack(zip);
    expect(readFileSync(join(unpacked, 'manifest.csv'), 'utf8')).toContain('Its figures are wrong');
    expect(readFileSync(join(unpacked, 'details.csv'), 'utf8')).not.toContain(document.id);
  });

  it('makes no ZIP when a file is not the one that was checked, and says which', async () => {
    const laptop = findLaptop({ FOLKMOOT_DATA: place.laptop.dataDir });
    const [document] = (await place.documents()).filter(({ title }) => title === 'Title 2');
    const file = document?.files[0];
    const { region, accessKeyId, secretAccessKey, endpoints } = laptop;
    const s3 = new S3Client({
      ...{ region, forcePathStyle: true, endpoint: endpoints.s3 ?? '' },
      credentials: { accessKeyId, secretAccessKey },
    });
    await s3.send(
      new PutObjectCommand({
        Bucket: laptop.buckets.documents,
        Key: `files/${file?.id}`,
        Body: 'Something else',
      }),
    );
    s3.destroy();
    const { zip, code, out, err } = await exporting('rotten.zip', '--all');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`documents/${document?.id}/1-`);
    expect(err).toContain('not the one of which the record has the checksum');
    expect(() => readFileSync(zip)).toThrow('ENOENT');
    expect(() => readFileSync(`${zip}.part`)).toThrow('ENOENT');
  });

  it('is not misused in silence', async () => {
    expect(await exporting('a.zip')).toMatchObject({ code: 2, err: expect.stringContaining('--area') });
    expect(await exporting('a.zip', '--all', '--area', 'Camden')).toMatchObject({ code: 2 });
    expect(await exporting('a.zip', '--area', 'Atlantis')).toMatchObject({ code: 2 });
    expect(await exporting('nowhere/a.zip', '--all')).toMatchObject({ code: 2 });
    expect(await exporting('a.zip', '--all', '--versions', 'some')).toMatchObject({ code: 2 });
  });
});
