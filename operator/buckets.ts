import type { QuarantinedFiles } from '#domain/documents/inspection-ports.ts';
import type {
  ArchiveFiles,
  Inspections,
  Quarantine,
  QuarantineDoor,
  StoredFiles,
} from '#domain/documents/ports.ts';

/** The files that go with what is stored, as far as the operator carries them in and out. */
export interface Buckets {
  readonly quarantine: Quarantine;
  readonly quarantineDoor: QuarantineDoor;
  readonly quarantinedFiles: QuarantinedFiles;
  readonly inspections: Inspections;
  readonly archiveFiles: ArchiveFiles;
  readonly storedFiles: StoredFiles;
}
