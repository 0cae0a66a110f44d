import type { Finding, Inspection } from './inspection.ts';

/** A version of an object in quarantine. */
export interface UploadedObject {
  readonly key: string;
  readonly versionId: string;
  readonly bytes: number;
}

/** A file that was fetched from quarantine, for as long as somebody looks at it. */
export interface FetchedFile {
  /** Where it lies on this machine. */
  readonly path: string;
  /** As the uploader calls it; '' when the upload does not say. */
  readonly name: string;
  readonly declaredType: string;
}

/** The files that wait for a verdict, and what is said of them. */
export interface QuarantinedFiles {
  /**
   * Fetches this very version, hands it to somebody to look at, and removes it from this machine whatever happens.
   * Null when it is not there any more.
   */
  lookAt<Seen>(object: UploadedObject, look: (file: FetchedFile) => Promise<Seen>): Promise<Seen | null>;
  /** Writes down what was found, beside the file; the same again when it is there already. */
  tell(inspection: Inspection): Promise<void>;
}

/** Reads a file in a cell of its own. A file that breaks it `could-not-be-read`. */
export type InspectFetched = (file: FetchedFile) => Promise<Finding>;
