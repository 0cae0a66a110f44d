import { addHours, addSeconds, type Clock } from '#domain/shared/clock.ts';
import type { Ids } from '#domain/shared/ids.ts';
import {
  EMPTY,
  forget,
  type IndexKeys,
  type Manifest,
  readManifest,
  type SegmentInfo,
  writeManifest,
} from './manifest.ts';
import type { AssembledSegment } from './segment-assembler.ts';
import type { SegmentStore, Tag } from './segment-store.ts';

export interface WriterPorts {
  readonly store: SegmentStore;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Waits before a lost race is run again; told how often it was lost. */
  readonly pause: (lost: number) => Promise<void>;
}

/** Readers may go by a manifest that is older than it should be: what was taken out of it is kept for so long. */
const GRACE_SECONDS = 15 * 60;
/** What no manifest names for so long after it was stored is nobody's. */
const ORPHAN_HOURS = 2;
/** A segment has to be named by a manifest within this time, or somebody may have taken it for nobody's. */
const COMMIT_HOURS = 1;
/** Writers at once that may each win a race before this one gives up. */
const ATTEMPTS = 30;

/** A segment that lies in the store, and is part of the index as soon as a manifest names it. */
export interface Uploaded {
  readonly info: SegmentInfo;
  readonly at: string;
}

/**
 * The objects of one index. Each change of it is objects that nobody knows yet, and then another manifest in the place
 * of the one that was read. Whoever is killed in between leaves objects that no manifest names; `sweep` removes them.
 */
export class IndexFiles {
  readonly ports: WriterPorts;
  readonly keys: IndexKeys;

  constructor(ports: WriterPorts, keys: IndexKeys) {
    this.ports = ports;
    this.keys = keys;
  }

  /** The tag is null as long as there is no manifest. */
  async read(): Promise<{ manifest: Manifest; tag: Tag | null }> {
    const found = await this.ports.store.get(this.keys.manifest);
    if (found === null || found === 'unchanged') return { manifest: EMPTY, tag: null };
    return { manifest: readManifest(found.bytes), tag: found.tag };
  }

  async upload(segment: AssembledSegment): Promise<Uploaded> {
    const { store, clock, ids } = this.ports;
    const { index, texts, documents, removals, identities } = segment;
    const at = clock.now();
    const name = ids.next();
    // Refused, it is there by an earlier try of the same call: nobody else has this name.
    if (texts.length > 0) await store.putIfAbsent(this.keys.texts(name), texts);
    await store.putIfAbsent(this.keys.index(name), index);
    const sizes = { documents, removals, bytes: index.length, textBytes: texts.length };
    return { info: { name, ...sizes, identities, dead: '' }, at };
  }

  /**
   * Changes the manifest as it is at that moment, again and again until no other writer was faster. A manifest that
   * names the segment already is this one's own work, of which the answer was lost. Null: there is nothing to change.
   */
  async commit(
    uploaded: Uploaded | null,
    change: (manifest: Manifest) => Manifest | null | Promise<Manifest | null>,
  ): Promise<void> {
    for (let lost = 0; lost < ATTEMPTS; lost += 1) {
      if (lost > 0) await this.ports.pause(lost);
      const { manifest, tag } = await this.read();
      if (uploaded && manifest.segments.some(({ name }) => name === uploaded.info.name)) return;
      const changed = await change(manifest);
      if (!changed) return;
      this.#checkAge(uploaded);
      if (await this.#write(changed, tag)) return;
    }
    throw new Error(`The manifest changed ${ATTEMPTS} times while it was to be changed`);
  }

  /** Removes objects that no manifest names and that nobody is about to name. */
  async sweep(): Promise<void> {
    const { store, clock } = this.ports;
    const before = addHours(clock.now(), -ORPHAN_HOURS);
    const old: string[] = [];
    for await (const { key, at } of store.list(this.keys.segments)) if (at < before) old.push(key);
    const { manifest } = await this.read();
    const named = new Set(
      [...manifest.segments, ...manifest.retired].flatMap(({ name }) => this.#objectsOf(name)),
    );
    const orphans = old.filter((key) => !named.has(key));
    if (orphans.length > 0) await store.delete(orphans);
  }

  /** Stores a manifest without what was retired long ago, and then removes that. */
  async #write(changed: Manifest, tag: Tag | null): Promise<boolean> {
    const { store, clock } = this.ports;
    const { manifest, forgotten } = forget(changed, addSeconds(clock.now(), -GRACE_SECONDS));
    const bytes = writeManifest(manifest);
    const isWritten =
      tag === null
        ? await store.putIfAbsent(this.keys.manifest, bytes)
        : await store.putIfMatch(this.keys.manifest, bytes, tag);
    if (isWritten && forgotten.length > 0)
      await store.delete(forgotten.flatMap((name) => this.#objectsOf(name)));
    return isWritten;
  }

  #checkAge(uploaded: Uploaded | null): void {
    if (uploaded && this.ports.clock.now() > addHours(uploaded.at, COMMIT_HOURS))
      throw new Error('A segment waited too long to become part of the index');
  }

  #objectsOf(name: string): string[] {
    return [this.keys.index(name), this.keys.texts(name)];
  }
}
