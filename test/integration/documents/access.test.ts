import { randomUUID } from 'node:crypto';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ArchiveDocument, DocumentAudience } from '#domain/documents/document.ts';
import type { Upload } from '#domain/documents/upload.ts';
import { type Post, posts } from '#test/support/access/matrix.ts';
import type { ArchiveBucket } from '#test/support/archive/open-archive.ts';
import { type ScanningLaptop, startScanning } from '#test/support/archive/scanning-laptop.ts';
import { describeUpload, upload } from '#test/support/archive/send-file.ts';
import { inParallel, type PageSeen, type Visitor } from '#test/support/http-client.ts';
import { anUpload } from '#test/support/stores/records.ts';

/*
 * Every kind of document, and every link to it, for everybody: said once more and apart from the program.
 */

/** At noon, so that there is a day on both sides of it. */
const START = '2027-03-09T12:00:00Z';
const CAMDEN = 'camden-neighbourhoods';
const CENTRAL = 'central-engagement-unit';

interface Kept {
  readonly title: string;
  readonly unit: 'camden' | 'central';
  readonly audience: DocumentAudience;
  readonly isWithdrawn: boolean;
}

const kinds: readonly Omit<Kept, 'isWithdrawn' | 'title'>[] = [
  { unit: 'camden', audience: 'unit' },
  { unit: 'central', audience: 'unit' },
  { unit: 'central', audience: 'staff' },
  { unit: 'camden', audience: 'public' },
];
/** The word by which all of them are found. */
const WORD = 'xylophone';
const kept: readonly Kept[] = kinds.flatMap(({ unit, audience }) =>
  [false, true].map((isWithdrawn) => ({
    ...{ unit, audience, isWithdrawn },
    title: `${WORD} ${unit} ${audience}${isWithdrawn ? ' withdrawn' : ''}`,
  })),
);
/** Stands in the document that is for the central unit alone, and nowhere else. */
const SECRET = 'quixotropy';

/** Who may read it, by post. */
const reads = (post: Post, { unit, audience }: Kept): boolean => {
  if (post === 'group') return false;
  if (audience !== 'unit' || post === 'coordinator' || post === 'auditor') return true;
  return (post === 'practitioner' && unit === 'camden') || (post === 'admin' && unit === 'central');
};
const looksAfter = (post: Post, { unit }: Kept): boolean =>
  post === 'coordinator' || (post === 'practitioner' && unit === 'camden');
const keepsSome = (post: Post): boolean => post === 'coordinator' || post === 'practitioner';

let room: ScanningLaptop;
const documents = new Map<Kept, string>();
/** Of the version before the current one, where there are two. */
const idOf = (document: Kept): string => documents.get(document) ?? '';
const visitors = new Map<Post, Visitor>();
const as = (post: Post): Visitor => {
  const visitor = visitors.get(post);
  if (!visitor) throw new Error(`${post} is not signed in`);
  return visitor;
};

const signInAll = async (): Promise<void> => {
  for (const post of posts) visitors.set(post, await room.laptop.staff(post));
};

const file = async (document: Kept): Promise<void> => {
  const { unit, audience, title } = document;
  const staff = as(unit === 'camden' ? 'practitioner' : 'coordinator');
  const says = unit === 'central' && audience === 'unit' ? SECRET : 'nothing special';
  const content = `${title} says ${says}\n`;
  const id = await upload(staff, { name: `${title}.txt`, type: 'txt', content });
  await describeUpload(staff, id, { title, audience });
  expect((await room.archive.endOf(id)).outcome).toMatchObject({ kind: 'filed', document: id });
  documents.set(document, id);
};

const withdraw = async (id: string): Promise<PageSeen> => {
  const form = await as('coordinator').open(`/staff/documents/${id}/withdraw`);
  return as('coordinator').submit(form, { reason: 'It was wrong.' });
};

beforeAll(async () => {
  room = await startScanning({ now: START });
  await signInAll();
  await inParallel(kept, 4, file);
  await room.laptop.settle();
  for (const document of kept.filter(({ isWithdrawn }) => isWithdrawn))
    expect((await withdraw(idOf(document))).status).toBe(200);
  await room.laptop.settle();
});
afterAll(() => room?.stop());

