import type { SearchHit, SearchIndex, SearchPage, SearchQuery } from '#domain/search/ports.ts';
import type { Clock } from '#domain/shared/clock.ts';
import { type Candidate, chooseHits } from './choose-hits.ts';
import { type Snapshot, Snapshots } from './load-snapshot.ts';
import { type LookedUp, lookUp } from './look-up.ts';
import { type IndexKeys, keysOf } from './manifest.ts';
import { parseQuery } from './parse-query.ts';
import { score } from './score.ts';
import type { SegmentStore } from './segment-store.ts';
import { cutSnippet, planSnippet, type Snippet } from './snippet.ts';
import { unpackText } from './text-blocks.ts';
import { type View, viewOf } from './view.ts';

const MOST_HITS = 100;

/** A text of a segment is gone: there is a newer manifest. */
class TextGone extends Error {
  override name = 'TextGone';
}

/**
 * Searches an index of segments in the memory of this process. The first search loads the index; later ones ask once a
 * second whether there is something new. Only the texts of the hits that are shown are fetched each time.
 */
export class SegmentIndex implements SearchIndex {
  readonly #store: SegmentStore;
  readonly #keys: IndexKeys;
  readonly #snapshots: Snapshots;

  /** @param prefix of all keys of the index, with its slash: `public/`. */
  constructor(store: SegmentStore, clock: Clock, { prefix }: { prefix: string }) {
    this.#store = store;
    this.#keys = keysOf(prefix);
    this.#snapshots = new Snapshots(store, clock, this.#keys);
  }

  async search(query: SearchQuery): Promise<SearchPage> {
    try {
      return await this.#searchIn(await this.#snapshots.current(), query);
    } catch (fault) {
      if (!(fault instanceof TextGone)) throw fault;
      this.#snapshots.distrust();
      return this.#searchIn(await this.#snapshots.current(), query);
    }
  }

  async #searchIn(snapshot: Snapshot, asked: SearchQuery): Promise<SearchPage> {
    const query = { ...asked, offset: Math.max(0, asked.offset), limit: Math.min(asked.limit, MOST_HITS) };
    const views = snapshot.map((live) => viewOf(live, query));
    const lookedUp = lookUp(views, parseQuery(query.words));
    const chosen = chooseHits(score(views, lookedUp), lookedUp.wanted.length, query);
    const hits = await Promise.all(chosen.hits.map((hit) => this.#show(views, hit, lookedUp.wanted)));
    return { hits, total: chosen.total, counts: chosen.counts, spelling: lookedUp.spelling };
  }

  async #show(views: readonly View[], hit: Candidate, wanted: readonly LookedUp[]): Promise<SearchHit> {
    const { document } = hit;
    const view = views[hit.view];
    if (!view) throw new RangeError('A hit is of one of the views');
    const { segment } = view;
    return {
      id: segment.idOf(document),
      source: segment.wordOf('source', document) as SearchHit['source'],
      title: segment.titleOf(document),
      date: segment.dateOf(document),
      score: hit.score,
      snippet: await this.#snippet(view, hit, wanted),
    };
  }

  async #snippet(
    view: View,
    { view: index, document }: Candidate,
    wanted: readonly LookedUp[],
  ): Promise<Snippet> {
    const plan = planSnippet(view, index, document, wanted);
    if (!plan) return [];
    const texts = await Promise.all(
      plan.pieces.map(async ({ block: { offset, length } }) => {
        const bytes = await this.#store.getRange(this.#keys.texts(view.live.name), offset, length);
        if (!bytes) throw new TextGone();
        return unpackText(bytes);
      }),
    );
    return cutSnippet(plan, texts);
  }
}
