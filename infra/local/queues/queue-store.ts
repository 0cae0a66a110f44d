import { randomBytes, randomUUID } from 'node:crypto';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Now } from '../engine.ts';
import type { MessageAttributes } from './message-attributes.ts';
import type { QueueSettings } from './queue-settings.ts';

export interface NewMessage {
  body: string;
  attributes: MessageAttributes;
  /** System attributes that the sender may set: AWSTraceHeader, MessageGroupId */
  system: Record<string, string>;
  delaySeconds: number;
}

export interface ReceivedMessage {
  id: string;
  receiptHandle: string;
  body: string;
  attributes: MessageAttributes;
  system: Record<string, string>;
  sentAt: number;
  firstReceivedAt: number;
  receives: number;
  /** Name of the queue that gave this message up to a dead-letter queue */
  deadLetterSource: string | null;
}

export interface Counts {
  visible: number;
  inFlight: number;
  delayed: number;
}

interface Row {
  seq: number;
  id: string;
  body: string;
  attributes: string;
  system: string;
  dead_letter_source: string | null;
  sent_at: number;
  first_received_at: number | null;
  receives: number;
}

interface ReceiveOptions {
  max: number;
  visibilitySeconds: number;
  /** Held by a function of this process: visible again at the next start, because the function died too */
  held: boolean;
}

