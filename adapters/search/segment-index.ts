import type { SearchHit, SearchIndex, SearchPage, SearchQuery } from '#domain/search/ports.ts';
import type { Clock } from '#domain/shared/clock.ts';
import { type Candidate, chooseHits } from './choose-hits.ts';
import { TextGone, Texts } from './fetch-texts.ts';
import { type Snapshot, Snapshots } from './load-snapshot.ts';
import { type LookedUp, lookUp } from './look-up.ts';
import { keysOf } from './manifest.ts';
import { parseQuery } from './parse-query.ts';
import { score } from './score.ts';
import type { SegmentStore } from './segment-store.ts';
import { cutSnippet, planSnippet, type Snippet } from './snippet.ts';
import { type View, viewOf } from './view.ts';

const MOST_HITS = 100;

/**
 * Searches an index of segments in the memory of this process. The first search loads the index; later ones ask once a
 * second whether there is something new. Of the texts, only those of the hits that are shown are fetched.
 */
export class SegmentIndex implements SearchIndex {
  readonly #texts: Texts;
  readonly #snapshots: Snapshots;

  /** @param prefix of all keys of the index, with its slash: `public/`. */
  constructor(store: SegmentStore, clock: Clock, { prefix }: { prefix: string }) {
    const keys = keysOf(prefix);
    this.#texts = new Texts(store, keys);
    this.#snapshots = new Snapshots(store, clock, keys);
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
    const texts = await Promise.all(plan.pieces.map(({ block }) => this.#texts.fetch(view.live.name, block)));
    return cutSnippet(plan, texts);
  }
}
