import type { LocalDate } from '../shared/clock.ts';
import { addDays } from '../shared/days.ts';
import type { Write } from '../shared/facts.ts';
import { operator } from '../staff/doer.ts';
import { type ArchiveDocument, type DocumentFile, MOST_VERSIONS } from './document.ts';
import { type DocumentPorts, documentWrites } from './document-deed.ts';
import type { Upload } from './upload.ts';

/** Days after which the owner of a document looks at it, where nobody has said another day: three years. */
const DAYS_TO_REVIEW = 3 * 365;

export const usualReview = (today: LocalDate): LocalDate => addDays(today, DAYS_TO_REVIEW);

/** The version that an upload becomes; null unless it was read and its bytes are known. */
const fileOf = ({ id, name, object, inspection, scan, owner }: Upload, at: string): DocumentFile | null => {
  if (inspection?.outcome !== 'readable' || !object?.bytes) return null;
  if (scan !== 'clean' && scan !== 'not-scanned') return null;
  const { type, sha256, pages, characters } = inspection;
  return { ...{ id, name, type, bytes: object.bytes, sha256, pages, characters, scan, at }, by: owner };
};

/** A document before and after a version was filed; null before for a new one. */
interface Filing {
  readonly before: ArchiveDocument | null;
  readonly after: ArchiveDocument;
}

const begin = (upload: Upload, file: DocumentFile, at: string): ArchiveDocument | null =>
  upload.details && {
    ...upload.details,
    // The same upload never makes two documents.
    id: upload.id,
    ...{ unit: upload.unit, owner: upload.owner, files: [file], withdrawn: null },
    ...{ createdAt: at, changedAt: at, version: 1 },
  };

const filingOf = async (
  { documents, clock }: Pick<DocumentPorts, 'documents' | 'clock'>,
  upload: Upload,
): Promise<Filing | null> => {
  const at = clock.now();
  const file = fileOf(upload, at);
  if (!file) return null;
  if (upload.replaces === null) {
    const after = begin(upload, file, at);
    return after && { before: null, after };
  }
  const before = await documents.find(upload.replaces);
  // It was withdrawn meanwhile, or is full: its uploader has to say what else is to become of the file.
  if (!before || before.withdrawn || before.files.length >= MOST_VERSIONS) return null;
  return { before, after: { ...before, files: [...before.files, file] } };
};

/**
 * The changes that make a checked file a version of a document, and which document; null as long as nobody has said what
 * it is, or when what was said does not hold any more.
 */
export const fileUpload = async (
  ports: Omit<DocumentPorts, 'facts'>,
  upload: Upload,
): Promise<{ readonly document: string; readonly writes: readonly Write[] } | null> => {
  const filing = await filingOf(ports, upload);
  if (!filing) return null;
  const deed = filing.before ? 'add version' : 'file document';
  const by = upload.byOperator ? operator : { email: upload.owner };
  const writes = await documentWrites(ports, { deed, by, correlationId: upload.correlationId, ...filing });
  return { document: filing.after.id, writes };
};
