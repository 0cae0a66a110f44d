import type { QuarantineDoor, StoredFiles } from '#domain/documents/ports.ts';

/** The files that go with what is stored, as far as the operator carries them in and out. */
export interface Buckets {
  readonly quarantineDoor: QuarantineDoor;
  readonly storedFiles: StoredFiles;
}
