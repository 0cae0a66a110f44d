import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Upload } from '#domain/documents/upload.ts';
import type { FunctionStatistics } from '#infra/local/invoke/statistics.ts';
import type { ArchiveBucket } from '#test/support/archive/open-archive.ts';
import { type ScanningLaptop, startScanning } from '#test/support/archive/scanning-laptop.ts';
import {
  beginUpload,
  describeUpload,
  type FormForFile,
  formForFile,
  idOf,
  sendFile,
  upload,
  withFields,
} from '#test/support/archive/send-file.ts';
import { awsAs, findAws, type RunAws } from '#test/support/aws-cli.ts';
import { eicar } from '#test/support/files/good-office.ts';
import type { Visitor } from '#test/support/http-client.ts';
import type { CallerCredentials } from '#test/support/signed-calls.ts';

/*
 * What is sent to quarantine, by clients that owe the program nothing: fetch, AWS's SDK and AWS's own command line tool.
 */

const MINUTES = { name: 'minutes.txt', type: 'txt', content: 'Street lamps in the passage\n' } as const;
const folder = mkdtempSync(join(tmpdir(), 'folkmoot-clients-'));

let room: ScanningLaptop;
let staff: Visitor;
let startedAt: string;

const clientOf = (credentials: CallerCredentials): S3Client => {
  const { s3, region } = room.archive.engines;
  const client = new S3Client({
    ...{ endpoint: s3.endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 },
  });
  onTestFinished(() => client.destroy());
  return client;
};
const credentialsOf = (name: string) => room.laptop.console<CallerCredentials>(`/credentials/${name}`);
const stored = async (id: string): Promise<Upload> => {
  const found = await room.archive.uploads.find(id);
  if (!found) throw new Error('There is no such upload');
  return found;
};

const quarantineIsEmpty = () =>
  expect.poll(() => room.archive.versionsIn('uploads'), { timeout: 60_000 }).toEqual([]);

