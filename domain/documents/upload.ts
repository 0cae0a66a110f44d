import * as z from 'zod';
import { leftOut, shown } from '../audit/marking.ts';
import { addHours, addSeconds, type Instant, type LocalDate, londonDate } from '../shared/clock.ts';
import { addDays } from '../shared/days.ts';
import { emailAddressSchema } from '../shared/text.ts';
import { unitIdSchema } from '../staff/unit.ts';
import { documentDetailsSchema } from './document.ts';
import { type FileType, fileTypeNames } from './file-type.ts';
import { fileFaults } from './inspection.ts';

/** Seconds for which a permission to upload holds: long enough for 100 MB on a slow line. */
export const PERMISSION_SECONDS = 15 * 60;

/** Hours in which a file has to be described that was checked; then it is forgotten. */
export const HOURS_TO_DESCRIBE = 30 * 24;

/** Minutes after which a verdict that did not come is taken for one that never comes. */
export const MINUTES_FOR_VERDICTS = 60;

/** Why an upload came to nothing: a fault of the file, or of the check. */
export const refusalReasons = [
  ...fileFaults,
  /** Malware was found in it. */
  'infected',
  /** The scan for malware could not be done, or failed. */
  'not-scannable',
  /** A verdict did not come in time. */
  'not-checked-in-time',
  /** Nobody said what it is, for HOURS_TO_DESCRIBE. */
  'not-described',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** What the scan for malware said. `not-scanned`: there is no engine. */
export const scanVerdicts = ['clean', 'infected', 'failed', 'not-scanned'] as const;
export type ScanVerdict = (typeof scanVerdicts)[number];

const readableSchema = z.object({
  type: z.enum(fileTypeNames as [FileType, ...FileType[]]),
  sha256: z.string(),
  pages: z.int().positive().nullable(),
  characters: z.int().nonnegative(),
  language: z.string().nullable(),
  title: z.string().nullable(),
});

const outcomeSchema = z.discriminatedUnion('kind', [
  /** It is in the archive's bucket, and belongs to no document yet. */
  z.object({ kind: z.literal('checked'), at: z.string() }),
  z.object({ kind: z.literal('refused'), at: z.string(), reason: z.enum(refusalReasons) }),
  /** It is a version of a document. */
  z.object({ kind: z.literal('filed'), at: z.string(), document: z.string() }),
]);

export const uploadSchema = z.object({
  id: leftOut(z.string()),
  /** The address of the account that uploads it: nobody else sees it until it is in a document. */
  owner: shown(emailAddressSchema),
  unit: shown(unitIdSchema),
  /** As the file is called where it comes from, on one line. */
  name: shown(z.string()),
  /** What its name promises. */
  type: shown(z.enum(fileTypeNames as [FileType, ...FileType[]])),
  /** Where it has to arrive in quarantine. Holds a secret, so that nobody guesses the key of another upload. */
  key: leftOut(z.string()),
  at: shown(z.string()),
  /** The document that it is meant to be a new version of. */
  replaces: shown(z.string().nullable()),
  /** What was said of it before it was checked. */
  details: shown(documentDetailsSchema.nullable()),
  /** The first object that arrived under its key: later ones are none of it. */
  object: shown(
    z
      .object({
        versionId: z.string(),
        /** Null until S3 has told of its arrival, which may come after what others say of it. */
        bytes: z.int().nonnegative().nullable(),
        at: z.string(),
      })
      .nullable(),
  ),
  /** What the reader said of this object. */
  inspection: shown(
    z
      .union([
        readableSchema.extend({ outcome: z.literal('readable') }),
        z.object({ outcome: z.literal('refused'), fault: z.enum(fileFaults) }),
      ])
      .nullable(),
  ),
  scan: shown(z.enum(scanVerdicts).nullable()),
  outcome: shown(outcomeSchema.nullable()),
  /** The operator brought it, in the name of its owner. */
  byOperator: shown(z.boolean()),
  correlationId: leftOut(z.string()),
  version: leftOut(z.int().min(1)),
});

/** A file on its way into the archive. */
export type Upload = z.infer<typeof uploadSchema>;

/** The last day on which a file that was checked at this moment can be described. */
export const lastDayToDescribe = (checkedAt: Instant): LocalDate =>
  addDays(londonDate(addHours(checkedAt, HOURS_TO_DESCRIBE)), -1);

export const permissionEndsAt = ({ at }: Pick<Upload, 'at'>): Instant => addSeconds(at, PERMISSION_SECONDS);

/** The id of the upload that an object in quarantine belongs to; null for a key that is none of ours. */
export const uploadOfKey = (key: string): string | null =>
  /^files\/([0-9a-f-]{36})\/[\w-]+$/.exec(key)?.[1] ?? null;

export const keyOfUpload = (id: string, secret: string): string => `files/${id}/${secret}`;

/** Where it stands, as its uploader sees it. */
export type UploadState = 'expected' | 'expired' | 'checking' | 'checked' | 'refused' | 'filed';

export const stateOf = (upload: Upload, now: Instant): UploadState => {
  if (upload.outcome) return upload.outcome.kind;
  if (upload.object) return 'checking';
  return now > permissionEndsAt(upload) ? 'expired' : 'expected';
};