interface Link {
  readonly name: string;
  readonly path: (id: string) => string;
  /** What a reader is answered, of a document that holds. */
  readonly answer: 200 | 303;
  /** Of a withdrawn one, those who do not look after it see a stub and nothing else. */
  readonly isClosed: boolean;
}

const readersLinks: readonly Link[] = [
  { name: 'page', path: (id) => `/staff/documents/${id}`, answer: 200, isClosed: false },
  { name: 'text', path: (id) => `/staff/documents/${id}/text`, answer: 200, isClosed: true },
  { name: 'history', path: (id) => `/staff/documents/${id}/history`, answer: 200, isClosed: true },
  { name: 'file', path: (id) => `/staff/documents/${id}/files/${id}`, answer: 303, isClosed: true },
];
const keepersLinks = ['edit', 'new-version', 'review', 'withdraw', 'restore'].map((name) => ({
  name,
  path: (id: string) => `/staff/documents/${id}/${name}`,
}));

/** What somebody is answered who asks for something to read. */
const answerTo = (post: Post, document: Kept, { answer, isClosed }: Link) => {
  if (post === 'group') return { status: 403, isStub: false };
  if (!reads(post, document)) return { status: 404, isStub: false };
  const isStub = document.isWithdrawn && isClosed && !looksAfter(post, document);
  return { status: isStub ? 303 : answer, isStub };
};

/** Forms that are for withdrawn documents alone, or for all others; what is said of a document can always be changed. */
const onlyWithdrawn = new Map([
  ['restore', true],
  ['review', false],
  ['new-version', false],
]);

/** What somebody is answered who asks for a form that changes it. */
const answerToChange = (post: Post, document: Kept, name: string): number => {
  if (!keepsSome(post)) return 403;
  if (!reads(post, document)) return 404;
  if (!looksAfter(post, document)) return 403;
  return document.isWithdrawn === onlyWithdrawn.get(name) || !onlyWithdrawn.has(name) ? 200 : 303;
};

const toS3 = (location: string | null): boolean =>
  location?.startsWith(`${room.archive.engines.s3.endpoint}/${room.archive.nameOf('documents')}/`) ?? false;

