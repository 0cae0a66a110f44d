import type { ArchiveDocument, DocumentEvent, DocumentFile } from '#domain/documents/document.ts';
import type {
  DocumentChange,
  DocumentChanges,
  DocumentEvents,
  Documents,
  Uploads,
} from '#domain/documents/ports.ts';
import type { Upload } from '#domain/documents/upload.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';
import { cutPage } from './pages.ts';

const inOrder = ({ at, id }: { readonly at: Instant; readonly id: Id }): string => `${at}#${id}`;

export class MemoryUploads implements Uploads {
  readonly #uploads = new Collection<Upload>('upload');

  async find(id: Id): Promise<Upload | null> {
    return this.#uploads.find(id);
  }

  async ownedBy(email: string, page: Page): Promise<Paged<Upload>> {
    const own = this.#uploads.all().filter(({ owner }) => owner === email);
    return cutPage(own, page, { keyOf: inOrder, backwards: true });
  }

  async *undecided(before: Instant): AsyncIterable<Upload> {
    yield* this.#uploads
      .all()
      .filter(({ outcome, at }) => at < before && (outcome === null || outcome.kind === 'checked'))
      .sort((a, b) => (inOrder(a) < inOrder(b) ? -1 : 1));
  }

  toAdd(upload: Upload): Write {
    return asWrite(this.#uploads.toAdd(upload.id, upload, 'already-there'));
  }

  toChange(upload: Upload): Write {
    return asWrite(this.#uploads.toSetNext(upload.id, upload));
  }
}

export class MemoryDocuments implements Documents {
  readonly #documents = new Collection<ArchiveDocument>('document');

  async find(id: Id): Promise<ArchiveDocument | null> {
    return this.#documents.find(id);
  }

  async withFile({ sha256, name }: Pick<DocumentFile, 'sha256' | 'name'>): Promise<ArchiveDocument[]> {
    const isAlike = (file: DocumentFile) =>
      file.sha256 === sha256 || file.name.toLowerCase() === name.toLowerCase();
    return this.#documents.all().filter(({ files }) => files.some(isAlike));
  }

  async ownedBy(email: string): Promise<ArchiveDocument[]> {
    return this.#documents.all().filter(({ owner }) => owner === email);
  }

  async *all(): AsyncIterable<ArchiveDocument> {
    yield* this.#documents
      .all()
      .sort((a, b) => (`${a.createdAt}#${a.id}` < `${b.createdAt}#${b.id}` ? -1 : 1));
  }

  toAdd(document: ArchiveDocument): Write {
    return asWrite(this.#documents.toAdd(document.id, document, 'already-there'));
  }

  toChange(before: ArchiveDocument, after: ArchiveDocument): Write {
    return asWrite(this.#documents.toSetNext(after.id, { ...after, version: before.version }));
  }
}

export class MemoryDocumentEvents implements DocumentEvents {
  readonly #events = new Collection<DocumentEvent>('document event');

  async of(document: Id, page: Page): Promise<Paged<DocumentEvent>> {
    const events = this.#events.all().filter((event) => event.document === document);
    return cutPage(events, page, { keyOf: inOrder, backwards: true });
  }

  toAdd(event: DocumentEvent): Write {
    return asWrite(this.#events.toAdd(event.id, event, 'already-there'));
  }
}

export class MemoryDocumentChanges implements DocumentChanges {
  readonly #changes = new Collection<DocumentChange>('document change');

  /** Every change that was posted, in order. */
  get posted(): readonly DocumentChange[] {
    return this.#changes.all();
  }

  toPost(change: DocumentChange): Write {
    return asWrite(this.#changes.toAdd(change.id, change, 'already-there'));
  }
}
