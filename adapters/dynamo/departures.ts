import * as z from 'zod';
import type { Departure, Departures } from '#domain/chasing/ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite, put, remove } from './changes.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

const departureSchema: z.ZodType<Departure> = z.object({ email: z.string(), at: z.string() });

export class DynamoDepartures implements Departures {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  toNote(departure: Departure): Write {
    return asWrite(put({ ...keys.departure(departure.email), entity: 'departure', ...departure }));
  }

  async *waiting(): AsyncIterable<Departure> {
    for await (const item of this.#table.query({ partition: keys.departures }))
      yield readRecord(departureSchema, item);
  }

  toRemove({ email }: Departure): Write {
    return asWrite(remove(keys.departure(email)));
  }
}