describe.each(posts)('signed in: %s', (post) => {
  test.each(kept)('$title: what one reads', async (document) => {
    const id = idOf(document);
    for (const link of readersLinks) {
      const response = await as(post).send(link.path(id));
      const [location, source] = [response.headers.get('location'), await response.text()];
      const { status, isStub } = answerTo(post, document, link);
      expect([link.name, response.status]).toEqual([link.name, status]);
      expect([link.name, response.headers.get('cache-control')]).toEqual([link.name, 'no-store']);
      if (status === 303) expect([link.name, toS3(location)]).toEqual([link.name, !isStub]);
      if (isStub) expect(location).toBe(`/staff/documents/${id}`);
      if (status >= 400) expect(source).not.toMatch(new RegExp(`${WORD}|${SECRET}`));
    }
  });

  test.each(kept.filter(({ isWithdrawn }) => isWithdrawn))('$title: leads to no file', async (document) => {
    const { source } = await as(post).open(`/staff/documents/${idOf(document)}`);
    expect(source.includes(`/files/${idOf(document)}`)).toBe(looksAfter(post, document));
  });

  test.each(kept)('$title: what one changes', async (document) => {
    for (const { name, path } of keepersLinks) {
      const response = await as(post).send(path(idOf(document)));
      expect([name, response.status]).toEqual([name, answerToChange(post, document, name)]);
      if (response.status >= 400) expect(await response.text()).not.toContain(WORD);
    }
  });

  test('what one may not see looks like what is not there', async () => {
    if (post === 'group') return;
    const seen = async (path: string) => {
      const page = await as(post).open(path);
      return [page.status, page.html.heading, page.html.text.replaceAll(/[0-9a-f-]{36}/g, 'ID')];
    };
    for (const document of kept.filter((one) => !reads(post, one)))
      for (const { path } of readersLinks)
        expect(await seen(path(idOf(document)))).toEqual(await seen(path(randomUUID())));
  });

  test('a file of another document, or of none, is not there', async () => {
    const [own, other] = [kept[4], kept[6]].map((document) => (document ? idOf(document) : ''));
    const expected = post === 'group' ? 403 : 404;
    for (const wrong of [other, randomUUID(), '__proto__', '%00'])
      expect([wrong, (await as(post).send(`/staff/documents/${own}/files/${wrong}`)).status]).toEqual([
        wrong,
        expected,
      ]);
  });

  const found = async (visitor: Visitor, path: string) => {
    const page = await visitor.open(path);
    const titles = page.html.links.map(({ text }) => text).filter((text) => text.startsWith(WORD));
    return { page, titles: titles.toSorted() };
  };

  test('a search finds what one may read, and counts no more', async () => {
    const path = `/staff/documents?q=${WORD}`;
    const { page, titles } = await found(as(post), path);
    if (post === 'group') return expect(page.status).toBe(403);
    const mine = kept.filter((document) => reads(post, document) && !document.isWithdrawn);
    expect(titles).toEqual(mine.map(({ title }) => title).toSorted());
    expect(page.html.text).toMatch(new RegExp(`\\b${mine.length} (results?|documents?)`));
    const options = page.source.matchAll(/name="unit" type="checkbox" value="([\w-]+)"[\s\S]*?\((\d+)\)/g);
    const counted = Object.fromEntries([...options].map(([, unit = '', count]) => [unit, Number(count)]));
    const byUnit = Map.groupBy(mine, ({ unit }) => (unit === 'camden' ? CAMDEN : CENTRAL));
    expect(counted).toEqual(Object.fromEntries([...byUnit].map(([unit, { length }]) => [unit, length])));
  });

  test('a search tells nothing of words that only others may read', async () => {
    if (post === 'group') return;
    const may = ['coordinator', 'auditor', 'admin'].includes(post);
    const exact = await found(as(post), `/staff/documents?q=${SECRET}`);
    expect(exact.titles).toHaveLength(may ? 1 : 0);
    for (const typed of ['quixotropi', 'quixotrop', 'quixotropy xylophon', `"says ${SECRET}"`]) {
      const { page, titles } = await found(as(post), `/staff/documents?q=${encodeURIComponent(typed)}`);
      const others = page.source
        .replaceAll(typed.replaceAll('"', '&quot;'), '')
        .replaceAll(encodeURIComponent(typed), '');
      if (!may) {
        expect([typed, titles.some((title) => title.includes('central unit'))]).toEqual([typed, false]);
        if (!typed.includes(SECRET)) expect([typed, others.includes(SECRET)]).toEqual([typed, false]);
      }
    }
  });
});

