import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileTypes, typeOfName } from '#domain/documents/file-type.ts';
import type { RefusalReason, Upload } from '#domain/documents/upload.ts';
import type { FunctionStatistics } from '#infra/local/invoke/statistics.ts';
import { PersistentVisitor } from '#test/faults/support/persistent-visitor.ts';
import { findClamscan, type ScanningLaptop, startScanning } from '#test/support/archive/scanning-laptop.ts';
import {
  beginUpload,
  describeUpload,
  formForFile,
  sendFile,
  upload,
  withFields,
} from '#test/support/archive/send-file.ts';
import { badFiles } from '#test/support/files/bad-files.ts';
import type { BadFile, FileMade } from '#test/support/files/file-made.ts';
import { goodFiles } from '#test/support/files/good-files.ts';
import { inParallel, type PageSeen, type Visitor } from '#test/support/http-client.ts';
import { waitFor } from '#test/support/laptop.ts';
import { mail as reasons } from '#web/mail/messages.en.ts';

/*
 * Files of every kind, good and bad, through the doors of the whole product: the page, S3, the isolated reader, ClamAV.
 */

const OWNER = 'practitioner@folkmoot.example';
const AT_ONCE = 6;
/** Two cores read two hundred files, some of which are bombs. */
const PATIENCE_MS = 200_000;
const SAID_OF = 5;

/** What the reader takes, and ClamAV does not. */
const isInfected = ({ what }: FileMade): boolean =>
  what === 'a document that only the scan for malware refuses';
/** A browser declares nothing here: the type of the form is the one that the page allows, and S3 takes no other. */
const isDeclaredOtherwise = ({ name, declaredType }: FileMade): boolean => {
  const type = typeOfName(name);
  return (
    type !== undefined && declaredType.startsWith('image/') && fileTypes[type].mediaType !== declaredType
  );
};
/** ClamAV says of what is encrypted that it cannot look into it, though everybody can open it. */
const isLocked = ({ what }: FileMade): boolean => what.includes('may not be printed');
/** By its name the archive does not take it: the page says so before anything is sent. */
const isNameless = ({ name }: FileMade): boolean => typeOfName(name) === undefined;

const good = goodFiles().filter((file) => !isInfected(file));
const bad = badFiles().filter((file) => !isNameless(file) && !isDeclaredOtherwise(file));
const infected = goodFiles().filter(isInfected);
const nameless = badFiles().filter(isNameless);
const declaredOtherwise = badFiles().filter(isDeclaredOtherwise);

