import type { DigestLine, OpenDigest } from '#domain/chasing/digest.ts';
import type { Digests } from '#domain/chasing/ports.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite } from './changes.ts';

interface Stored {
  readonly head: OpenDigest;
  readonly lines: readonly DigestLine[];
}

const keyOf = ({ due, subject, kind, section, on, saying }: DigestLine): string =>
  [due, subject, kind, section, on, saying].join('#');

export class MemoryDigests implements Digests {
  readonly #digests = new Map<string, Stored>();

  async open(receiver: string): Promise<OpenDigest> {
    return this.#stored(receiver).head;
  }

  toAdd(digest: OpenDigest, lines: readonly DigestLine[]): Write {
    const { receiver, number } = digest;
    return asWrite({
      touches: `digest ${receiver}`,
      check: () => (this.#stored(receiver).head.number === number ? null : 'changed-meanwhile'),
      apply: () => {
        const { head, lines: before } = this.#stored(receiver);
        const added = { ...head, lines: head.lines + lines.length };
        this.#digests.set(receiver, { head: added, lines: [...before, ...lines] });
      },
    });
  }

  async *waiting(): AsyncIterable<OpenDigest> {
    yield* [...this.#digests.values()].map(({ head }) => head).filter(({ lines }) => lines > 0);
  }

  async *linesOf({ receiver, number }: OpenDigest): AsyncIterable<DigestLine> {
    const { head, lines } = this.#stored(receiver);
    if (head.number === number) yield* lines.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  toClose({ receiver, number, lines, lastMailedOn }: OpenDigest, mailedOn: LocalDate | null): Write {
    return asWrite({
      touches: `digest ${receiver}`,
      check: () => {
        const { head } = this.#stored(receiver);
        return head.number === number && head.lines === lines ? null : 'changed-meanwhile';
      },
      apply: () => {
        const head = { receiver, number: number + 1, lines: 0, lastMailedOn: mailedOn ?? lastMailedOn };
        this.#digests.set(receiver, { head, lines: [] });
      },
    });
  }

  #stored(receiver: string): Stored {
    const none = { head: { receiver, number: 1, lines: 0, lastMailedOn: null }, lines: [] };
    return this.#digests.get(receiver) ?? none;
  }
}