describe('the public', () => {
  const isPublic = ({ audience }: Kept): boolean => audience === 'public';
  const publishedPath = async (id: string): Promise<string> => {
    const page = await room.laptop.visitor().open(`/documents/${id}`);
    return page.html.links.find(({ href }) => href.startsWith('/documents/files/'))?.href ?? '';
  };

  test.each(kept)('$title', async (document) => {
    const id = idOf(document);
    const anybody = room.laptop.visitor();
    for (const { path } of [...readersLinks, ...keepersLinks]) {
      const { status, headers } = await anybody.send(path(id));
      expect([status, headers.get('location')]).toEqual([303, expect.stringMatching(/^\/sign-in/)]);
    }
    const page = await anybody.send(`/documents/${id}`);
    const text = await anybody.send(`/documents/${id}/text`);
    const [shown, isStub] = [isPublic(document), document.isWithdrawn];
    expect([page.status, text.status]).toEqual(!shown ? [404, 404] : isStub ? [200, 303] : [200, 200]);
    const source = await page.text();
    if (!shown) expect(source).not.toContain(WORD);
    if (isStub) expect(source).not.toContain('/documents/files/');
    const slug = document.title.replaceAll(' ', '-');
    const guesses = [`${slug}.txt`, 'file.txt', '', `${slug}.txt?versionId=null`].map(
      (name) => `/documents/files/${id}/${name}`,
    );
    const answers = await Promise.all(guesses.map(async (guess) => (await anybody.send(guess)).status));
    expect(answers).toEqual(shown && !isStub ? [200, 404, 404, 200] : [404, 404, 404, 404]);
  });

  test('finds what is published, and counts no more', async () => {
    const page = await room.laptop.visitor().open(`/documents?q=${WORD}`);
    const titles = page.html.links.map(({ text }) => text).filter((text) => text.startsWith(WORD));
    expect(titles).toEqual([`${WORD} camden public`]);
    expect(page.html.text).toMatch(/\b1 (result|document)\b/);
    const secret = await room.laptop.visitor().open('/documents?q=quixotropi');
    expect(secret.source).not.toContain(SECRET);
  });

  test('what shared caches keep of it, they keep for five minutes at most', async () => {
    const id = idOf(kept[6] as Kept);
    const paths = [`/documents/${id}`, `/documents/${id}/text`, '/documents', await publishedPath(id)];
    const ages = await Promise.all(
      paths.map(async (path) => (await room.laptop.visitor().send(path)).headers.get('cache-control') ?? ''),
    );
    expect(
      ages
        .map((age) => /s-maxage=(\d+)/.exec(age) ?? /max-age=(\d+)/.exec(age))
        .map((found) => Number(found?.[1])),
    ).toEqual([60, 60, 60, 300]);
  });

  test('opens nothing in any bucket without a signature, by whatever key', async () => {
    const { endpoint, buckets } = room.archive.engines.s3;
    const opened: unknown[] = [];
    let tried = 0;
    for (const [bucket, name] of Object.entries(buckets)) {
      const list = await fetch(`${endpoint}/${name}?list-type=2`);
      const keys = await room.archive.versionsIn(bucket as ArchiveBucket);
      const guesses = [...keys.slice(0, 60), ...kept.map((document) => `files/${idOf(document)}`)];
      const answers = await inParallel([...new Set(guesses)], 4, async (key) => {
        const { status } = await fetch(
          `${endpoint}/${name}/${key.split('/').map(encodeURIComponent).join('/')}`,
        );
        return [key, status];
      });
      tried += answers.length;
      opened.push(...[['', list.status], ...answers].filter(([, status]) => status !== 403));
    }
    expect(opened).toEqual([]);
    expect(tried).toBeGreaterThan(30);
  });
});

/** The link to S3 that somebody is given. */
const linkFor = async (post: Post, id: string, version = id): Promise<string> =>
  (await as(post).send(`/staff/documents/${id}/files/${version}`)).headers.get('location') ?? '';

const newDocument = async (details: { title: string; audience: DocumentAudience }): Promise<string> => {
  const staff = as('coordinator');
  const content = `${details.title}, version 1`;
  const id = await upload(staff, { name: `${details.title}.txt`, type: 'txt', content });
  await describeUpload(staff, id, details);
  await room.archive.endOf(id);
  await room.laptop.settle();
  return id;
};

const pass = async (minutes: number): Promise<void> => {
  await room.laptop.clock(new Date(Date.parse(await room.laptop.clock()) + minutes * 60_000).toISOString());
  await signInAll();
};

