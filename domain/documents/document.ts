import * as z from 'zod';
import { localDateSchema } from '../actions/timescale/timescale.ts';
import { areaCodeSchema } from '../areas/area.ts';
import { leftOut, shown } from '../audit/marking.ts';
import type { Instant } from '../shared/clock.ts';
import type { CorrelationId, Id } from '../shared/ids.ts';
import { emailAddressSchema } from '../shared/text.ts';
import { unitIdSchema } from '../staff/unit.ts';
import { type FileType, fileTypeNames } from './file-type.ts';

/** What a document is, as people look for it (domain.md, Document). */
export const documentKinds = ['results', 'report', 'minutes', 'guidance', 'form', 'plan', 'other'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Who may see it: the staff of its unit (and who sees everything), all staff, everybody. */
export const audiences = ['unit', 'staff', 'public'] as const;
export type DocumentAudience = (typeof audiences)[number];

/** Languages in which documents of an authority in England or Wales are written; `other` for the rest. */
export const documentLanguages = ['en', 'cy', 'bn', 'gu', 'pa', 'pl', 'ro', 'so', 'ur', 'other'] as const;

/** Characters. */
export const MOST_TITLE = 200;
export const MOST_SUMMARY = 1_000;
export const MOST_TAG = 40;
export const MOST_TAGS = 20;
export const MOST_AREAS = 200;
export const MOST_RELATED = 50;
/** Versions of one document: they are kept in its record, and a record holds 400 KB. */
export const MOST_VERSIONS = 200;

/** What staff say of a document. */
export const documentDetailsSchema = z.object({
  title: shown(z.string().min(1)),
  /** A sentence or two for whoever finds it; may be empty. */
  summary: shown(z.string()),
  kind: shown(z.enum(documentKinds)),
  areas: shown(z.array(areaCodeSchema)),
  /** The consultation that it belongs to, as people call it; null for none. */
  consultation: shown(z.string().nullable()),
  /** The days that it is about; null where there is no beginning or end. */
  from: shown(localDateSchema.nullable()),
  to: shown(localDateSchema.nullable()),
  language: shown(z.enum(documentLanguages)),
  audience: shown(z.enum(audiences)),
  tags: shown(z.array(z.string())),
  /** Documents that somebody who reads this one should know. */
  related: shown(z.array(z.string())),
  /** When its owner should look whether it still holds; null for never. */
  reviewOn: shown(localDateSchema.nullable()),
});
export type DocumentDetails = z.infer<typeof documentDetailsSchema>;

/** What became of the scan for malware. `not-scanned`: there was no engine, which only a laptop may have. */
const scanOutcomes = ['clean', 'not-scanned'] as const;

/** One version of a document: a file that was checked and is never changed. */
export const documentFileSchema = z.object({
  /** The id of the upload that it came by: names the object in the archive. */
  id: z.string(),
  /** As it was called where it came from. */
  name: z.string(),
  type: z.enum(fileTypeNames as [FileType, ...FileType[]]),
  bytes: z.int().positive(),
  /** Of the whole file, in lower-case hexadecimal. */
  sha256: z.string(),
  pages: z.int().positive().nullable(),
  /** Characters of text that could be read in it; 0 for pictures and scans. */
  characters: z.int().nonnegative(),
  scan: z.enum(scanOutcomes),
  at: z.string(),
  /** The address of the account that uploaded it. */
  by: emailAddressSchema,
});
export type DocumentFile = z.infer<typeof documentFileSchema>;

export const documentSchema = documentDetailsSchema.extend({
  id: leftOut(z.string()),
  unit: shown(unitIdSchema),
  /** The address of the account that is reminded to review it. */
  owner: shown(emailAddressSchema),
  /** The oldest first; there is always one. */
  files: shown(z.array(documentFileSchema).min(1)),
  /** Why nobody should rely on it any more; the record stays as a stub. */
  withdrawn: shown(z.object({ reason: z.string(), at: z.string(), by: z.string() }).nullable()),
  createdAt: leftOut(z.string()),
  /** When it was last changed in any way. */
  changedAt: leftOut(z.string()),
  version: leftOut(z.int().min(1)),
});

/** Something in the archive. */
export type ArchiveDocument = z.infer<typeof documentSchema>;

/** The version that people get when they ask for the document. */
export const currentFile = ({ files }: Pick<ArchiveDocument, 'files'>): DocumentFile => {
  const last = files.at(-1);
  if (!last) throw new TypeError('A document has at least one version');
  return last;
};

/** One deed on a document, with what it changed, as whoever may see the document reads it. */
export interface DocumentEvent {
  readonly id: Id;
  readonly document: Id;
  readonly at: Instant;
  readonly by: string;
  readonly deed: string;
  /** Fields that changed, as they were and as they became; null for a document that is new. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly correlationId: CorrelationId;
}
