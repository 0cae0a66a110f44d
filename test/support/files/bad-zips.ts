import { deflateRawSync } from 'node:zlib';
import type { BadFile } from './file-made.ts';
import { makeDocx } from './make-office.ts';
import { type EntryMade, makeZip, zipOf } from './make-zip.ts';

type Bad = Pick<BadFile, 'what' | 'fault' | 'bytes'>;

const changed = (
  what: string,
  fault: BadFile['fault'],
  change: (entries: readonly EntryMade[]) => readonly EntryMade[],
): Bad => ({
  ...{ what, fault },
  bytes: () => makeDocx(['Text'], { change }),
});

const added = (what: string, fault: BadFile['fault'], ...more: readonly EntryMade[]): Bad =>
  changed(what, fault, (entries) => [...entries, ...more]);

const last = (entries: readonly EntryMade[], change: Partial<EntryMade>): EntryMade[] =>
  entries.map((entry, index) => (index === entries.length - 1 ? { ...entry, ...change } : entry));

const NOTHING = 'An empty kilobyte. '.repeat(54);

/** Zeros, packed as well as deflate can. */
const zeros = (bytes: number): EntryMade => ({ name: 'word/media/zeros.bin', content: Buffer.alloc(bytes) });

const END = Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(16), Buffer.from([22, 0])]);

const bad: readonly Bad[] = [
  {
    what: 'a zip with something before it',
    fault: 'ambiguous',
    bytes: () =>
      makeDocx(['x'], {}).subarray(0) && Buffer.concat([Buffer.from('#!/bin/sh\n'), makeDocx(['x'])]),
  },
  {
    what: 'a zip with something behind it',
    fault: 'ambiguous',
    bytes: () => Buffer.concat([makeDocx(['x']), Buffer.from('more')]),
  },
  {
    what: 'a zip with a comment',
    fault: 'ambiguous',
    bytes: () => makeZip([{ name: 'a', content: 'a' }], { comment: 'hello' }),
  },
  {
    what: 'two zips in a row',
    fault: 'ambiguous',
    bytes: () => Buffer.concat([makeDocx(['one']), makeDocx(['two'])]),
  },
  {
    what: 'a zip with bytes between entries and directory',
    fault: 'ambiguous',
    bytes: () => makeZip([{ name: 'a', content: 'a' }], { between: 'hidden' }),
  },
  changed('a zip with a second end in a comment', 'ambiguous', (entries) => last(entries, { comment: END })),
  changed('a zip that does not end', 'damaged', (entries) => entries),
  changed('entries that share their bytes', 'ambiguous', (entries) =>
    entries.map((entry, index) => (index === 3 ? { ...entry, lies: { at: 0 } } : entry)),
  ),
  changed('an entry with another name in its own header', 'ambiguous', (entries) =>
    last(entries, { lies: { name: 'word/other.xml' } }),
  ),
  changed('an entry with another size in its own header', 'ambiguous', (entries) =>
    last(entries, { lies: { unpacked: 5 } }),
  ),
  changed('an entry that says less than it unpacks to', 'unpacks-too-large', (entries) =>
    last(entries, { lies: { unpacked: 5, everywhere: true } }),
  ),
  changed('an entry with another checksum', 'damaged', (entries) =>
    last(entries, { lies: { crc32: 5, everywhere: true } }),
  ),
  changed('an entry with bytes behind its end', 'ambiguous', (entries) =>
    last(entries, { packed: Buffer.concat([deflateRawSync('x'), Buffer.from('hidden')]), content: 'x' }),
  ),
  changed('an entry with a password', 'encrypted', (entries) => last(entries, { flags: 1 })),
  changed('an entry packed in an unusual way', 'damaged', (entries) => last(entries, { method: 12 })),
  added('a name that leads outside', 'damaged', { name: '../../evil.xml', content: '<a/>' }),
  added('a name from the root', 'damaged', { name: '/etc/passwd', content: '<a/>' }),
  added('a name with a backslash', 'damaged', { name: 'word\\..\\evil.xml', content: '<a/>' }),
  added('a name of a drive', 'damaged', { name: 'C:evil.xml', content: '<a/>' }),
  added('one name twice', 'ambiguous', { name: 'WORD/document.xml', content: '<a/>' }),
  added('a second name beside the name', 'ambiguous', {
    name: 'word/x.xml',
    content: '<a/>',
    extra: Buffer.concat([Buffer.from([0x75, 0x70, 9, 0, 1, 0, 0, 0, 0]), Buffer.from('evil')]),
  }),
  added('an archive inside, as in 42.zip', 'active-content', {
    name: 'word/media/lib.bin',
    content: zipOf({ 'a.txt': NOTHING }),
  }),
  added('a packed file inside', 'active-content', { name: 'word/a.7z', content: 'x' }),
  added('a bomb of zeros', 'unpacks-too-large', zeros(30_000_000)),
  added('a bomb that says so', 'unpacks-too-large', {
    name: 'word/a.bin',
    content: 'x',
    lies: { unpacked: 2_000_000_000, everywhere: true },
  }),
  {
    what: 'too many entries',
    fault: 'too-much-inside',
    bytes: () => makeZip(Array.from({ length: 10_001 }, (_, index) => ({ name: `n${index}`, content: '' }))),
  },
];

/** Documents whose zip is not as it should be. */
export const badZips = (): readonly BadFile[] =>
  bad.map((one) => ({
    ...one,
    name: 'Report.docx',
    declaredType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    bytes: async () => {
      const bytes = await one.bytes();
      return one.what === 'a zip that does not end' ? bytes.subarray(0, -100) : bytes;
    },
  }));
