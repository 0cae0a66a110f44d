import type { Clock } from '#domain/shared/clock.ts';
import { SegmentDamaged } from './bytes.ts';
import { bitsOf, type IndexKeys, type Manifest, readManifest, type SegmentInfo } from './manifest.ts';
import { Segment } from './segment.ts';
import type { SegmentStore, Tag } from './segment-store.ts';
import type { LiveSegment } from './view.ts';

/** For so long the index is taken for what it was. */
const FRESH_MILLISECONDS = 1_000;
/** How often it may happen in a row that what the manifest names is gone when it is fetched. */
const ATTEMPTS = 3;

/** The index as of one manifest. */
export type Snapshot = readonly LiveSegment[];

interface Known {
  readonly tag: Tag | undefined;
  readonly at: number;
  readonly snapshot: Snapshot;
}

/**
 * Keeps what was loaded of an index: asks once a second whether there is another manifest, and fetches the segments
 * that are new in it. Segments never change, so that each is fetched once in the life of a process.
 */
export class Snapshots {
  readonly #store: SegmentStore;
  readonly #clock: Clock;
  readonly #keys: IndexKeys;
  #segments = new Map<string, Segment>();
  #known: Known | null = null;
  #loading: Promise<Snapshot> | null = null;

  constructor(store: SegmentStore, clock: Clock, keys: IndexKeys) {
    this.#store = store;
    this.#clock = clock;
    this.#keys = keys;
  }

  /** The index as it was a second ago or later. */
  async current(): Promise<Snapshot> {
    const known = this.#known;
    if (known && Math.abs(this.#now() - known.at) < FRESH_MILLISECONDS) return known.snapshot;
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** Forgets that the manifest was looked at: something that it names is gone. */
  distrust(): void {
    if (this.#known) this.#known = { ...this.#known, at: Number.NEGATIVE_INFINITY };
  }

  async #load(): Promise<Snapshot> {
    for (let attempt = 1; ; attempt += 1) {
      const at = this.#now();
      const found = await this.#store.get(this.#keys.manifest, this.#known?.tag);
      if (found === 'unchanged' && this.#known) return this.#keep({ ...this.#known, at });
      if (found === null || found === 'unchanged') return this.#keep({ tag: undefined, at, snapshot: [] });
      const snapshot = await this.#open(readManifest(found.bytes));
      if (snapshot) return this.#keep({ tag: found.tag, at, snapshot });
      if (attempt === ATTEMPTS) throw new SegmentDamaged('The manifest names segments that are not there');
    }
  }

  #keep(known: Known): Snapshot {
    this.#known = known;
    return known.snapshot;
  }

  /** Null when a segment is no longer there: then there is a newer manifest. */
  async #open({ segments }: Manifest): Promise<Snapshot | null> {
    const opened = await Promise.all(segments.map((info) => this.#openOne(info)));
    const snapshot = opened.filter((live) => live !== null);
    if (snapshot.length < segments.length) return null;
    this.#segments = new Map(snapshot.map(({ name, segment }) => [name, segment]));
    return snapshot;
  }

  async #openOne(info: SegmentInfo): Promise<LiveSegment | null> {
    const segment = this.#segments.get(info.name) ?? (await this.#fetch(info.name));
    return segment && { name: info.name, segment, dead: bitsOf(info) };
  }

  async #fetch(name: string): Promise<Segment | null> {
    const found = await this.#store.get(this.#keys.index(name));
    if (found === null || found === 'unchanged') return null;
    const segment = new Segment(found.bytes);
    this.#segments.set(name, segment);
    return segment;
  }

  #now(): number {
    return Date.parse(this.#clock.now());
  }
}
