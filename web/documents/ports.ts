import type { Areas } from '#domain/areas/ports.ts';
import type { DocumentDeeds } from '#domain/documents/document-deeds.ts';
import type {
  ArchiveFiles,
  DocumentEvents,
  Documents,
  PublishedFiles,
  Uploads,
} from '#domain/documents/ports.ts';
import type { SearchIndex } from '#domain/search/ports.ts';
import type { Ids } from '#domain/shared/ids.ts';
import type { StaffAccounts, Units } from '#domain/staff/ports.ts';

/** What every page needs that finds documents. */
export interface FindPorts {
  readonly documents: Pick<Documents, 'find'>;
  readonly searchIndex: SearchIndex;
  readonly areas: Pick<Areas, 'directory'>;
}

/** What the public pages about documents need. */
export interface DocumentPagePorts extends FindPorts {
  readonly publishedFiles: Pick<PublishedFiles, 'text'>;
}

/** What the pages of staff about the archive need. */
export interface ArchivePagePorts extends FindPorts {
  readonly uploads: Pick<Uploads, 'find' | 'ownedBy'>;
  readonly documentEvents: Pick<DocumentEvents, 'of'>;
  readonly archiveFiles: Pick<ArchiveFiles, 'text'>;
  readonly documentDeeds: DocumentDeeds;
  readonly units: Pick<Units, 'find' | 'list'>;
  readonly staff: Pick<StaffAccounts, 'find'>;
  readonly ids: Ids;
  /** Of this site, as browsers see it: where S3 sends them back to. */
  readonly publicUrl: string;
  /** The origin to which browsers send files, `https://bucket.example`: the page that sends them has to allow it. */
  readonly uploadOrigin: string;
}
