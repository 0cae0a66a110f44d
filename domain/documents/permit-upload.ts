import type { CorrelationId, Id } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import { oneLine, shorten } from '../shared/text.ts';
import type { Actor } from '../staff/actor.ts';
import { may } from '../staff/may.ts';
import type { DocumentPorts } from './document-deed.ts';
import { type FileType, fileTypes, MOST_FILE_BYTES, typeOfName } from './file-type.ts';
import type { Quarantine, UploadForm, Uploads } from './ports.ts';
import { mayKeep } from './reach.ts';
import { keyOfUpload, PERMISSION_SECONDS, type Upload } from './upload.ts';
import { uploadWrites } from './upload-deed.ts';

/** Characters of a file's name that are kept: percent-encoded, they fit into the 2 KB that S3 keeps beside an object. */
const MOST_NAME = 150;

/** The name promises a type that the archive does not take, or none. */
export class TypeNotTaken {
  readonly name = 'TypeNotTaken';
}

export class UploadNotAllowed {
  readonly name = 'UploadNotAllowed';
}

export interface UploadWanted {
  /** From the page, so that asking twice permits one upload. */
  readonly id: Id;
  /** What the file is called, folders and all that some browsers put before it. */
  readonly name: string;
  /** The document that it is to be a new version of. */
  readonly replaces: Id | null;
}

export interface PermitPorts {
  readonly uploads: Uploads;
  readonly quarantine: Quarantine;
  readonly documents: Pick<DocumentPorts['documents'], 'find'>;
  readonly duties: DocumentPorts['duties'];
  readonly audit: DocumentPorts['audit'];
  readonly facts: DocumentPorts['facts'];
  readonly clock: DocumentPorts['clock'];
  readonly ids: DocumentPorts['ids'];
}

/** The last part of a path, fit to be shown and sent in a header. A name that is too long keeps its extension. */
export const tidyName = (name: string): string => {
  const tidy = oneLine(name.split(/[/\\]/).at(-1) ?? '');
  const [extension = ''] = /\.[a-z]{1,10}$/i.exec(tidy) ?? [];
  const stem = tidy.slice(0, tidy.length - extension.length);
  return `${shorten(stem, MOST_NAME - extension.length)}${extension}`;
};

const begin = (
  { clock, ids }: Pick<PermitPorts, 'clock' | 'ids'>,
  { id, replaces }: UploadWanted,
  { name, type }: { readonly name: string; readonly type: FileType },
  { by, correlationId }: { readonly by: Actor; readonly correlationId: CorrelationId },
): Upload => ({
  ...{ id, owner: by.email, unit: by.unit.id, name, type, key: keyOfUpload(id, ids.secret()) },
  ...{ at: clock.now(), replaces, details: null, object: null, inspection: null, scan: null, outcome: null },
  ...{ byOperator: false, correlationId, version: 1 },
});

/**
 * Lets somebody send one file to quarantine within a quarter of an hour, and answers with the form that does it.
 * `then` is where the browser goes afterwards; null for a script, which stays where it is.
 */
export const permitUpload =
  (ports: PermitPorts) =>
  async (
    wanted: UploadWanted,
    then: string | null,
    deed: { readonly by: Actor; readonly correlationId: CorrelationId },
  ): Promise<Result<{ upload: Upload; form: UploadForm }, TypeNotTaken | UploadNotAllowed>> => {
    const { by } = deed;
    const name = tidyName(wanted.name);
    const type = typeOfName(name);
    if (!type) return failed(new TypeNotTaken());
    const replaced = wanted.replaces === null ? null : await ports.documents.find(wanted.replaces);
    const isAllowed =
      wanted.replaces === null
        ? may(by, 'keep documents', { unit: by.unit.id })
        : replaced && mayKeep(by, replaced) && !replaced.withdrawn;
    // The id comes from the page, and so from anybody: it is never that of something in the archive.
    if (!isAllowed || (await ports.documents.find(wanted.id))) return failed(new UploadNotAllowed());
    const upload = begin(ports, wanted, { name, type }, deed);
    const { refused } = await ports.facts.commit(
      await uploadWrites(ports, { deed: 'begin upload', by, before: null, after: upload }),
    );
    const known = refused === null ? upload : await ports.uploads.find(wanted.id);
    if (known?.owner !== by.email || known.name !== name || known.object)
      return failed(new UploadNotAllowed());
    return ok({ upload: known, form: await formFor(ports, known, then) });
  };

const formFor = (
  { quarantine }: PermitPorts,
  { key, type, name }: Upload,
  then: string | null,
): Promise<UploadForm> =>
  quarantine.permit({
    ...{ key, name, then, mediaType: fileTypes[type].mediaType },
    mostBytes: MOST_FILE_BYTES,
    seconds: PERMISSION_SECONDS,
  });