beforeAll(async () => {
  room = await startScanning();
  staff = await room.laptop.staff('practitioner');
  startedAt = await room.laptop.clock();
});
afterAll(async () => {
  await room?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Which upload a test is about, and what it sends. */
const begin = async (file: { readonly name: string; readonly type: Upload['type'] } = MINUTES) => {
  const page = await beginUpload(staff, file);
  return { id: idOf(page), form: formForFile(page) };
};

describe('a correct upload', () => {
  const isFiled = async (id: string, title: string): Promise<void> => {
    await describeUpload(staff, id, { title });
    const { outcome, object } = await room.archive.endOf(id);
    expect(outcome).toMatchObject({ kind: 'filed', document: id });
    expect(object?.bytes).toBe(Buffer.byteLength(MINUTES.content));
    const link = (await staff.send(`/staff/documents/${id}/files/${id}`)).headers.get('location') ?? '';
    expect(await (await fetch(link)).text()).toBe(MINUTES.content);
    await quarantineIsEmpty();
  };

  test('works with the form of the page, and leads back to it', async () => {
    const { id, form } = await begin();
    const sent = await sendFile(form, MINUTES.content, MINUTES.name);
    expect(sent.status).toBe(303);
    const back = new URL(sent.headers.get('location') ?? '');
    expect(`${back.origin}${back.pathname}`).toBe(`${room.laptop.url}/staff/documents/uploads/${id}`);
    await isFiled(id, 'By form');
  });

  test('works with the SDK and the rights of the page', async () => {
    const { id } = await begin();
    const { key } = await stored(id);
    await clientOf(await credentialsOf('archive-web')).send(
      new PutObjectCommand({
        ...{ Bucket: room.archive.nameOf('uploads'), Key: key, Body: MINUTES.content },
        ...{ ContentType: 'text/plain', Metadata: { name: MINUTES.name } },
      }),
    );
    await isFiled(id, 'By SDK');
  });

  test.runIf(findAws())('works with the command line tool and the rights of the page', async () => {
    const { id } = await begin();
    const { key } = await stored(id);
    const body = join(folder, MINUTES.name);
    writeFileSync(body, MINUTES.content);
    const aws = awsAs(room.archive.engines, await credentialsOf('archive-web'), folder);
    const bucket = ['--bucket', room.archive.nameOf('uploads'), '--key', key, '--body', body];
    const declared = ['--content-type', 'text/plain', '--metadata', `name=${MINUTES.name}`];
    expect(await aws('s3api', 'put-object', ...bucket, ...declared)).toMatchObject({ code: 0, err: '' });
    await isFiled(id, 'By command line');
  });
});

/** A letter that is another one. */
const flip = (text: string, at: number): string =>
  `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`;
const fieldOf = ({ fields }: FormForFile, name: string): string =>
  fields.find(([field]) => field === name)?.[1] ?? '';
const rewrite = (policy: string, change: (read: { expiration: string; conditions: unknown[] }) => void) => {
  const read = JSON.parse(Buffer.from(policy, 'base64').toString());
  change(read);
  return Buffer.from(JSON.stringify(read)).toString('base64');
};

interface Tampered {
  readonly name: string;
  readonly change: (form: FormForFile) => Record<string, string | null>;
  readonly answer: readonly [status: number, code: string];
}
const set =
  (changed: Record<string, string | null>): Tampered['change'] =>
  () =>
    changed;
const denied = [403, 'AccessDenied'] as const;
const forged = [403, 'SignatureDoesNotMatch'] as const;

const tampered: readonly Tampered[] = [
  { name: 'another key', change: (form) => ({ key: flip(fieldOf(form, 'key'), 50) }), answer: denied },
  { name: 'a key beside it', change: (form) => ({ key: `${fieldOf(form, 'key')}-2` }), answer: denied },
  { name: 'a key of a verdict', change: set({ key: 'inspected/files/a/b/c.json' }), answer: denied },
  {
    name: 'a key that climbs',
    change: set({ key: 'files/../../documents/files/a' }),
    answer: [400, 'InvalidURI'],
  },
  { name: 'a key of the name of the file', change: set({ key: `files/$\{filename}` }), answer: denied },
  { name: 'no key', change: set({ key: null }), answer: [400, 'InvalidArgument'] },
  { name: 'a page for a text', change: set({ 'Content-Type': 'text/html' }), answer: denied },
  { name: 'no type', change: set({ 'Content-Type': null }), answer: denied },
  { name: 'another name', change: set({ 'x-amz-meta-name': 'evil.exe' }), answer: denied },
  {
    name: 'another way back',
    change: set({ success_action_redirect: 'https://example.org/' }),
    answer: denied,
  },
  { name: 'one field more', change: set({ 'x-amz-meta-more': '1' }), answer: denied },
  { name: 'readers of its own', change: set({ acl: 'public-read' }), answer: denied },
  {
    name: 'a tag that says that it is clean',
    change: set({
      tagging:
        '<Tagging><TagSet><Tag><Key>GuardDutyMalwareScanStatus</Key><Value>NO_THREATS_FOUND</Value></Tag></TagSet></Tagging>',
    }),
    answer: denied,
  },
  {
    name: 'another signature',
    change: (form) => ({ 'X-Amz-Signature': flip(fieldOf(form, 'X-Amz-Signature'), 9) }),
    answer: forged,
  },
  {
    name: 'a byte of the policy',
    change: (form) => ({ Policy: flip(fieldOf(form, 'Policy'), 20) }),
    answer: forged,
  },
  {
    name: 'a policy that holds for longer',
    change: (form) => ({
      Policy: rewrite(fieldOf(form, 'Policy'), (policy) => {
        policy.expiration = '2099-01-01T00:00:00Z';
      }),
    }),
    answer: forged,
  },
  {
    name: 'a policy without conditions',
    change: (form) => ({
      Policy: rewrite(fieldOf(form, 'Policy'), (policy) => {
        policy.conditions = [];
      }),
    }),
    answer: forged,
  },
  { name: 'no policy', change: set({ Policy: null }), answer: denied },
  { name: 'no signature', change: set({ 'X-Amz-Signature': null }), answer: forged },
  {
    name: 'the key of nobody',
    change: (form) => ({
      'X-Amz-Credential': fieldOf(form, 'X-Amz-Credential').replace(/^[^/]+/, 'ASIANOBODYNOBODYNOBO'),
    }),
    answer: [403, 'InvalidAccessKeyId'],
  },
  {
    name: 'a credential of another region',
    change: (form) => ({
      'X-Amz-Credential': fieldOf(form, 'X-Amz-Credential').replace('eu-west-2', 'us-east-1'),
    }),
    answer: [400, 'AuthorizationHeaderMalformed'],
  },
  {
    name: 'no token of the session',
    change: set({ 'X-Amz-Security-Token': null }),
    answer: [400, 'InvalidToken'],
  },
];

describe('a form with something changed in it', () => {
  afterEach(async () => {
    await quarantineIsEmpty();
  });

  test.each(tampered)('is not taken by S3: $name', async ({ change, answer }) => {
    const { id, form } = await begin();
    const sent = await sendFile(withFields(form, change(form)), MINUTES.content, MINUTES.name);
    const code = /<Code>([^<]+)<\/Code>/.exec(await sent.text())?.[1];
    expect([sent.status, code]).toEqual(answer);
    expect(await stored(id)).toMatchObject({ object: null, outcome: null });
  });

  test('is not taken by S3: signed by a function that may not write there', async () => {
    const { id, form } = await begin();
    const { accessKeyId, sessionToken = '' } = await credentialsOf('public-web');
    const others = withFields(form, {
      'X-Amz-Credential': fieldOf(form, 'X-Amz-Credential').replace(/^[^/]+/, accessKeyId),
      'X-Amz-Security-Token': sessionToken,
    });
    expect((await sendFile(others, MINUTES.content)).status).toBe(403);
    expect(await stored(id)).toMatchObject({ object: null });
  });

  test('is not taken by S3: the permission of somebody else, for another upload', async () => {
    const [own, others] = [await begin(), await begin()];
    const mixed = withFields(own.form, { key: fieldOf(others.form, 'key') });
    expect((await sendFile(mixed, MINUTES.content)).status).toBe(403);
    expect(await stored(others.id)).toMatchObject({ object: null });
  });

  test('nothing at all, or no file, is not taken either', async () => {
    const { id, form } = await begin();
    const nothing = await fetch(form.url, { method: 'POST', body: new FormData() });
    const fieldsOnly = new FormData();
    for (const [name, value] of form.fields) fieldsOnly.append(name, value);
    const noFile = await fetch(form.url, { method: 'POST', body: fieldsOnly });
    const put = await fetch(new URL(`${form.url}/${fieldOf(form, 'key')}`), { method: 'PUT', body: 'x' });
    const removed = await fetch(new URL(`${form.url}/${fieldOf(form, 'key')}`), { method: 'DELETE' });
    const list = await fetch(`${form.url}?list-type=2`);
    expect([nothing.status, noFile.status]).toEqual([400, 400]);
    expect([put.status, removed.status, list.status]).toEqual([403, 403, 403]);
    expect(await stored(id)).toMatchObject({ object: null });
  });
});

describe('a permission', () => {
  test('ends after a quarter of an hour, by the clock of the laptop', async () => {
    const { id, form } = await begin();
    onTestFinished(async () => {
      await room.laptop.clock(null);
      staff = await room.laptop.staff('practitioner');
    });
    await room.laptop.clock(new Date(Date.parse(startedAt) + 40 * 60_000).toISOString());
    const sent = await sendFile(form, MINUTES.content);
    expect([sent.status, await sent.text()]).toEqual([403, expect.stringContaining('Policy expired')]);
    const page = await (await room.laptop.staff('practitioner')).open(`/staff/documents/uploads/${id}`);
    expect(page.html.heading).toBe('The file was not sent in time');
    expect(page.html.forms.some(({ names }) => names.has('file'))).toBe(false);
    await quarantineIsEmpty();
  });

  const content = async (id: string): Promise<string> => {
    const link = (await staff.send(`/staff/documents/${id}/files/${id}`)).headers.get('location') ?? '';
    return (await fetch(link)).text();
  };

  test('lets in a second file, which nobody ever opens: the first one is filed', async () => {
    const { id, form } = await begin();
    await sendFile(form, 'The first one');
    await expect.poll(async () => (await stored(id)).object, { timeout: 30_000 }).not.toBeNull();
    expect((await sendFile(form, eicar())).status).toBe(303);
    await describeUpload(staff, id, { title: 'The first one' });
    expect((await room.archive.endOf(id)).outcome).toMatchObject({ kind: 'filed' });
    expect(await content(id)).toBe('The first one');
    // A third one, when all is over.
    expect((await sendFile(form, 'The third one')).status).toBe(303);
    await room.laptop.settle();
    expect(await content(id)).toBe('The first one');
    await quarantineIsEmpty();
    expect(new Set(await room.archive.versionsIn('documents', `files/${id}`)).size).toBe(1);
  });

  test('lets in several files at once, of which one is filed, and nothing is left of the others', async () => {
    const { id, form } = await begin();
    const files = ['One', 'Two', 'Three', 'Four'];
    await Promise.all(files.map((file) => sendFile(form, file)));
    await describeUpload(staff, id, { title: 'One of several' });
    expect((await room.archive.endOf(id)).outcome).toMatchObject({ kind: 'filed' });
    expect(files).toContain(await content(id));
    const file = (await room.archive.documents.find(id))?.files[0];
    expect(file?.bytes).toBe((await content(id)).length);
    await room.laptop.settle();
    await quarantineIsEmpty();
  });

  test('for nothing but a file: an empty one is refused', async () => {
    const id = await upload(staff, { ...MINUTES, content: '' });
    expect((await room.archive.endOf(id)).outcome).toMatchObject({ kind: 'refused', reason: 'empty' });
    await quarantineIsEmpty();
  });
});

describe('a name', () => {
  const names = [
    ['that climbs', '../../../etc/passwd.txt', 'passwd.txt'],
    ['of a drive', 'C:\\Users\\me\\minutes.txt', 'minutes.txt'],
    ['with a line break', 'a.txt\r\nSet-Cookie: x=1\r\n.txt', 'a.txt Set-Cookie: x=1 .txt'],
    ['that is turned around', 'invoice\u202Etxt.exe.txt', 'invoicetxt.exe.txt'],
    ['with quotes and semicolons', 'a";filename="b.exe;.txt', 'a";filename="b.exe;.txt'],
    ['with markup', '<img src=x onerror=alert(1)>.txt', '<img src=x onerror=alert(1)>.txt'],
    ['of letters of everywhere', 'Протокол 議事録 cofnodion.txt', 'Протокол 議事録 cofnodion.txt'],
    ['of another type at its end', 'minutes.txt.exe', 'minutes.txt.exe.txt'],
    ['that is a key of its own', 'inspected/files/a.txt', 'a.txt'],
  ] as const;

  test.each(names)('%s is tidied, and does no harm in headers and pages', async (_, name, tidy) => {
    const id = await upload(staff, { ...MINUTES, name });
    expect((await stored(id)).name).toBe(tidy);
    const said = await describeUpload(staff, id, { title: 'Named oddly', audience: 'public' });
    expect(said.status).toBe(200);
    expect((await room.archive.endOf(id)).outcome).toMatchObject({ kind: 'filed' });
    const link = (await staff.send(`/staff/documents/${id}/files/${id}`)).headers.get('location') ?? '';
    const { headers, status } = await fetch(link);
    expect([status, headers.get('set-cookie')]).toEqual([200, null]);
    const disposition = headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/);
    expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toBe(tidy);
    await room.laptop.settle();
    const page = await room.laptop.visitor().open(`/documents/${id}`);
    const file = page.html.links.find(({ href }) => href.startsWith('/documents/files/'));
    expect(file?.href).toMatch(new RegExp(`^/documents/files/${id}/[a-z0-9-]+\\.txt$`));
    const published = await fetch(new URL(file?.href ?? '', room.laptop.url));
    expect([published.status, published.headers.get('set-cookie')]).toEqual([200, null]);
    expect(page.html.elements.has('img')).toBe(false);
  });

  test('of 4,000 characters is too long for the form', async () => {
    const page = await beginUpload(staff, { ...MINUTES, name: `${'x'.repeat(3_996)}.txt` });
    expect([page.status, page.html.errors.map(({ field }) => field)]).toEqual([400, ['name']]);
  });

  test('of 240 characters is shortened, and keeps its type', async () => {
    const id = await upload(staff, { ...MINUTES, name: `${'x'.repeat(236)}.txt` });
    expect((await stored(id)).name).toMatch(/^x{100,}….txt$/);
    expect((await room.archive.endOf(id)).outcome).toMatchObject({ kind: 'checked' });
  });
});

/** What each function may do with the buckets of the archive, said once more and apart from the program. */
const mayDo: Readonly<Record<string, readonly string[]>> = {
  'archive-web': [
    ...['put uploads files', 'get documents files', 'get documents texts', 'list documents'],
    ...['get search staff', 'list search'],
  ],
  'documents-web': ['get published texts', 'list published', 'get search public', 'list search'],
  'receive-upload': [
    ...['get uploads inspected', 'get version uploads files', 'list uploads', 'list versions uploads'],
    ...['delete version uploads files', 'delete version uploads inspected'],
    ...['put documents files', 'put documents texts', 'delete documents files', 'delete documents texts'],
  ],
  'inspect-upload': ['get version uploads files', 'put uploads inspected'],
  'project-documents': [
    ...['get documents files', 'get documents texts', 'list documents', 'list published'],
    ...[
      'put published documents/files',
      'put published texts',
      'delete published documents/files',
      'delete published texts',
    ],
    ...['get search staff', 'put search staff', 'delete search staff', 'list search'],
    ...['get search public', 'put search public', 'delete search public'],
  ],
};

const places: readonly (readonly [ArchiveBucket, string])[] = [
  ...(['files', 'inspected'] as const).map((folder) => ['uploads', folder] as const),
  ...(['files', 'texts'] as const).map((folder) => ['documents', folder] as const),
  ...(['documents/files', 'texts'] as const).map((folder) => ['published', folder] as const),
  ...(['staff', 'public'] as const).map((folder) => ['search', folder] as const),
];

describe('the credentials of functions', () => {
  const attempts = (client: S3Client): readonly [what: string, () => Promise<unknown>][] => [
    ...places.flatMap(([bucket, folder]): [string, () => Promise<unknown>][] => {
      const object = { Bucket: room.archive.nameOf(bucket), Key: `${folder}/nobody/${randomUUID()}` };
      const version = { ...object, VersionId: 'v'.repeat(32) };
      const at = `${bucket} ${folder}`;
      return [
        [`put ${at}`, () => client.send(new PutObjectCommand({ ...object, Body: 'x' }))],
        [`get ${at}`, () => client.send(new GetObjectCommand(object))],
        [`get version ${at}`, () => client.send(new GetObjectCommand(version))],
        [`delete ${at}`, () => client.send(new DeleteObjectCommand(object))],
        [`delete version ${at}`, () => client.send(new DeleteObjectCommand(version))],
      ];
    }),
    ...[...new Set(places.map(([bucket]) => bucket))].flatMap(
      (bucket): [string, () => Promise<unknown>][] => {
        const Bucket = room.archive.nameOf(bucket);
        return [
          [`list ${bucket}`, () => client.send(new ListObjectsV2Command({ Bucket }))],
          [`list versions ${bucket}`, () => client.send(new ListObjectVersionsCommand({ Bucket }))],
        ];
      },
    ),
  ];

  /** What was put there by those who may. */
  const cleanUp = async (): Promise<void> => {
    for (const [bucket, folder] of places) {
      const Bucket = room.archive.nameOf(bucket);
      for (const Key of await room.archive.versionsIn(bucket, `${folder}/nobody/`))
        await room.archive.s3.send(new DeleteObjectCommand({ Bucket, Key }));
    }
  };

  const isRefused = async (attempt: () => Promise<unknown>): Promise<boolean> => {
    const fault = await attempt().then(
      () => null,
      (error: Error) => error,
    );
    return fault !== null && /not authorized|AccessDenied/.test(`${fault.name} ${fault.message}`);
  };

  test('may do with the archive what each function has to, and nothing else', async () => {
    const functions = await room.laptop.console<FunctionStatistics[]>('/functions');
    expect(functions.length).toBeGreaterThan(15);
    const may: Record<string, readonly string[]> = {};
    for (const { name } of functions) {
      const client = clientOf(await credentialsOf(name));
      const allowed: string[] = [];
      for (const [what, attempt] of attempts(client)) if (!(await isRefused(attempt))) allowed.push(what);
      if (allowed.length > 0) may[name] = allowed.sort();
    }
    await cleanUp();
    expect(may).toEqual(
      Object.fromEntries(Object.entries(mayDo).map(([name, allowed]) => [name, [...allowed].sort()])),
    );
  });

  test.runIf(findAws())('are refused the rest in the words of the command line tool, too', async () => {
    const as = async (name: string): Promise<RunAws> =>
      awsAs(room.archive.engines, await credentialsOf(name), folder);
    const id = await upload(staff, MINUTES);
    await room.archive.endOf(id);
    const [reader, page, anybody] = await Promise.all(
      ['inspect-upload', 'archive-web', 'documents-web'].map(as),
    );
    const stolen = join(folder, 'stolen');
    const archived = ['--bucket', room.archive.nameOf('documents'), '--key', `files/${id}`];
    const quarantine = ['--bucket', room.archive.nameOf('uploads')];
    const refused = await Promise.all([
      reader?.('s3api', 'get-object', ...archived, stolen),
      reader?.('s3api', 'list-object-versions', ...quarantine),
      reader?.('s3api', 'put-object', ...quarantine, '--key', 'files/a/b'),
      page?.('s3api', 'get-object', ...quarantine, '--key', 'files/a/b', stolen),
      page?.('s3api', 'delete-object', ...archived),
      anybody?.('s3api', 'get-object', ...archived, stolen),
    ]);
    expect(refused.map((ran) => [ran?.code, /AccessDenied/.test(ran?.err ?? '')])).toEqual(
      refused.map(() => [1, true]),
    );
  });

  test('do not make the program believe in files that it never asked for', async () => {
    const client = clientOf(await credentialsOf('archive-web'));
    const Bucket = room.archive.nameOf('uploads');
    const { id, form } = await begin();
    const keys = [
      `files/${randomUUID()}/abc`,
      `files/${id}/guessed`,
      `${fieldOf(form, 'key')}x`,
      `files/${id}`,
      `files/${id}/../${id}/guessed`,
      'files/__proto__/x',
      `files/${'x'.repeat(900)}`,
    ];
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    await room.laptop.settle();
    expect(await stored(id)).toMatchObject({ object: null, outcome: null });
    expect(await room.archive.documents.find(id)).toBeNull();
    const left = (await room.archive.versionsIn('uploads', 'files/')).filter((key) => keys.includes(key));
    // They wait there for the bucket to forget them: no link leads to them, and no function reads them out.
    const answers = await Promise.all(
      left.map((key) =>
        fetch(
          `${room.archive.engines.s3.endpoint}/${Bucket}/${key.split('/').map(encodeURIComponent).join('/')}`,
        ),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(left.map(() => 403));
  });
});
