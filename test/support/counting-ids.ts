import type { Reference, References } from '#domain/priorities/reference.ts';
import { makeReference } from '#domain/priorities/reference.ts';
import type { Id, Ids } from '#domain/shared/ids.ts';

/** Identities that count: `00000000-0000-7000-8000-000000000001` and so on. They sort as they were made. */
export class CountingIds implements Ids {
  #made = 0;

  next(): Id {
    this.#made += 1;
    return `00000000-0000-7000-8000-${String(this.#made).padStart(12, '0')}`;
  }

  secret(): string {
    this.#made += 1;
    return `secret-${this.#made}`;
  }
}

/** References that count, in an order of their own. */
export class CountingReferences implements References {
  #made = 0;

  next(): Reference {
    let left = this.#made;
    this.#made += 1;
    return makeReference((limit) => {
      const place = left % limit;
      left = Math.floor(left / limit);
      return place;
    });
  }
}
