import type { Digest } from '../../audit/seals.ts';
import type { Clock } from '../../shared/clock.ts';
import { type LocalDate, londonDate } from '../../shared/clock.ts';
import type { Id } from '../../shared/ids.ts';
import { oneLine } from '../../shared/text.ts';
import type { Actor } from '../../staff/actor.ts';
import { type ArchiveDocument, type DocumentDetails, MOST_RELATED, MOST_VERSIONS } from '../document.ts';
import { type FileType, typeOfName } from '../file-type.ts';
import { tidyName } from '../permit-upload.ts';
import type { Documents } from '../ports.ts';
import { mayKeep } from '../reach.ts';
import type { DetailsFault, DetailsFaultReason, DetailsNote } from './details-faults.ts';
import type { RowSaid } from './understand-row.ts';

/** A file on this machine. */
export interface FileFound {
  /** Where it lies. */
  readonly source: string;
  readonly sha256: string;
}

/** A file of the list with all that is known of it: which upload it becomes, and what that makes. */
export interface PlannedFile {
  readonly row: number;
  readonly path: string;
  readonly source: string;
  readonly sha256: string;
  readonly name: string;
  readonly type: FileType;
  /** The id of its upload, the same whenever the same file is brought as the same thing. */
  readonly id: Id;
  readonly details: DocumentDetails | null;
  readonly replaces: Id | null;
  /** The row that has to be in the archive before this one. */
  readonly after: number | null;
  /** The document that has this file already, so that there is nothing to bring. */
  readonly isIn: Id | null;
}

export interface FilesPlanned {
  readonly files: readonly PlannedFile[];
  readonly faults: readonly DetailsFault[];
  readonly notes: readonly DetailsNote[];
}

export interface PlanPorts {
  readonly documents: Pick<Documents, 'find' | 'withFile' | 'all'>;
  readonly digest: Digest;
  readonly clock: Clock;
}

const plain = (title: string): string => oneLine(title).toLowerCase();

/** A UUID that is made of nothing but a text (RFC 9562, version 8). */
const idNamed = (digest: Digest, name: readonly string[]): Id => {
  const hex = digest(JSON.stringify(['import documents', ...name]));
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
};

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** A document to which a row of the list adds something: of the archive, or of an earlier row. */
interface Target {
  readonly id: Id;
  readonly document: ArchiveDocument | null;
  /** The last row so far that makes it or adds to it. */
  readonly row: number | null;
}

/** Goes through the rows one after the other, since a row may name an earlier one. */
class Planner {
  readonly faults: DetailsFault[] = [];
  readonly notes: DetailsNote[] = [];
  readonly files: PlannedFile[] = [];
  readonly #ports: PlanPorts;
  readonly #by: Actor;
  readonly #today: LocalDate;
  /** Documents that rows make, or would if nothing were wrong with them, by what a later row may call them. */
  readonly #made = new Map<string, Id[]>();
  readonly #lastRow = new Map<Id, number>();
  readonly #contents = new Map<string, number>();
  readonly #ids: ReadonlySet<Id>;
  #titles: Map<string, ArchiveDocument[]> | null = null;

  constructor(ports: PlanPorts, by: Actor, rows: readonly RowSaid[]) {
    this.#ports = ports;
    this.#by = by;
    this.#today = londonDate(ports.clock.now());
    this.#ids = new Set(rows.flatMap(({ id }) => id ?? []));
  }

  async take(said: RowSaid, found: FileFound | null): Promise<void> {
    const name = tidyName(said.name ?? said.path);
    const type = this.#typeOf(said, name);
    if (said.replaces !== null) await this.#version(said, found && type ? { ...found, name, type } : null);
    else await this.#document(said, found && type ? { ...found, name, type } : null);
  }