describe('a link to a file', () => {
  test('opens it for whoever holds it, also somebody else, within its minute, and nobody after that', async () => {
    const id = await newDocument({ title: 'Signed', audience: 'unit' });
    const link = await linkFor('coordinator', id);
    const fresh = await fetch(link);
    // By design: whoever may open a file may also hand it on, and S3 asks nobody but the signature.
    expect([fresh.status, await fresh.text()]).toEqual([200, 'Signed, version 1']);
    expect(fresh.headers.get('cache-control')).toBe('private, no-store');
    expect(fresh.headers.get('content-disposition')).toMatch(/^attachment; /);
    const url = new URL(link);
    expect(Number(url.searchParams.get('X-Amz-Expires'))).toBe(60);
    const others = [
      link.replace(`files/${id}`, `files/${idOf(kept[2] as Kept)}`),
      link.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'),
      link.replace(/response-content-type=[^&]+/, 'response-content-type=text%2Fhtml'),
      link.replace(/response-content-disposition=[^&]+/, 'response-content-disposition=inline'),
      link.replace(`files/${id}`, `texts/${id}.txt`),
    ];
    for (const other of others) {
      expect(other).not.toBe(link);
      expect((await fetch(other)).status).toBe(403);
    }
    await pass(2);
    expect((await fetch(link)).status).toBe(403);
  });

  test('holds for its minute after a withdrawal, and a new one is given to those only who look after it', async () => {
    const id = await newDocument({ title: 'Soon withdrawn', audience: 'staff' });
    const link = await linkFor('lead', id);
    await withdraw(id);
    // S3 does not know of the withdrawal: that is what the minute is for.
    expect((await fetch(link)).status).toBe(200);
    expect(await linkFor('lead', id)).toBe(`/staff/documents/${id}`);
    expect(toS3(await linkFor('coordinator', id))).toBe(true);
    await pass(2);
    expect((await fetch(link)).status).toBe(403);
  });
});

describe('what was published', () => {
  const isGone = async (id: string, path: string): Promise<void> => {
    await room.laptop.settle();
    const anybody = room.laptop.visitor();
    await expect.poll(async () => (await anybody.send(path)).status, { timeout: 30_000 }).toBe(404);
    expect((await anybody.send(`${path}?versionId=null`)).status).toBe(404);
    const { Contents = [] } = await room.archive.s3.send(
      new ListObjectsV2Command({ Bucket: room.archive.nameOf('published') }),
    );
    expect(Contents.map(({ Key }) => Key).filter((key) => key?.includes(id))).toEqual([]);
    const search = await anybody.open('/documents?q=published');
    expect(search.source).not.toContain(id);
  };

  test('is gone after a withdrawal', async () => {
    const id = await newDocument({ title: 'Published first', audience: 'public' });
    const path = `/documents/files/${id}/published-first.txt`;
    expect((await room.laptop.visitor().send(path)).status).toBe(200);
    await withdraw(id);
    await isGone(id, path);
    const stub = await room.laptop.visitor().open(`/documents/${id}`);
    expect([stub.status, stub.source.includes('/documents/files/')]).toEqual([200, false]);
    const form = await as('coordinator').open(`/staff/documents/${id}/restore`);
    await as('coordinator').submit(form, {});
    await room.laptop.settle();
    await expect
      .poll(async () => (await room.laptop.visitor().send(path)).status, { timeout: 30_000 })
      .toBe(200);
  });

  test('is gone when it is for staff alone from now on', async () => {
    const id = await newDocument({ title: 'Published by mistake', audience: 'public' });
    const path = `/documents/files/${id}/published-by-mistake.txt`;
    expect((await room.laptop.visitor().send(path)).status).toBe(200);
    const form = await as('coordinator').open(`/staff/documents/${id}/edit`);
    const edited = await as('coordinator').submit(form, { audience: 'staff' });
    expect([edited.status, edited.url.search]).toEqual([200, '?done=edited']);
    await isGone(id, path);
    expect((await room.laptop.visitor().send(`/documents/${id}`)).status).toBe(404);
  });
});

