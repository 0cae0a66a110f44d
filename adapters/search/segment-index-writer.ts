import { setTimeout as wait } from 'node:timers/promises';
import { randomBelow } from '#adapters/system/random.ts';
import type { SearchChange, SearchIndexWriter, SearchRecord } from '#domain/search/ports.ts';
import { IndexFiles, type WriterPorts } from './index-files.ts';
import { type Entry, IndexTarget } from './index-target.ts';
import { keysOf } from './manifest.ts';
import { tidyIndex } from './tidy-index.ts';

/** One of the indexes that are kept. */
export interface SearchTarget {
  /** Of all its keys, with its slash: `public/`. */
  readonly prefix: string;
  /** Which records are in it. A record that no longer is vanishes from it. */
  readonly takes: (record: SearchRecord) => boolean;
}

type Ports = Omit<WriterPorts, 'pause'> & Partial<Pick<WriterPorts, 'pause'>>;

const FIRST_PAUSE_MILLISECONDS = 20;
const MOST_MILLISECONDS = 1_000;

/** Longer each time, and never as long as another writer's. */
const pauseAtRandom = async (lost: number): Promise<void> => {
  await wait(randomBelow(Math.min(MOST_MILLISECONDS, FIRST_PAUSE_MILLISECONDS * 2 ** lost)));
};

/**
 * Keeps indexes of segments: each call adds one segment to each index, and sometimes merges some. A call that throws
 * may have done its work or not; done again, it does what is left. Everything of one call is held in memory: bring large
 * archives some thousand records at a time.
 */
export class SegmentIndexWriter implements SearchIndexWriter {
  readonly #targets: readonly { files: IndexFiles; target: IndexTarget; takes: SearchTarget['takes'] }[];

  constructor(ports: Ports, targets: readonly SearchTarget[]) {
    this.#targets = targets.map(({ prefix, takes }) => {
      const files = new IndexFiles({ pause: pauseAtRandom, ...ports }, keysOf(prefix));
      return { files, target: new IndexTarget(files), takes };
    });
  }

  async apply(changes: readonly SearchChange[]): Promise<void> {
    const last = lastOfEach(changes);
    for (const { target, takes } of this.#targets)
      await target.apply(last.map((change) => entryOf(change, takes)));
    for (const { files } of this.#targets) await tidyIndex(files);
  }

  /** Removes what writers left behind that were killed. Merges do so as well; this is for an index at rest. */
  async sweep(): Promise<void> {
    for (const { files } of this.#targets) await files.sweep();
  }
}

const idOf = (change: SearchChange): string => (change.kind === 'put' ? change.record.id : change.id);

const lastOfEach = (changes: readonly SearchChange[]): readonly SearchChange[] => {
  const last = new Map<string, SearchChange>();
  for (const change of changes) {
    const known = last.get(idOf(change));
    if (!known || known.revision < change.revision) last.set(idOf(change), change);
  }
  return [...last.values()];
};

const entryOf = (change: SearchChange, takes: SearchTarget['takes']): Entry => ({
  id: idOf(change),
  revision: change.revision,
  record: change.kind === 'put' && takes(change.record) ? change.record : null,
});
