import { SegmentDamaged } from './bytes.ts';
import { digestOf, type Identities, readIdentities } from './identities.ts';
import type { IndexFiles } from './index-files.ts';
import type { Manifest, SegmentInfo } from './manifest.ts';

/** What one segment knows of records: read once, since it never changes. */
interface Known {
  readonly documents: ReadonlyMap<string, { readonly document: number; readonly revision: number }>;
  /** Revisions of removals, by digest. */
  readonly removals: ReadonlyMap<string, number>;
}

export interface SegmentRecords extends Known {
  readonly info: SegmentInfo;
}

const knownOf = ({ ids, revisions, removals }: Identities): Known => ({
  documents: new Map(ids.map((id, document) => [id, { document, revision: revisions[document] ?? 0 }])),
  removals: new Map(removals.map(({ digest, revision }) => [digest, revision])),
});

/** The latest revision of a record that an index knows of, removals among them; -1 when it knows nothing of it. */
export const latestRevision = (segments: readonly SegmentRecords[], id: string): number => {
  const digest = digestOf(id);
  let latest = -1;
  for (const { documents, removals } of segments)
    latest = Math.max(latest, documents.get(id)?.revision ?? -1, removals.get(digest) ?? -1);
  return latest;
};

/** Reads of each segment which records it has, once in the life of a process. */
export class RecordsOfSegments {
  readonly #files: IndexFiles;
  #known = new Map<string, Known>();

  constructor(files: IndexFiles) {
    this.#files = files;
  }

  async of({ segments }: Manifest): Promise<SegmentRecords[]> {
    const records = await Promise.all(segments.map(async (info) => ({ info, ...(await this.#find(info)) })));
    this.#known = new Map(records.map(({ info, ...known }) => [info.name, known]));
    return records;
  }

  async #find({ name, identities: { from, length } }: SegmentInfo): Promise<Known> {
    const found = this.#known.get(name);
    if (found) return found;
    const { ports, keys } = this.#files;
    const bytes = await ports.store.getRange(keys.index(name), from, length);
    if (!bytes) throw new SegmentDamaged('The manifest names a segment that is not there');
    return knownOf(readIdentities(bytes));
  }
}
