import * as z from 'zod';
import type { SearchChange, SearchIndexWriter, SearchRecord } from '#domain/search/ports.ts';
import { addHours, type Clock } from '#domain/shared/clock.ts';
import { MARKS } from './highlight.ts';
import { indexDefinition } from './mapping.ts';
import { OpenSearchFault, type OpenSearchSettings, SignedClient } from './signed-client.ts';

/** One of the indexes that are kept. */
export interface OpenSearchTarget {
  readonly index: string;
  /** Which records are in it. A record that no longer is vanishes from it. */
  readonly takes: (record: SearchRecord) => boolean;
}

/** A request is sent when it has so much: OpenSearch Service takes 10 MB at least, from the smallest instances on. */
const MOST_BYTES = 5_000_000;
const CONFLICT = 409;
const REMEMBERED_HOURS = 30 * 24;

const bulkAnswer = z.object({
  items: z.array(z.record(z.string(), z.object({ status: z.number(), error: z.unknown().optional() }))),
});

/**
 * Keeps indexes of OpenSearch through `_bulk`, with the revision as external version: an older one is refused with 409
 * by itself, whenever it comes. What is removed is not deleted, since OpenSearch would forget its version after a
 * minute (`index.gc_deletes`): an empty document takes its place, which `sweep` deletes after thirty days.
 *
 * No OpenSearch was at hand when this was written: it is tested against the documented shapes of requests and answers.
 */
export class OpenSearchIndexWriter implements SearchIndexWriter {
  readonly #client: SignedClient;
  readonly #clock: Clock;
  readonly #targets: readonly OpenSearchTarget[];

  constructor(settings: OpenSearchSettings, clock: Clock, targets: readonly OpenSearchTarget[]) {
    this.#client = new SignedClient(settings, clock);
    this.#clock = clock;
    this.#targets = targets;
  }

  /** Makes the indexes; those that are there already stay as they are. */
  async create(): Promise<void> {
    for (const { index } of this.#targets) {
      await this.#client.call('PUT', `/${index}`, JSON.stringify(indexDefinition)).catch((fault: unknown) => {
        const isThere = fault instanceof OpenSearchFault && fault.message.includes('resource_already_exists');
        if (!isThere) throw fault;
      });
    }
  }

  async apply(changes: readonly SearchChange[]): Promise<void> {
    const lines = this.#targets.flatMap(({ index, takes }) =>
      changes.map((change) => this.#describe(index, change, takes)),
    );
    for (const body of inRequests(lines)) await this.#send(body);
  }

  /** Deletes what takes the place of records that were removed more than thirty days ago. */
  async sweep(): Promise<void> {
    const lt = addHours(this.#clock.now(), -REMEMBERED_HOURS);
    const body = JSON.stringify({ query: { range: { removedAt: { lt } } } });
    for (const { index } of this.#targets)
      await this.#client.call('POST', `/${index}/_delete_by_query?conflicts=proceed`, body);
  }

  async #send(body: string): Promise<void> {
    const answer = await this.#client.call('POST', '/_bulk', body, 'application/x-ndjson');
    const statuses = bulkAnswer.parse(answer).items.flatMap((item) => Object.values(item));
    const failed = statuses.find(({ status }) => status >= 300 && status !== CONFLICT);
    if (failed) throw new OpenSearchFault(failed.status, 'a change in a batch');
  }

  #describe(_index: string, change: SearchChange, takes: OpenSearchTarget['takes']): string {
    const _id = change.kind === 'put' ? change.record.id : change.id;
    const action = { index: { _index, _id, version: change.revision, version_type: 'external' } };
    const isThere = change.kind === 'put' && takes(change.record);
    const document = isThere ? documentOf(change.record) : { removedAt: this.#clock.now() };
    return `${JSON.stringify(action)}\n${JSON.stringify(document)}\n`;
  }
}

const documentOf = ({ facets, ...record }: SearchRecord) => {
  const { id, source, audience, language, date } = record;
  const [title, details, text] = [record.title, record.details, record.text].map(withoutMarks);
  const english = language.startsWith('en') ? { title_en: title, details_en: details, text_en: text } : {};
  return { id, source, audience, language, date, title, details, text, ...english, ...facets };
};

/** The marks of highlighted words must not occur in a text. */
const withoutMarks = (text: string): string =>
  text.replaceAll(MARKS.before, ' ').replaceAll(MARKS.after, ' ');

function* inRequests(lines: readonly string[]): Generator<string, void, undefined> {
  let waiting: string[] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line);
    if (bytes + size > MOST_BYTES && waiting.length > 0) {
      yield waiting.join('');
      [waiting, bytes] = [[], 0];
    }
    waiting.push(line);
    bytes += size;
  }
  if (waiting.length > 0) yield waiting.join('');
}
