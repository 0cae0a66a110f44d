import type { Notice, Notices } from '#domain/priorities/ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

const keyOf = ({ area, answerBy, submission }: Notice): string => `${area}#${answerBy}#${submission}`;

export class MemoryNotices implements Notices {
  readonly #notices = new Collection<Notice>('notice');

  toAdd(notice: Notice): Write {
    return asWrite(this.#notices.toSet(keyOf(notice), notice));
  }

  toRemove(notice: Notice): Write {
    return asWrite(this.#notices.toRemove(keyOf(notice)));
  }

  async *waiting(): AsyncIterable<Notice> {
    yield* this.#notices.all().sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }
}