/** Times are milliseconds of the laptop's clock; a message is hidden from `hidden_from` until `visible_at`. */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS message (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    attributes TEXT NOT NULL,
    system TEXT NOT NULL,
    dead_letter_source TEXT,
    sent_at INTEGER NOT NULL,
    hidden_from INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    first_received_at INTEGER,
    receives INTEGER NOT NULL DEFAULT 0,
    receipt TEXT,
    held INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX IF NOT EXISTS message_by_visibility ON message (queue, visible_at, seq);
  CREATE INDEX IF NOT EXISTS message_by_age ON message (queue, sent_at);
`;

const RECEIPT = /^(\d{1,15})\.[0-9a-f]{32}$/;

/** The messages of all queues in one SQLite file. What a method returned from is on the disk. */
export class QueueStore {
  readonly #db: DatabaseSync;
  readonly #now: Now;
  readonly #statements = new Map<string, StatementSync>();
  #lastNow = Number.POSITIVE_INFINITY;

  constructor(file: string, now: Now) {
    this.#db = new DatabaseSync(file);
    this.#now = now;
    this.#db.exec(SCHEMA);
    this.#run('UPDATE message SET visible_at = :now, held = 0 WHERE held = 1', { now: this.#clock() });
  }

  /** Adds messages, all or none; their ids in order. */
  add(queue: string, messages: NewMessage[]): string[] {
    return this.#transaction(() => {
      const now = this.#clock();
      return messages.map(({ body, attributes, system, delaySeconds }) => {
        const id = randomUUID();
        this.#run(
          `INSERT INTO message (queue, id, body, attributes, system, sent_at, hidden_from, visible_at)
           VALUES (:queue, :id, :body, :attributes, :system, :now, :now, :visibleAt)`,
          {
            ...{ queue, id, body, now, visibleAt: now + delaySeconds * 1000 },
            ...{ attributes: JSON.stringify(attributes), system: JSON.stringify(system) },
          },
        );
        return id;
      });
    });
  }

  /**
   * Takes up to `max` visible messages and hides them. One that was received `maxReceiveCount` times
   * already goes to the dead-letter queue instead, as SQS does it: on the next receive, not before.
   */
  receive(queue: QueueSettings, { max, visibilitySeconds, held }: ReceiveOptions): ReceivedMessage[] {
    const now = this.#clock();
    if (!this.hasVisible(queue.name)) return [];
    return this.#transaction(() => {
      this.#expire(queue, now);
      this.#moveExhausted(queue, now);
      const rows = this.#prepare(
        'SELECT * FROM message WHERE queue = ? AND visible_at <= ? ORDER BY visible_at, seq LIMIT ?',
      ).all(queue.name, now, max) as unknown as Row[];
      return rows.map((row) => {
        const receiptHandle = `${row.seq}.${randomBytes(16).toString('hex')}`;
        const firstReceivedAt = row.first_received_at ?? now;
        this.#run(
          `UPDATE message SET receives = receives + 1, receipt = :receiptHandle, held = :held,
           first_received_at = :firstReceivedAt, hidden_from = :now, visible_at = :visibleAt WHERE seq = :seq`,
          {
            ...{ receiptHandle, firstReceivedAt, now, visibleAt: now + visibilitySeconds * 1000 },
            ...{ held: held ? 1 : 0, seq: row.seq },
          },
        );
        return describe(row, receiptHandle, firstReceivedAt);
      });
    });
  }

  /** Deletes by receipt handle. An outdated handle deletes nothing. */
  remove(queue: string, receiptHandles: string[]): void {
    this.#transaction(() => {
      for (const handle of receiptHandles) {
        const seq = sequenceOf(handle);
        this.#run('DELETE FROM message WHERE seq = :seq AND queue = :queue AND receipt = :handle', {
          seq,
          queue,
          handle,
        });
      }
    });
  }

  /** Hides a message in flight for so long from now on; false when the handle names none. */
  hide(queue: string, receiptHandle: string, seconds: number): boolean {
    const now = this.#clock();
    const { changes } = this.#run(
      `UPDATE message SET hidden_from = :now, visible_at = :visibleAt
       WHERE seq = :seq AND queue = :queue AND receipt = :receiptHandle AND visible_at > :now`,
      { now, visibleAt: now + seconds * 1000, seq: sequenceOf(receiptHandle), queue, receiptHandle },
    );
    return changes > 0;
  }

  /** Makes messages in flight visible at once, in one step. */
  release(queue: string, receiptHandles: string[]): void {
    this.#transaction(() => {
      for (const handle of receiptHandles) this.hide(queue, handle, 0);
    });
  }

  purge(queue: string): void {
    this.#run('DELETE FROM message WHERE queue = :queue', { queue });
  }

  counts(queue: QueueSettings): Counts {
    const now = this.#clock();
    this.#expire(queue, now);
    const row = this.#prepare(
      `SELECT COUNT(*) FILTER (WHERE visible_at <= :now) AS visible,
        COUNT(*) FILTER (WHERE visible_at > :now AND receives > 0) AS inFlight,
        COUNT(*) FILTER (WHERE visible_at > :now AND receives = 0) AS delayed
       FROM message WHERE queue = :queue`,
    ).get({ now, queue: queue.name });
    return { ...(row as unknown as Counts) };
  }

  hasVisible(queue: string): boolean {
    const found = this.#prepare('SELECT 1 FROM message WHERE queue = ? AND visible_at <= ? LIMIT 1');
    return found.get(queue, this.#clock()) !== undefined;
  }

  /** Milliseconds until the next hidden message becomes visible; undefined when none is hidden. */
  nextVisibleIn(queue: string): number | undefined {
    const now = this.#clock();
    const row = this.#prepare(
      'SELECT visible_at AS at FROM message WHERE queue = ? AND visible_at > ? ORDER BY visible_at LIMIT 1',
    ).get(queue, now);
    return row ? Number(row.at) - now : undefined;
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  /**
   * Only what was received before can expire. The laptop's clock may leap over months, and what nobody was
   * offered yet would in AWS have been delivered within that time: a leap must not lose it.
   */
  #expire(queue: QueueSettings, now: number): void {
    const oldest = now - queue.retentionSeconds * 1000;
    this.#run('DELETE FROM message WHERE queue = :name AND receives > 0 AND sent_at <= :oldest', {
      name: queue.name,
      oldest,
    });
  }

  #moveExhausted({ name, redrive }: QueueSettings, now: number): void {
    if (!redrive) return;
    this.#run(
      `UPDATE message SET queue = :deadLetterQueue, dead_letter_source = :name, receipt = NULL, held = 0,
       hidden_from = :now, visible_at = :now
       WHERE queue = :name AND visible_at <= :now AND receives >= :maxReceiveCount`,
      { ...redrive, name, now },
    );
  }

  /**
   * The laptop's clock. When it went back, every message that was hidden later than the present moment
   * starts its time again from now: otherwise it would stay hidden until the clock came back there.
   */
  #clock(): number {
    const now = this.#now().getTime();
    if (now < this.#lastNow) {
      this.#run(
        `UPDATE message SET visible_at = :now + (visible_at - hidden_from), hidden_from = :now,
         sent_at = MIN(sent_at, :now) WHERE hidden_from > :now`,
        { now },
      );
    }
    this.#lastNow = now;
    return now;
  }

  #run(sql: string, values: Record<string, SQLInputValue>) {
    return this.#prepare(sql).run(values);
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
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

/** Whether a text could be a receipt handle of this engine at all. */
export function isReceiptHandle(text: string): boolean {
  return RECEIPT.test(text);
}

/** No row has the number 0. */
function sequenceOf(receiptHandle: string): number {
  return Number(RECEIPT.exec(receiptHandle)?.[1] ?? 0);
}

function describe(row: Row, receiptHandle: string, firstReceivedAt: number): ReceivedMessage {
  return {
    ...{ id: row.id, receiptHandle, body: row.body, sentAt: row.sent_at, firstReceivedAt },
    attributes: JSON.parse(row.attributes),
    system: JSON.parse(row.system),
    receives: row.receives + 1,
    deadLetterSource: row.dead_letter_source,
  };
}