describe('somebody else’s upload', () => {
  const at = START;
  const object = { versionId: 'v1', bytes: 3, at };
  const states: Readonly<Record<string, Partial<Upload>>> = {
    expected: {},
    checking: { object },
    checked: { object, scan: 'clean', outcome: { kind: 'checked', at } },
    refused: { object, outcome: { kind: 'refused', at, reason: 'infected' } },
    filed: { object, scan: 'clean', outcome: { kind: 'filed', at, document: randomUUID() } },
  };

  test.each(Object.entries(states))('%s is there for nobody but its uploader', async (name, state) => {
    const { facts } = await room.laptop.store();
    const own = anUpload({
      ...{
        id: randomUUID(),
        owner: 'practitioner@folkmoot.example',
        unit: CAMDEN,
        at: await room.laptop.clock(),
      },
      ...state,
    });
    expect(await facts.commit([room.archive.uploads.toAdd(own)])).toEqual({ refused: null });
    onTestFinished(async () => {
      await facts.commit([
        room.archive.uploads.toChange({ ...own, outcome: { kind: 'refused', at, reason: 'damaged' } }),
      ]);
    });
    const paths = ['', '/describe'].map((more) => `/staff/documents/uploads/${own.id}${more}`);
    const seen = await Promise.all(
      posts.map(async (post) => [
        post,
        ...(await Promise.all(paths.map(async (path) => (await as(post).send(path)).status))),
      ]),
    );
    const ended = ['refused', 'filed'].includes(name);
    expect(seen).toEqual(
      posts.map((post) => {
        if (post === 'practitioner') return [post, 200, ended ? 303 : 200];
        return keepsSome(post) ? [post, 404, 404] : [post, 403, 403];
      }),
    );
    const lists = await Promise.all(
      [as('practitioner'), as('coordinator')].map((who) => who.open('/staff/documents/uploads')),
    );
    expect(lists.map(({ source }) => source.includes(own.id))).toEqual([true, false]);
    for (const path of paths) expect((await room.laptop.visitor().send(path)).status).toBe(303);
    const coordinator = as('coordinator');
    const form = await coordinator.open('/staff/documents/new');
    const { body } = coordinator.fill(form, { name: 'x.txt', type: 'txt' });
    // Somebody else's id in a form of one's own.
    body.set('id', own.id);
    const taken = await coordinator.send('/staff/documents/new', { method: 'POST', body });
    expect([403, 409]).toContain(taken.status);
  });
});

describe('the audit trail', () => {
  test('has each download once, with who and which version', async () => {
    const id = await newDocument({ title: 'Read by many', audience: 'staff' });
    const second = await upload(
      as('coordinator'),
      { name: 'Read by many.txt', type: 'txt', content: 'Read by many, version 2' },
      `/staff/documents/${id}/new-version`,
    );
    expect((await room.archive.endOf(second)).outcome).toMatchObject({ kind: 'filed', document: id });
    const document = (await room.archive.documents.find(id)) as ArchiveDocument;
    expect(document.files.map((one) => one.id)).toEqual([id, second]);
    const readers = posts.filter((post) => post !== 'group');
    for (const post of readers) {
      expect(await (await fetch(await linkFor(post, id, second))).text()).toBe('Read by many, version 2');
    }
    expect(await (await fetch(await linkFor('member', id, id))).text()).toBe('Read by many, version 1');
    expect(await linkFor('group', id, id)).toBe('');
    const { audit } = await room.laptop.store();
    const entries = (await audit.ofDay((await room.laptop.clock()).slice(0, 10))).filter(
      ({ deed, record }) => deed === 'download document' && record.id === id,
    );
    const told = entries.map(({ actor, change }) => [actor, change]);
    const by = (post: string) => ({ kind: 'staff', email: `${post}@folkmoot.example` });
    expect(told).toEqual([
      ...readers.map((post) => [by(post), { file: second, version: 2 }]),
      [by('member'), { file: id, version: 1 }],
    ]);
    const auditor = await as('auditor').open('/staff/audit');
    expect(auditor.html.text).toContain('member@folkmoot.example');
  });

  test('has nothing of a file that was not given', async () => {
    const secret = kept[2] as Kept;
    await linkFor('lead', idOf(secret));
    const { audit } = await room.laptop.store();
    const entries = await audit.ofDay(START.slice(0, 10));
    const downloads = entries.filter(
      ({ deed, record }) => deed === 'download document' && record.id === idOf(secret),
    );
    const allowed = posts.filter((post) => reads(post, secret)).map((post) => `${post}@folkmoot.example`);
    for (const { actor } of downloads) expect(allowed).toContain((actor as { email: string }).email);
  });
});
