import { DatabaseSync } from 'node:sqlite';

const ADDITIONS = [
  'folkmoot_by_table ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
  'folkmoot_by_shard ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER))',
];

/**
 * dynoxide keeps the records of streams without an index, and goes through all of them for every write to a table and
 * every look at its stream: after ten thousand writes each took many times as long as the first. Its file is one of
 * SQLite, which uses an index as soon as there is one.
 */
export function indexStreams(file: string): void {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    const table = database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_stream_records'").get();
    // Another version may keep them elsewhere: then it is as slow as it is.
    if (!table) return;
    for (const addition of ADDITIONS) database.exec(`CREATE INDEX IF NOT EXISTS ${addition}`);
  } finally {
    database.close();
  }
}
