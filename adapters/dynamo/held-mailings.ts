import * as z from 'zod';
import { type HeldMailing, type HeldMailings, SHARDS_OF_MAILING } from '#domain/mailings/mailing-ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite, removeExisting } from './changes.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

const heldSchema: z.ZodType<HeldMailing> = z.object({
  recipient: z.string(),
  email: z.string(),
  language: z.string(),
  mailing: z.string(),
  area: z.object({ code: z.string(), name: z.string() }).nullable(),
});

/** What waits for the digests; entered by the ledger in the transaction that holds a delivery. */
export class DynamoHeldMailings implements HeldMailings {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async *waiting(): AsyncIterable<HeldMailing> {
    for (let shard = 0; shard < SHARDS_OF_MAILING; shard += 1) {
      for await (const item of this.#table.query({ partition: keys.heldMailings(shard) }))
        yield readRecord(heldSchema, item);
    }
  }

  toRemove({ recipient, mailing }: HeldMailing): Write {
    return asWrite(removeExisting(keys.heldMailing(recipient, mailing)));
  }
}
