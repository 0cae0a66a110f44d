import type { Departure, Departures } from '#domain/chasing/ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

export class MemoryDepartures implements Departures {
  readonly #departures = new Collection<Departure>('departure');

  toNote(departure: Departure): Write {
    return asWrite(this.#departures.toSet(departure.email, departure));
  }

  async *waiting(): AsyncIterable<Departure> {
    yield* this.#departures.all();
  }

  toRemove({ email }: Departure): Write {
    const apply = () => this.#departures.delete(email);
    return asWrite({ touches: `departure ${email}`, check: () => null, apply });
  }
}
