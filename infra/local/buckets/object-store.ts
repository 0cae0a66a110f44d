import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { NoticeBook, type Reader } from './notice-book.ts';
import type { ObjectCreated } from './object-created.ts';

/** One version of an object, or a delete marker (which has no blob). */
export interface StoredObject {
  bucket: string;
  key: string;
  /** `null` (the word) in a bucket without versions */
  versionId: string;
  deleteMarker: boolean;
  blob: string | null;
  size: number;
  eTag: string;
  crc32: string;
  sha256: string;
  /** Milliseconds of the laptop's clock */
  createdAt: number;
  /** Content-Type, Content-Disposition and the like, by lower-case name */
  headers: Record<string, string>;
  /** Without the prefix `x-amz-meta-` */
  metadata: Record<string, string>;
  tags: Record<string, string>;
  latest: boolean;
}

export type NewObject = Omit<StoredObject, 'latest'>;

/** What somebody is to be told of a new object, and who. */
export interface News {
  readers: readonly Reader[];
  event: Omit<ObjectCreated, 'sequencer'>;
}

export interface Added {
  /** The names of the blobs that nothing refers to any more */
  replaced: string[];
  notices: { reader: Reader; id: string }[];
}

export interface VersionAge {
  key: string;
  versionId: string;
  latest: boolean;
  isMarker: boolean;
  /** Milliseconds of the laptop's clock */
  createdAt: number;
  /** When there was a later version; null for the latest. */
  supersededAt: number | null;
  /** How many versions its key has. */
  versions: number;
}

/** What must hold of a key in the moment of a write: nothing is there, or the object with this ETag (unquoted) is. */
export type WriteCondition = { ifAbsent: true } | { ifMatch: string };

