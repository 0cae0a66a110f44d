import * as z from 'zod';
import { type ArchiveDocument, type DocumentFile, documentSchema } from '#domain/documents/document.ts';
import type { DocumentChange, DocumentChanges, Documents } from '#domain/documents/ports.ts';
import { addHours, toEpochSeconds } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite, type Change, put, putNew, putNext } from './changes.ts';
import { keys } from './keys.ts';
import { readAll, readRecord } from './records.ts';
import type { Table } from './table.ts';

const toItem = (document: ArchiveDocument) => ({
  ...keys.document(document.id),
  ...keys.documentOfOwner(document),
  ...keys.documentInOrder(document),
  entity: 'document',
  ...document,
});

const mentionSchema = z.object({ document: z.string() });

/** By what a file is known again: its content and its name. */
const mentionsOf = (id: Id, { sha256, name }: Pick<DocumentFile, 'sha256' | 'name'>): readonly Change[] =>
  [keys.documentsWithContent(sha256), keys.documentsWithName(name)].map((pk) =>
    put({ pk, sk: id, entity: 'document-file', document: id }),
  );

/** Each item of a transaction once: two versions may bear one name. */
const mentionsOfAll = (id: Id, files: readonly DocumentFile[]): readonly Change[] => [
  ...new Map(files.flatMap((file) => mentionsOf(id, file)).map((change) => [change.key.pk, change])).values(),
];

/** Of thousands that are called `agenda.pdf` the latest are enough. */
const MOST_ALIKE = 20;

export class DynamoDocuments implements Documents {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(id: Id): Promise<ArchiveDocument | null> {
    const item = await this.#table.get(keys.document(id));
    return item && readRecord(documentSchema, item);
  }

  async withFile({ sha256, name }: Pick<DocumentFile, 'sha256' | 'name'>): Promise<ArchiveDocument[]> {
    const partitions = [keys.documentsWithContent(sha256), keys.documentsWithName(name)];
    const mentions = await Promise.all(
      partitions.map((partition) =>
        readAll(mentionSchema, this.#table.query({ partition, backwards: true, limit: MOST_ALIKE })),
      ),
    );
    const ids = new Set(mentions.flat().map(({ document }) => document));
    const found = await Promise.all([...ids].map((id) => this.find(id)));
    return found.filter((document) => document !== null);
  }

  async ownedBy(email: string): Promise<ArchiveDocument[]> {
    const range = { index: 'gsi1', partition: keys.documentsOwnedBy(email) } as const;
    const found = await readAll(documentSchema, this.#table.query(range));
    // The index may be behind the documents themselves.
    return found.filter(({ owner }) => owner === email);
  }

  async *all(): AsyncIterable<ArchiveDocument> {
    const range = { index: 'gsi2', partition: keys.documents } as const;
    for await (const item of this.#table.query(range)) yield readRecord(documentSchema, item);
  }

  toAdd(document: ArchiveDocument): Write {
    return asWrite(putNew(toItem(document), 'already-there'), ...mentionsOfAll(document.id, document.files));
  }

  toChange(before: ArchiveDocument, after: ArchiveDocument): Write {
    const added = after.files.filter(({ id }) => !before.files.some((file) => file.id === id));
    return asWrite(putNext(toItem({ ...after, version: before.version })), ...mentionsOfAll(after.id, added));
  }
}

/** The stream has carried a change on within moments. */
const HOURS_OF_CHANGE = 24;

/** Changes as items of the table. Its stream carries each new one (`entity` is `document-change`) to the queue. */
export class DynamoDocumentChanges implements DocumentChanges {
  toPost(change: DocumentChange): Write {
    const expiresAt = toEpochSeconds(addHours(change.postedAt, HOURS_OF_CHANGE));
    return asWrite(
      putNew(
        { ...keys.documentChange(change.id), entity: 'document-change', ...change, expiresAt },
        'already-there',
      ),
    );
  }
}