describe.runIf(findClamscan())('files of every kind', () => {
  let room: ScanningLaptop;
  let staff: Visitor;
  const brought = new Map<FileMade, string>();
  const ended = new Map<FileMade, Upload>();

  const bring = async (file: FileMade, index: number): Promise<void> => {
    const { name, what } = file;
    const type = typeOfName(name);
    if (!type) throw new TypeError(`${name} is not asked for`);
    const id = await upload(staff, { name, type, content: await file.bytes() });
    // Of what does not come in anyhow, something is said of a few.
    if (index < good.length || index % SAID_OF === 0)
      expect([what, (await describeUpload(staff, id, { title: what })).status]).toEqual([what, 200]);
    brought.set(file, id);
  };
  const endOf = (file: FileMade): Upload => {
    const found = ended.get(file);
    if (!found) throw new Error(`${file.what} never ended`);
    return found;
  };
  const refusedAll = () => [...bad, ...infected].map(endOf);

  beforeAll(async () => {
    room = await startScanning();
    // Two cores have much to do: now and then a page does not come at once, and people load it again.
    staff = new PersistentVisitor(room.laptop.url, (await room.laptop.session(OWNER)).cookie);
    const files = [...good, ...bad, ...infected];
    const startedAt = performance.now();
    await inParallel(files, AT_ONCE, bring);
    for (const [file, id] of brought) ended.set(file, await room.archive.endOf(id, PATIENCE_MS));
    const seconds = (performance.now() - startedAt) / 1_000;
    process.stdout.write(`${files.length} files came to their ends in ${seconds.toFixed(1)} s\n`);
    await room.laptop.settle();
  }, 2 * PATIENCE_MS);
  afterAll(() => room?.stop());

  test('every good file is in the archive, with its text', async () => {
    const seen = await inParallel(good, AT_ONCE, async (file) => {
      const { id, outcome, inspection, scan } = endOf(file);
      const page = await staff.open(`/staff/documents/${id}`);
      const text = (await room.archive.textOf('documents', `texts/${id}.txt`)) ?? '';
      const isRead = inspection?.outcome === 'readable';
      return {
        ...{ what: file.what, kind: outcome?.kind, type: isRead ? inspection.type : inspection?.fault },
        ...{ heading: page.html.heading, says: file.says === null ? text === '' : text.includes(file.says) },
        scan: isLocked(file) && scan === 'not-scanned' ? 'clean' : scan,
        pages: file.pages === undefined || (isRead && inspection.pages === file.pages),
      };
    });
    expect(seen).toEqual(
      good.map(({ what, type }) => ({
        ...{ what, kind: 'filed', type, heading: what, says: true, scan: 'clean', pages: true },
      })),
    );
  });

  test('what can be read in a good file is a page, too', async () => {
    const files = good.filter((_, index) => index % SAID_OF === 0);
    const seen = await inParallel(files, AT_ONCE, async (file) => {
      const { html, status } = await staff.open(`/staff/documents/${endOf(file).id}/text`);
      const isNone = html.text.includes('No text could be read');
      return [file.what, status, isNone];
    });
    expect(seen).toEqual(files.map(({ what, says }) => [what, 200, says === null]));
  });

  test('every good file comes back byte for byte', async () => {
    const same = await inParallel(good, AT_ONCE, async (file) => {
      const { id } = endOf(file);
      const response = await fetch(
        (await staff.send(`/staff/documents/${id}/files/${id}`)).headers.get('location') ?? '',
      );
      const bytes = Buffer.from(await response.arrayBuffer());
      const { headers } = response;
      return [file.what, bytes.equals(await file.bytes()), headers.get('content-disposition')?.split(';')[0]];
    });
    // Each is made anew, and an archive of Office says when it was made.
    const differs = ['a document as a library writes it', 'a workbook as a library writes it'];
    expect(
      same.filter(([what, isSame]) => !isSame && !differs.some((one) => String(what).includes(one))),
    ).toEqual([]);
    expect(new Set(same.map(([, , disposition]) => disposition))).toEqual(new Set(['attachment']));
  });

  /** Of what two look at, it is told what the first of them says. */
  const reasonOf = (file: FileMade): RefusalReason => {
    const { scan, outcome } = endOf(file);
    const isFound = scan === 'infected' && outcome?.kind === 'refused' && outcome.reason === 'infected';
    return isFound ? 'infected' : (file as BadFile).fault;
  };

  test('every bad file is refused for the reason that it was made for', () => {
    const outcomes = [...bad, ...infected].map((file) => [file.what, endOf(file).outcome]);
    expect(outcomes).toEqual(
      [...bad, ...infected].map((file) => [
        file.what,
        expect.objectContaining({ kind: 'refused', reason: reasonOf(file) }),
      ]),
    );
  });

  test('there is malware among them, inside a document', () => {
    expect(infected.map(endOf).map(({ name, outcome }) => [name.split('.').at(-1), outcome])).toEqual([
      ['docx', expect.objectContaining({ kind: 'refused', reason: 'infected' })],
    ]);
  });

  test('the page tells the uploader why, and offers nothing to open', async () => {
    const files = [...bad, ...infected];
    const seen = await inParallel(files, AT_ONCE, async (file): Promise<unknown[]> => {
      const page = await staff.open(`/staff/documents/uploads/${endOf(file).id}`);
      return [
        file.what,
        page.html.heading,
        page.html.text.includes(reasons[`mail.refused.${reasonOf(file)}`]),
      ];
    });
    expect(seen).toEqual(files.map(({ what }) => [what, 'The file was not taken', true]));
  });

  test('a mail tells the uploader why, once', async () => {
    const expected = refusedAll().length;
    const mails = (
      await waitFor(
        () => room.laptop.mail(OWNER),
        (all) => all.length >= expected,
      )
    ).filter(({ tags }) => tags.kind === 'upload-refused');
    const byUpload = Map.groupBy(
      mails,
      ({ text }) => /\/staff\/documents\/uploads\/([0-9a-f-]{36})/.exec(text)?.[1] ?? '',
    );
    const told = [...bad, ...infected].map((file) => {
      const [first, ...more] = byUpload.get(endOf(file).id) ?? [];
      const words = first?.text.replace(/\s+/g, ' ') ?? '';
      return [file.what, words.includes(reasons[`mail.refused.${reasonOf(file)}`]), more.length];
    });
    expect(told).toEqual([...bad, ...infected].map(({ what }) => [what, true, 0]));
    expect(mails).toHaveLength(expected);
  });

  test('nothing that was refused is a document', async () => {
    const found = await inParallel(refusedAll(), AT_ONCE, ({ id }) => room.archive.documents.find(id));
    expect(found).toEqual(refusedAll().map(() => null));
  });

  test('nobody can open what was refused', async () => {
    const some = refusedAll().filter((_, index) => index % SAID_OF === 0);
    const coordinator = await room.laptop.staff('coordinator');
    const anybody = room.laptop.visitor();
    const { endpoint } = room.archive.engines.s3;
    const answers = await inParallel(some, AT_ONCE, async ({ id, key }) => {
      const ask = async (visitor: Visitor, path: string) => (await visitor.send(path)).status;
      const bucketOf = (bucket: 'uploads' | 'documents' | 'published', path: string) =>
        fetch(`${endpoint}/${room.archive.nameOf(bucket)}/${path}`).then(({ status }) => status);
      return [
        ...(await Promise.all([staff, coordinator].map((who) => ask(who, `/staff/documents/${id}`)))),
        await ask(staff, `/staff/documents/${id}/files/${id}`),
        await ask(anybody, `/documents/${id}`),
        await ask(anybody, `/documents/files/${id}/file.pdf`),
        await bucketOf('uploads', key),
        await bucketOf('documents', `files/${id}`),
        await bucketOf('published', `documents/files/${id}/file.pdf`),
      ];
    });
    const refused = [404, 404, 404, 404, 404, 403, 403, 403];
    expect(answers).toEqual(some.map(() => refused));
  });

  test('quarantine is empty, and the archive holds the good files and nothing else', async () => {
    const { archive } = room;
    expect(await archive.versionsIn('uploads')).toEqual([]);
    const ids = good.map((file) => endOf(file).id).sort();
    // Who is told of two verdicts at once takes it over twice: the same bytes are two versions of one object.
    const keys = [...new Set(await archive.versionsIn('documents'))].sort();
    expect(keys).toEqual([...ids.map((id) => `files/${id}`), ...ids.map((id) => `texts/${id}.txt`)]);
    expect(await archive.versionsIn('published')).toEqual([]);
  });

  test('what the archive does not take by its name is not asked for', async () => {
    const seen = await inParallel(nameless, AT_ONCE, async ({ name, what, fault }) => {
      const form = await staff.open('/staff/documents/new');
      const page: PageSeen = await staff.submit(form, { name });
      return [what, fault, page.status, page.html.errors.map(({ text }) => text)];
    });
    expect(seen).toEqual(
      nameless.map(({ what }) => [what, 'type-not-taken', 400, ['Select which type of file it is']]),
    );
  });

  test('a type that a browser declares and the page did not allow is not taken by S3', async () => {
    for (const { name, declaredType, bytes } of declaredOtherwise) {
      const type = typeOfName(name) ?? 'pdf';
      const form = withFields(formForFile(await beginUpload(staff, { name, type })), {
        'Content-Type': declaredType,
      });
      expect((await sendFile(form, await bytes(), name)).status).toBe(403);
    }
    expect(declaredOtherwise.length).toBeGreaterThan(0);
    expect(await room.archive.versionsIn('uploads')).toEqual([]);
  });

  test('no function failed or ran out of time on the way', async () => {
    const statistics = await room.laptop.console<FunctionStatistics[]>('/functions');
    const ways = ['inspect-upload', 'receive-upload', 'archive-web', 'project-documents', 'relay-outbox'];
    const used = statistics.filter(({ name }) => ways.includes(name));
    expect(used.map(({ name, errors, timeouts }) => [name, errors, timeouts])).toEqual(
      used.map(({ name }) => [name, 0, 0]),
    );
    expect(used).toHaveLength(ways.length);
    const reader = statistics.find(({ name }) => name === 'inspect-upload');
    process.stdout.write(
      `inspect-upload: ${reader?.invocations} files, ${reader?.durationMs.p50} ms in the middle, ${reader?.durationMs.p99} ms at most, ${reader?.maxRssMb} MB at most\n`,
    );
  });
});