/** Versions have a rising number; the latest of a key is the one with the highest. */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS object (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    bucket TEXT NOT NULL,
    key TEXT NOT NULL,
    version_id TEXT NOT NULL,
    latest INTEGER NOT NULL,
    blob TEXT,
    created_at INTEGER NOT NULL,
    details TEXT NOT NULL,
    tags TEXT NOT NULL,
    UNIQUE (bucket, key, version_id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS object_latest ON object (bucket, latest, key);
`;

interface Row {
  bucket: string;
  key: string;
  version_id: string;
  latest: number;
  blob: string | null;
  created_at: number;
  details: string;
  tags: string;
}

type Details = Pick<StoredObject, 'size' | 'eTag' | 'crc32' | 'sha256' | 'headers' | 'metadata'>;

/** What is in the buckets, in one SQLite file; contents lie beside it. What a method did is on the disk. */
export class ObjectStore {
  readonly #db: DatabaseSync;
  readonly notices: NoticeBook<ObjectCreated>;

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec(SCHEMA);
    this.notices = new NoticeBook(this.#db);
  }

  /**
   * Makes this the latest version of its key, in place of one with the same version id, and notes who is to be told of
   * it; else, and with nothing done, answers why the condition does not hold.
   */
  add(
    object: NewObject,
    { condition, news }: { condition?: WriteCondition | undefined; news?: News } = {},
  ): Added | 'other' | 'missing' {
    return this.#transaction(() => {
      const { bucket, key, versionId, blob, createdAt, tags, deleteMarker: _, ...details } = object;
      const obstacle = condition && this.#obstacleTo(condition, bucket, key);
      if (obstacle) return obstacle;
      const replaced = this.#delete(bucket, key, versionId);
      this.#run('UPDATE object SET latest = 0 WHERE bucket = :bucket AND key = :key', { bucket, key });
      const seq = this.#run(
        `INSERT INTO object (bucket, key, version_id, latest, blob, created_at, details, tags)
         VALUES (:bucket, :key, :versionId, 1, :blob, :createdAt, :details, :tags)`,
        {
          ...{ bucket, key, versionId, blob, createdAt },
          ...{ details: JSON.stringify(details), tags: JSON.stringify(tags) },
        },
      );
      return { replaced, notices: this.#note(news, seq) };
    });
  }

  /** Sequencers of one key, as texts of the same length, are in the order of its versions. */
  #note(news: News | undefined, seq: number | bigint): Added['notices'] {
    const sequencer = seq.toString(16).toUpperCase().padStart(16, '0');
    return (news?.readers ?? []).map((reader) => ({
      reader,
      id: this.notices.add(reader, { ...(news as News).event, sequencer }),
    }));
  }

  #obstacleTo(condition: WriteCondition, bucket: string, key: string): 'other' | 'missing' | undefined {
    const latest = this.find(bucket, key);
    const there = latest?.deleteMarker ? undefined : latest;
    if ('ifAbsent' in condition) return there && 'other';
    if (!there) return 'missing';
    return there.eTag === condition.ifMatch ? undefined : 'other';
  }

  /** The latest version, or the named one. */
  find(bucket: string, key: string, versionId?: string): StoredObject | undefined {
    const condition = versionId === undefined ? 'latest = 1' : 'version_id = :versionId';
    const row = this.#db
      .prepare(`SELECT * FROM object WHERE bucket = :bucket AND key = :key AND ${condition}`)
      .get({ bucket, key, ...(versionId !== undefined && { versionId }) });
    return row && toObject(row as unknown as Row);
  }

  /** Removes one version for good; the names of the blobs that nothing refers to any more. */
  remove(bucket: string, key: string, versionId: string): string[] {
    return this.#transaction(() => {
      const removed = this.#delete(bucket, key, versionId);
      this.#run(
        `UPDATE object SET latest = 1 WHERE seq =
         (SELECT MAX(seq) FROM object WHERE bucket = :bucket AND key = :key)`,
        { bucket, key },
      );
      return removed;
    });
  }

  setTags({ bucket, key, versionId }: StoredObject, tags: Record<string, string>): void {
    this.#run(
      `UPDATE object SET tags = :tags WHERE bucket = :bucket AND key = :key AND version_id = :versionId`,
      { tags: JSON.stringify(tags), bucket, key, versionId },
    );
  }

  /** Objects (no delete markers) whose keys begin with `prefix` and come after `after`, by bytes of UTF-8. */
  *list(bucket: string, prefix: string, after: string): Generator<StoredObject> {
    const rows = this.#db
      .prepare(
        `SELECT * FROM object WHERE bucket = :bucket AND latest = 1 AND blob IS NOT NULL
         AND key > :after AND key >= :prefix ORDER BY key`,
      )
      .iterate({ bucket, prefix, after });
    for (const row of rows as Iterable<unknown>) {
      const object = toObject(row as Row);
      if (!object.key.startsWith(prefix)) return;
      yield object;
    }
  }

  /** Every version whose key begins with `prefix`: by key, newest first. */
  *versions(bucket: string, prefix: string): Generator<StoredObject> {
    const rows = this.#db
      .prepare('SELECT * FROM object WHERE bucket = :bucket AND key >= :prefix ORDER BY key, seq DESC')
      .iterate({ bucket, prefix });
    for (const row of rows as Iterable<unknown>) {
      const object = toObject(row as Row);
      if (!object.key.startsWith(prefix)) return;
      yield object;
    }
  }

  /** Every version of a bucket with what its expiry depends on, and no more. */
  ages(bucket: string): VersionAge[] {
    const rows = this.#db
      .prepare(
        `SELECT key, version_id AS versionId, latest, blob IS NULL AS isMarker, created_at AS createdAt,
           LAG(created_at) OVER (PARTITION BY key ORDER BY seq DESC) AS supersededAt,
           COUNT(*) OVER (PARTITION BY key) AS versions
         FROM object WHERE bucket = :bucket`,
      )
      .all({ bucket }) as unknown as (Omit<VersionAge, 'latest' | 'isMarker'> & {
      latest: number;
      isMarker: number;
    })[];
    return rows.map((row) => ({ ...row, latest: row.latest === 1, isMarker: row.isMarker === 1 }));
  }

  blobs(): Set<string> {
    const rows = this.#db.prepare('SELECT blob FROM object WHERE blob IS NOT NULL').all();
    return new Set(rows.map(({ blob }) => String(blob)));
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #delete(bucket: string, key: string, versionId: string): string[] {
    const rows = this.#db
      .prepare(
        'DELETE FROM object WHERE bucket = :bucket AND key = :key AND version_id = :versionId RETURNING blob',
      )
      .all({ bucket, key, versionId });
    return rows.flatMap(({ blob }) => (blob === null ? [] : [String(blob)]));
  }

  #run(sql: string, values: Record<string, SQLInputValue>): number | bigint {
    return this.#db.prepare(sql).run(values).lastInsertRowid;
  }

  #transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}

function toObject(row: Row): StoredObject {
  return {
    ...(JSON.parse(row.details) as Details),
    ...{ bucket: row.bucket, key: row.key, versionId: row.version_id, latest: row.latest === 1 },
    ...{ blob: row.blob, deleteMarker: row.blob === null, createdAt: row.created_at },
    tags: JSON.parse(row.tags),
  };
}
