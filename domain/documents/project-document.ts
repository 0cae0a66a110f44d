import type { AreaDirectory } from '../areas/area-directory.ts';
import type { Areas } from '../areas/ports.ts';
import type { SearchChange, SearchIndexWriter, SearchRecord } from '../search/ports.ts';
import { type LocalDate, londonDate } from '../shared/clock.ts';
import { describeFault } from '../shared/fault.ts';
import type { Id } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import type { Units } from '../staff/ports.ts';
import { type ArchiveDocument, currentFile } from './document.ts';
import type { ArchiveFiles, Documents, PublishedFiles } from './ports.ts';
import { audienceOf } from './reach.ts';

export interface ProjectPorts {
  readonly documents: Pick<Documents, 'find'>;
  readonly archiveFiles: Pick<ArchiveFiles, 'text'>;
  readonly publishedFiles: Pick<PublishedFiles, 'publish' | 'withdraw'>;
  readonly areas: Pick<Areas, 'directory'>;
  readonly units: Pick<Units, 'find'>;
  readonly searchIndex: SearchIndexWriter;
  readonly log: Log;
}

const isPublic = ({ audience, withdrawn }: ArchiveDocument): boolean => audience === 'public' && !withdrawn;

/** The public gets the current version, and nothing of what was withdrawn or is not for them. */
const publishCurrent = async ({ publishedFiles }: ProjectPorts, document: ArchiveDocument): Promise<void> => {
  const published = isPublic(document) ? currentFile(document) : null;
  for (const { id } of document.files) if (id !== published?.id) await publishedFiles.withdraw(id);
  if (published) await publishedFiles.publish(published);
};

/**
 * Publishes what holds, and looks again afterwards: whoever withdraws a document meanwhile may have tidied up before the
 * copy was made. Answers with the document as it was published; null when there is none.
 */
const publishLatest = async (ports: ProjectPorts, id: Id): Promise<ArchiveDocument | null> => {
  let document = await ports.documents.find(id);
  for (;;) {
    if (!document) return null;
    await publishCurrent(ports, document);
    const now = await ports.documents.find(id);
    if (now?.version === document.version) return document;
    document = now;
  }
};

/** The calendar years that a document is about, or else the one in which it came; at most a hundred. */
const yearsOf = ({ from, to, createdAt }: ArchiveDocument): readonly string[] => {
  const first = Number((from ?? to ?? londonDate(createdAt)).slice(0, 4));
  const last = Number((to ?? from ?? londonDate(createdAt)).slice(0, 4));
  return Array.from({ length: Math.min(100, Math.max(0, last - first) + 1) }, (_, year) =>
    String(first + year),
  );
};

/**
 * The last day that a document is about, by which the newest come first; of what lies ahead, the day on which it came or
 * was last changed.
 */
const dateOf = ({ from, to, changedAt }: ArchiveDocument): LocalDate => {
  const came = londonDate(changedAt);
  const [date = came] = [to ?? from ?? came, came].sort();
  return date;
};

const withBoroughs = (document: ArchiveDocument, directory: AreaDirectory): readonly string[] => [
  ...new Set(document.areas.flatMap((code) => [code, directory.find(code)?.borough ?? code])),
];

const recordOf = async (ports: ProjectPorts, document: ArchiveDocument): Promise<SearchRecord> => {
  const directory = await ports.areas.directory();
  const unit = await ports.units.find(document.unit);
  const areas = withBoroughs(document, directory);
  const names = areas.flatMap((code) => directory.find(code)?.name ?? []);
  const { kind, title, summary, tags, consultation, language } = document;
  return {
    ...{ id: `documents/${document.id}`, source: 'documents', title, language },
    details: [summary, kind, ...tags, consultation, unit?.name, ...names].filter(Boolean).join('\n'),
    text: (await ports.archiveFiles.text(currentFile(document).id)) ?? '',
    audience: audienceOf(document),
    facets: { kind, areas, years: yearsOf(document), unit: document.unit },
    date: dateOf(document),
  };
};

const changeOf = async (ports: ProjectPorts, document: ArchiveDocument): Promise<SearchChange> => {
  const { version: revision } = document;
  return document.withdrawn
    ? { kind: 'remove', revision, id: `documents/${document.id}` }
    : { kind: 'put', revision, record: await recordOf(ports, document) };
};

/** The change of the index that follows from a document as it is now; null when there is none, or `failed`. */
const follow = async (
  ports: ProjectPorts,
  id: Id,
  correlationId: string,
): Promise<SearchChange | null | 'failed'> => {
  try {
    const document = await publishLatest(ports, id);
    const change = document && (await changeOf(ports, document));
    ports.log('INFO', 'document projected', { document: id, correlationId });
    return change;
  } catch (fault) {
    ports.log('ERROR', 'document not projected', {
      document: id,
      fault: describeFault(fault),
      correlationId,
    });
    return 'failed';
  }
};

/**
 * Makes what follows from documents follow them: what the public can download, and what can be found. Told twice, late
 * or in another order, it comes to the same, since it looks at the documents as they are now. Names those that it could
 * not deal with, which keep none of the others waiting.
 */
export const projectDocuments =
  (ports: ProjectPorts) =>
  async (ids: readonly Id[], correlationId: string): Promise<{ readonly failed: ReadonlySet<Id> }> => {
    const failed = new Set<Id>();
    const changes: SearchChange[] = [];
    for (const id of new Set(ids)) {
      const change = await follow(ports, id, correlationId);
      if (change === 'failed') failed.add(id);
      else if (change) changes.push(change);
    }
    if (changes.length > 0) await ports.searchIndex.apply(changes);
    return { failed };
  };
