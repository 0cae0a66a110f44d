import type {
  ArchiveFiles,
  Downloads,
  PublishedFiles,
  Quarantine,
  UploadForm,
} from '#domain/documents/ports.ts';
import type {
  SearchChange,
  SearchFacets,
  SearchIndex,
  SearchIndexWriter,
  SearchPage,
  SearchQuery,
  SearchRecord,
} from '#domain/search/ports.ts';

/** Where browsers send files in these tests. */
export const UPLOAD_ORIGIN = 'https://uploads.example';

/** Quarantine that signs nothing: it shows what was permitted. */
export class FakeQuarantine implements Quarantine {
  readonly permitted: Parameters<Quarantine['permit']>[0][] = [];

  async permit(wanted: Parameters<Quarantine['permit']>[0]): Promise<UploadForm> {
    this.permitted.push(wanted);
    const { key, mediaType, then } = wanted;
    const after: Record<string, string> =
      then === null ? { success_action_status: '201' } : { success_action_redirect: then };
    const fields = { 'Content-Type': mediaType, ...after, key, Policy: 'signed "so"' };
    return { url: `${UPLOAD_ORIGIN}/quarantine`, fields };
  }

  async remove(): Promise<void> {}
}

/** Texts of files, and links to them. */
export class FakeArchiveFiles implements ArchiveFiles, Downloads, PublishedFiles {
  readonly texts = new Map<string, string>();
  readonly published = new Set<string>();

  async takeIn(): Promise<void> {}

  async saveText(file: string, text: string): Promise<void> {
    this.texts.set(file, text);
  }

  async text(file: string): Promise<string | null> {
    return this.texts.get(file) ?? null;
  }

  async remove(file: string): Promise<void> {
    this.texts.delete(file);
  }

  async link({ id, name }: Parameters<Downloads['link']>[0], seconds: number): Promise<string> {
    return `https://files.example/${id}?name=${encodeURIComponent(name)}&seconds=${seconds}`;
  }

  async publish({ id }: Parameters<PublishedFiles['publish']>[0]): Promise<void> {
    this.published.add(id);
  }

  async withdraw(file: string): Promise<void> {
    this.published.delete(file);
  }
}

const FACETS = ['kind', 'areas', 'years', 'unit'] as const satisfies readonly (keyof SearchFacets)[];

const valuesOf = ({ facets }: SearchRecord, facet: keyof SearchFacets): readonly string[] =>
  [facets[facet]].flat();

/** An index that looks at every record: all words have to be there. */
export class FakeSearchIndex implements SearchIndex, SearchIndexWriter {
  readonly #records = new Map<string, SearchRecord>();
  /** What is searched for instead of words that are nowhere. */
  readonly spellings = new Map<string, string>();
  asked: SearchQuery | null = null;

  async apply(changes: readonly SearchChange[]): Promise<void> {
    for (const change of changes)
      if (change.kind === 'put') this.#records.set(change.record.id, change.record);
      else this.#records.delete(change.id);
  }

  async search(query: SearchQuery): Promise<SearchPage> {
    this.asked = query;
    const spelling = this.spellings.get(query.words) ?? null;
    const words = (spelling ?? query.words).toLowerCase().replaceAll('"', '').split(/\s+/).filter(Boolean);
    const known = [...this.#records.values()]
      .filter(({ audience }) => query.audiences === 'all' || query.audiences.includes(audience))
      .filter((record) => words.every((word) => textOf(record).includes(word)))
      .sort((a, b) => (a.date < b.date ? 1 : -1));
    const fits = (record: SearchRecord, facets: readonly (keyof SearchFacets)[]) =>
      facets.every((facet) => {
        const wanted = query.filters[facet];
        return !wanted || valuesOf(record, facet).some((value) => wanted.includes(value));
      });
    const found = known.filter((record) => fits(record, FACETS));
    const countsOf = (facet: keyof SearchFacets) => {
      const counts: Record<string, number> = {};
      for (const record of known)
        if (
          fits(
            record,
            FACETS.filter((other) => other !== facet),
          )
        )
          for (const value of valuesOf(record, facet)) counts[value] = (counts[value] ?? 0) + 1;
      return counts;
    };
    return {
      hits: found.slice(query.offset, query.offset + query.limit).map((record) => ({
        ...{ id: record.id, source: record.source, title: record.title, date: record.date, score: 1 },
        snippet: snippetOf(record.text, words[0]),
      })),
      total: found.length,
      counts: Object.fromEntries(FACETS.map((facet) => [facet, countsOf(facet)])) as SearchPage['counts'],
      spelling,
    };
  }
}

const textOf = ({ title, details, text }: SearchRecord): string =>
  `${title}\n${details}\n${text}`.toLowerCase();

const snippetOf = (text: string, word: string | undefined) => {
  const at = word === undefined ? -1 : text.toLowerCase().indexOf(word);
  if (word === undefined || at < 0) return [];
  return [
    { text: text.slice(0, at), isMatch: false },
    { text: text.slice(at, at + word.length), isMatch: true },
    { text: text.slice(at + word.length), isMatch: false },
  ];
};
