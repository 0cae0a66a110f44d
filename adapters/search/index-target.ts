import type { SearchRecord } from '#domain/search/ports.ts';
import { buildSegment, type Revised } from './build-segment.ts';
import { digestOf } from './identities.ts';
import type { IndexFiles } from './index-files.ts';
import { latestRevision, RecordsOfSegments, type SegmentRecords } from './known-records.ts';
import { type Manifest, type SegmentInfo, withDead } from './manifest.ts';

/** What a change comes to for one index: a record, or null when it is not to be there. */
export interface Entry {
  readonly id: string;
  readonly revision: number;
  readonly record: SearchRecord | null;
}

const hasRecord = (entry: Entry): entry is Entry & Revised => entry.record !== null;

/** Puts changes into one index. */
export class IndexTarget {
  readonly #files: IndexFiles;
  readonly #records: RecordsOfSegments;

  constructor(files: IndexFiles) {
    this.#files = files;
    this.#records = new RecordsOfSegments(files);
  }

  /** Takes what is newer than what the index has; each record occurs once. */
  async apply(entries: readonly Entry[]): Promise<void> {
    const { manifest } = await this.#files.read();
    const known = await this.#records.of(manifest);
    const fresh = entries.filter(({ id, revision }) => revision > latestRevision(known, id));
    if (fresh.length === 0) return;
    const uploaded = await this.#files.upload(this.#build(fresh));
    await this.#files.commit(uploaded, async (now) =>
      enter(now, await this.#records.of(now), uploaded.info, fresh),
    );
  }

  #build(entries: readonly Entry[]) {
    const at = Date.parse(this.#files.ports.clock.now());
    const removals = entries
      .filter(({ record }) => record === null)
      .map(({ id, revision }) => ({ digest: digestOf(id), revision, at }));
    return buildSegment(entries.filter(hasRecord), removals);
  }
}

/**
 * A manifest with one more segment. In the others, what this one has in a newer revision is dead; in this one, what
 * others have learnt in a newer revision while it was made.
 */
const enter = (
  manifest: Manifest,
  segments: readonly SegmentRecords[],
  entering: SegmentInfo,
  entries: readonly Entry[],
): Manifest => {
  const outdated = segments.map(({ info, documents }) =>
    withDead(
      info,
      entries.flatMap(({ id, revision }) => {
        const known = documents.get(id);
        return known && known.revision < revision ? [known.document] : [];
      }),
    ),
  );
  const late = entries
    .filter(hasRecord)
    .flatMap(({ id, revision }, document) => (latestRevision(segments, id) >= revision ? [document] : []));
  return { ...manifest, segments: [...outdated, withDead(entering, late)] };
};
