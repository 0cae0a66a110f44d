import * as z from 'zod';
import { type FileType, fileTypeNames } from './file-type.ts';

/** Why a file is not taken, each told to whoever uploaded it (web/archive: `refusal.REASON`). */
export const fileFaults = [
  /** Nothing in it. */
  'empty',
  /** Larger than the archive takes. */
  'too-large',
  /** A type that the archive does not take, by its name or by its content. */
  'type-not-taken',
  /** The content is of another type than the name or the upload said. */
  'not-what-it-says',
  /** Two types at once: it could be opened as something else than what it was checked as. */
  'ambiguous',
  /** Protected by a password or by rights, so that nobody can look inside. */
  'encrypted',
  /** Macros, scripts, embedded programs or files, forms that act by themselves. */
  'active-content',
  /** Unpacks to far more than it is: a bomb, on purpose or not. */
  'unpacks-too-large',
  /** More pages, sheets, slides or text than can be read within the limits. */
  'too-much-inside',
  /** Broken: cut short, or not built as its type demands. */
  'damaged',
  /** Reading it took longer or more memory than it may. */
  'could-not-be-read',
] as const;
export type FileFault = (typeof fileFaults)[number];

const inspectedSchema = z.object({
  /** Which file this is about: the key and the version of the object, and the number of its bytes. */
  key: z.string(),
  versionId: z.string(),
  bytes: z.int().nonnegative(),
});

/**
 * What the isolated reader (functions/inspect-upload) says of a file in quarantine. It is written as JSON next to the
 * file; the program believes nothing in it that it can check itself, and nothing at all of a file other than its own.
 */
export const inspectionSchema = z.discriminatedUnion('outcome', [
  inspectedSchema.extend({
    outcome: z.literal('readable'),
    type: z.enum(fileTypeNames as [FileType, ...FileType[]]),
    /** Of the whole file, in lower-case hexadecimal. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** Pages of a PDF, slides, or sheets; null where the word means nothing or it cannot be known. */
    pages: z.int().positive().nullable(),
    /**
     * What can be read in it, paragraphs parted by empty lines; empty for pictures and scans. At most
     * MOST_TEXT_CHARACTERS, and `isTextCut` says whether there was more.
     */
    text: z.string(),
    isTextCut: z.boolean(),
    /** A language that the file itself declares (`en-GB`), else null. */
    language: z.string().nullable(),
    /** A title that the file itself declares, else null. Somebody's word, to be offered and never to be trusted. */
    title: z.string().nullable(),
  }),
  inspectedSchema.extend({
    outcome: z.literal('refused'),
    fault: z.enum(fileFaults),
    /** What exactly, for the log and for an officer who asks; a word or two without anything of the content. */
    detail: z.string(),
  }),
]);
export type Inspection = z.infer<typeof inspectionSchema>;

type Unplaced<Each> = Each extends unknown ? Omit<Each, 'key' | 'versionId'> : never;

/** What the content of a file alone tells, before it is said of which object it is. */
export type Finding = Unplaced<Inspection>;

/** About 300 pages of print. */
export const MOST_TEXT_CHARACTERS = 1_000_000;

/** Characters (UTF-16 code units) that a declared title may have. */
export const MOST_TITLE_CHARACTERS = 200;
