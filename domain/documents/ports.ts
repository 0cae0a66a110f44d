import type { Instant } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { Id } from '../shared/ids.ts';
import type { Page, Paged } from '../shared/paged.ts';
import type { ArchiveDocument, DocumentEvent, DocumentFile } from './document.ts';
import type { Inspection } from './inspection.ts';
import type { Upload } from './upload.ts';

/** Files on their way into the archive. Those that came to nothing are forgotten after some weeks. */
export interface Uploads {
  find(id: Id): Promise<Upload | null>;
  /** What an account has uploaded, the newest first. */
  ownedBy(email: string, page: Page): Promise<Paged<Upload>>;
  /** Those on which somebody has to decide and that began before a moment, the oldest first. May be a moment old. */
  undecided(before: Instant): AsyncIterable<Upload>;
  /** Refused as `already-there`. */
  toAdd(upload: Upload): Write;
  /** Refused as `changed-meanwhile` unless the stored version is the one given, which goes up by one. */
  toChange(upload: Upload): Write;
}

/** Asks for another look at uploads that nobody has told anything of for a while. */
export interface UploadQueue {
  /** Names the uploads (by id) that were not taken. */
  announce(
    overdue: readonly { readonly id: Id; readonly correlationId: string }[],
  ): Promise<{ failed: readonly Id[] }>;
}

/** What is in the archive. */
export interface Documents {
  find(id: Id): Promise<ArchiveDocument | null>;
  /**
   * Documents one version of which has this content, or bears this name; in no promised order, and of very many only
   * some.
   */
  withFile(like: Pick<DocumentFile, 'sha256' | 'name'>): Promise<readonly ArchiveDocument[]>;
  /** Documents that an account looks after, in no promised order. */
  ownedBy(email: string): Promise<readonly ArchiveDocument[]>;
  /** All of them, withdrawn ones too, by the time when they came. May be a moment old. */
  all(): AsyncIterable<ArchiveDocument>;
  toAdd(document: ArchiveDocument): Write;
  /** Refused as `changed-meanwhile` unless the stored version is the one of `before`. Stores `after` one version on. */
  toChange(before: ArchiveDocument, after: ArchiveDocument): Write;
}

/** What was done to documents: nothing here is ever changed. */
export interface DocumentEvents {
  /** The newest first. */
  of(document: Id, page: Page): Promise<Paged<DocumentEvent>>;
  toAdd(event: DocumentEvent): Write;
}

/** A document has changed: what is made from it (the index, what the public gets) has to follow. */
export interface DocumentChange {
  readonly id: Id;
  readonly document: Id;
  readonly postedAt: Instant;
  readonly correlationId: string;
}

/** Posts changes to whoever follows them, together with the change itself. */
export interface DocumentChanges {
  toPost(change: DocumentChange): Write;
}

/** Takes changes to those who follow documents. */
export interface DocumentQueue {
  /** Names the changes (by id) that were not taken. */
  announce(changes: readonly Omit<DocumentChange, 'postedAt'>[]): Promise<{ failed: readonly Id[] }>;
}

/** A form with which a browser may send one file, and nothing else, straight to quarantine. */
export interface UploadForm {
  readonly url: string;
  /** Hidden fields, in the order in which they have to stand before the field `file`. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Where files lie until they are checked. Nobody can open anything in it. */
export interface Quarantine {
  /**
   * Permits one upload: key, media type, name and redirection are fixed, the size bounded, and the permission ends.
   * S3 takes a second file under the same permission as another version, which nobody ever looks at.
   */
  permit(wanted: {
    readonly key: string;
    readonly mediaType: string;
    readonly name: string;
    readonly mostBytes: number;
    readonly seconds: number;
    /** Where the browser goes when the file has arrived; null for a script, which stays where it is. */
    readonly then: string | null;
  }): Promise<UploadForm>;
  /** Removes what there is under the key of an upload, in all its versions, and what was said of it. */
  remove(key: string): Promise<void>;
}

/** What the isolated reader wrote about one version of an object in quarantine; null when it wrote nothing that can be believed. */
export interface Inspections {
  find(of: { readonly key: string; readonly versionId: string }): Promise<Inspection | null>;
}

/** The files of the archive, each under the id of its upload, and what can be read in them. */
export interface ArchiveFiles {
  /** Takes over one version of an object from quarantine, byte for byte; again, it is there once. */
  takeIn(from: { readonly key: string; readonly versionId: string }, file: Id): Promise<void>;
  saveText(file: Id, text: string): Promise<void>;
  /** Null when there is none. */
  text(file: Id): Promise<string | null>;
  /** Removes a file that belongs to no document, with its text. */
  remove(file: Id): Promise<void>;
}

/** Lets people download from the archive. */
export interface Downloads {
  /** An address from which a browser gets the file under its name as an attachment, for so many seconds. */
  link(file: Pick<DocumentFile, 'id' | 'name' | 'type'>, seconds: number): Promise<string>;
}

/** Puts files of this machine into quarantine, where a browser would have sent them. */
export interface QuarantineDoor {
  /**
   * Streams a file there (by its path, or the bytes themselves), with the media type and the name that a form of
   * `Quarantine.permit` fixes, and answers with the version of the object that it became.
   */
  put(
    to: { readonly key: string; readonly mediaType: string; readonly name: string },
    file: string | Uint8Array,
  ): Promise<{ readonly versionId: string; readonly bytes: number }>;
}

/** The files of the archive as they are stored, for whoever takes them away. */
export interface StoredFiles {
  /** The bytes of a file, as they come; null when there is no such file. Throws when they do not come to their end. */
  open(file: Id): Promise<AsyncIterable<Uint8Array> | null>;
}

/** What the public gets of the archive: copies, in a place of their own. */
export interface PublishedFiles {
  /** Copies a file and its text to where the public gets them; again, they are there once. */
  publish(file: Pick<DocumentFile, 'id' | 'name' | 'type'>): Promise<void>;
  /** Removes every copy of a file of this id. */
  withdraw(file: Id): Promise<void>;
  /** The text of a published file; null when it is not published or has none. */
  text(file: Id): Promise<string | null>;
}