  #fault({ row }: RowSaid, column: DetailsFault['column'], why: DetailsFaultReason, text: string): void {
    this.faults.push({ row, column, text, why });
  }

  #note(
    { row }: RowSaid,
    column: DetailsNote['column'],
    why: DetailsNote['why'],
    text: string,
    detail?: string,
  ) {
    this.notes.push({ row, column, why, text, ...(detail === undefined ? {} : { detail }) });
  }

  #typeOf(said: RowSaid, name: string): FileType | null {
    if (said.path === '') return null;
    const [type, own] = [typeOfName(name), typeOfName(said.path)];
    if (!own) this.#fault(said, 'file', 'type-not-taken', said.path);
    else if (type !== own) this.#fault(said, 'name', 'another-type', said.name ?? '');
    return own && type === own ? type : null;
  }

  async #document(
    said: RowSaid,
    file: (FileFound & { readonly name: string; readonly type: FileType }) | null,
  ): Promise<void> {
    const { title } = said;
    const id =
      said.id ?? idNamed(this.#ports.digest, [said.path, file?.sha256 ?? `row ${said.row}`, plain(title)]);
    const isIn = file && (await this.#homeOf(said, id, file, title));
    const document = isIn ?? id;
    this.#remember([said.id, said.path, plain(title)], document, said.row);
    const details = said.details && { ...said.details, related: await this.#related(said) };
    if (details?.reviewOn && details.reviewOn <= this.#today)
      this.#note(said, 'review', 'review-past', details.reviewOn);
    if (!file || !details) return;
    const { row, path } = said;
    this.files.push({ row, path, ...file, id, details, replaces: null, after: null, isIn });
  }

  /** The document that has this file already under this title; what has it under another is told. */
  async #homeOf(
    said: RowSaid,
    id: Id,
    file: FileFound & { readonly name: string },
    title: string,
  ): Promise<Id | null> {
    const has = ({ files }: ArchiveDocument) => files.some(({ sha256 }) => sha256 === file.sha256);
    const known = await this.#ports.documents.find(id);
    if (known && has(known)) return known.id;
    if (known) this.#fault(said, 'id', 'id-taken', id);
    const twice = this.#contents.get(file.sha256);
    if (twice !== undefined) this.#note(said, 'file', 'same-content-twice', said.path, String(twice));
    this.#contents.set(file.sha256, twice ?? said.row);
    const alike = (await this.#ports.documents.withFile(file)).filter(has);
    const same = said.id === null ? alike.find((each) => plain(each.title) === plain(title)) : undefined;
    if (!same)
      for (const other of alike)
        this.#note(said, 'file', 'same-content', said.path, `${other.title}" (${other.id})`);
    return same?.id ?? null;
  }

  async #version(
    said: RowSaid,
    file: (FileFound & { readonly name: string; readonly type: FileType }) | null,
  ): Promise<void> {
    for (const column of said.unused) this.#note(said, column, 'details-of-version', '');
    const target = await this.#targetOf(said);
    if (!target) return;
    const isIn =
      file && target.document?.files.some(({ sha256 }) => sha256 === file.sha256) ? target.id : null;
    this.#remember([said.path], target.id, isIn === null ? said.row : target.row);
    if (!file) return;
    const id = idNamed(this.#ports.digest, [said.path, file.sha256, 'version of', target.id]);
    const { row, path } = said;
    this.files.push({ row, path, ...file, id, details: null, replaces: target.id, after: target.row, isIn });
  }

  async #targetOf(said: RowSaid): Promise<Target | null> {
    const named = said.replaces ?? '';
    const rows = this.#made.get(named) ?? this.#made.get(plain(named)) ?? [];
    const [made, ...otherMade] = new Set(rows);
    if (otherMade.length > 0) return this.#noTarget(said, 'several-replaced');
    if (made !== undefined) {
      const document = await this.#ports.documents.find(made);
      return this.#checked(said, { id: made, document, row: this.#lastRow.get(made) ?? null });
    }
    const [document, ...others] = await this.#inArchive(named);
    if (!document) return this.#noTarget(said, 'unknown-replaced');
    if (others.length > 0) return this.#noTarget(said, 'several-replaced');
    return this.#checked(said, { id: document.id, document, row: this.#lastRow.get(document.id) ?? null });
  }

  #checked(said: RowSaid, target: Target): Target | null {
    const { document } = target;
    if (document?.withdrawn) return this.#noTarget(said, 'withdrawn-replaced');
    if (document && !mayKeep(this.#by, document)) return this.#noTarget(said, 'not-kept-replaced');
    if (document && document.files.length >= MOST_VERSIONS) return this.#noTarget(said, 'full-replaced');
    return target;
  }

  #noTarget(said: RowSaid, why: DetailsFaultReason): null {
    this.#fault(said, 'replaces', why, said.replaces ?? '');
    return null;
  }

  async #inArchive(named: string): Promise<readonly ArchiveDocument[]> {
    const id = ID.exec(named)?.[0];
    const byId = id === undefined ? null : await this.#ports.documents.find(id);
    if (byId) return [byId];
    this.#titles ??= await this.#readTitles();
    const titled = this.#titles.get(plain(named)) ?? [];
    const holding = titled.filter(({ withdrawn }) => !withdrawn);
    return holding.length > 0 ? holding : titled;
  }

  /** Titles are no keys: whoever names a document by one makes the program read them all, once. */
  async #readTitles(): Promise<Map<string, ArchiveDocument[]>> {
    const titles = new Map<string, ArchiveDocument[]>();
    for await (const document of this.#ports.documents.all()) {
      const title = plain(document.title);
      titles.set(title, [...(titles.get(title) ?? []), document]);
    }
    return titles;
  }

  async #related(said: RowSaid): Promise<string[]> {
    const ids = new Set<Id>();
    for (const named of said.related) {
      const id = ID.exec(named.toLowerCase())?.[0];
      const isThere =
        id !== undefined && (this.#ids.has(id) || (await this.#ports.documents.find(id)) !== null);
      if (isThere) ids.add(id);
      else this.#note(said, 'related', 'unknown-related', named);
    }
    if (ids.size > MOST_RELATED) this.#fault(said, 'related', 'too-many-related', '');
    return [...ids];
  }

  #remember(names: readonly (string | null)[], document: Id, row: number | null): void {
    for (const name of names)
      if (name !== null && name !== '') this.#made.set(name, [...(this.#made.get(name) ?? []), document]);
    if (row !== null) this.#lastRow.set(document, row);
  }
}

/**
 * Looks what each row of a list comes to, with what is in the archive now, and finds all that is wrong with it before
 * anything is stored. `found` has the file of each row of which there is one; `by` is the account in whose name the files
 * come.
 *
 * An upload's id follows from the path in the folder, the content and the title (of a version: the document), unless the
 * row gives one. So whatever is brought a second time is the same upload, also when the first time was broken off; and a
 * file that was mended, moved or is brought as something else is another.
 */
export const planFiles = async (
  ports: PlanPorts,
  rows: readonly RowSaid[],
  { by, found }: { readonly by: Actor; readonly found: ReadonlyMap<number, FileFound> },
): Promise<FilesPlanned> => {
  const planner = new Planner(ports, by, rows);
  for (const said of rows) await planner.take(said, found.get(said.row) ?? null);
  const { files, faults, notes } = planner;
  return { files, faults, notes };
};
