import type { DatabaseSync } from 'node:sqlite';
import type { Untold } from '../events/event-teller.ts';

/** Somebody who is told of new objects: the default event bus, and whoever looks for malware in them. */
export type Reader = 'event-bus' | 'malware-scan';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    reader TEXT NOT NULL,
    event TEXT NOT NULL
  ) STRICT;
`;

/**
 * What somebody has to be told of yet, in the database of the objects: a notice is written in the same transaction as
 * its object, so that neither is there without the other.
 */
export class NoticeBook<Event> {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(SCHEMA);
  }

  /** Gives the notice's id. */
  add(reader: Reader, event: Event): string {
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO notice (reader, event) VALUES (:reader, :event)')
      .run({ reader, event: JSON.stringify(event) });
    return String(lastInsertRowid);
  }

  of(reader: Reader): Untold {
    return {
      untold: () =>
        this.#db
          .prepare('SELECT id FROM notice WHERE reader = :reader ORDER BY id')
          .all({ reader })
          .map(({ id }) => String(id)),
      isUntold: (id) => this.read(id) !== undefined,
      told: (id) => {
        this.#db.prepare('DELETE FROM notice WHERE id = :id').run({ id: Number(id) });
      },
    };
  }

  /** Undefined for one that was told. */
  read(id: string): Event | undefined {
    const row = this.#db.prepare('SELECT event FROM notice WHERE id = :id').get({ id: Number(id) });
    return row && JSON.parse(String(row.event));
  }
}
