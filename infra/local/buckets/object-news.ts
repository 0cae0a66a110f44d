import type { EventSource } from '../events/event-source.ts';
import { EventTeller } from '../events/event-teller.ts';
import type { NoticeBook, Reader } from './notice-book.ts';
import type { ObjectCreated } from './object-created.ts';

/** Somebody who wants to be told of new objects. */
interface Subscriber {
  wants(bucket: string, key: string): boolean;
  /** How many objects it is told of at the same time. */
  atOnce?: number;
}

export type Subscribers = Partial<Record<Reader, Subscriber>>;

/** Tells of new objects whoever wants to be told of them, after the one who made them was answered. */
export class ObjectNews {
  readonly #notices: NoticeBook<ObjectCreated>;
  readonly #subscribers: Subscribers;
  readonly #tellers: Map<Reader, EventTeller>;

  constructor(notices: NoticeBook<ObjectCreated>, subscribers: Subscribers) {
    this.#notices = notices;
    this.#subscribers = subscribers;
    this.#tellers = new Map(
      this.#names().map((reader) => [
        reader,
        new EventTeller('new object', notices.of(reader), subscribers[reader]),
      ]),
    );
  }

  readersOf(bucket: string, key: string): Reader[] {
    return this.#names().filter((reader) => this.#subscribers[reader]?.wants(bucket, key));
  }

  /** To be called when notices are on the disk. */
  announce(notices: readonly { reader: Reader; id: string }[]): void {
    for (const { reader, id } of notices) this.#tellers.get(reader)?.add(id);
  }

  /** From now on the reader is told; of what nobody was told yet, first. `tell` throws to be told once more. */
  open(reader: Reader, tell: (event: ObjectCreated) => Promise<void>): EventSource {
    const teller = this.#tellers.get(reader);
    if (!teller) throw new Error(`Nobody subscribed as ${reader}.`);
    teller.open(async (id) => {
      const event = this.#notices.read(id);
      if (event) await tell(event);
    });
    return teller;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#tellers.values()].map((teller) => teller.close()));
  }

  #names(): Reader[] {
    return Object.keys(this.#subscribers) as Reader[];
  }
}
