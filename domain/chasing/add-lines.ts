import type { Refusal, Write } from '../shared/facts.ts';
import type { ChasePorts } from './chase-ports.ts';
import type { DigestLine, OpenDigest, Saying } from './digest.ts';
import type { Duty } from './duty.ts';
import type { Told } from './receivers.ts';

/** What one run adds to digests, and to whose. */
export interface Desk {
  /** Everybody whose digest it has added to. */
  readonly touched: ReadonlySet<string>;
  /** Changes a duty and adds what is said of it to the open digest of everybody who is told, in one transaction. */
  add(changed: Duty, saying: Saying, told: readonly Told[], on: string): Promise<Refusal | null>;
}

const linesFor = (
  duty: Duty,
  saying: Saying,
  told: readonly Told[],
  on: string,
): Map<string, DigestLine[]> => {
  const { kind, subject, due, round } = duty;
  const lines = new Map<string, DigestLine[]>();
  for (const { receiver, section } of told) {
    const before = lines.get(receiver) ?? [];
    lines.set(receiver, [...before, { kind, subject, due, section, saying, on, round }]);
  }
  return lines;
};

/** A desk remembers which digests are open, until it finds one closed. */
export const openDesk = ({
  digests,
  duties,
  facts,
}: Pick<ChasePorts, 'digests' | 'duties' | 'facts'>): Desk => {
  const open = new Map<string, OpenDigest>();
  const touched = new Set<string>();
  return {
    touched,
    add: async (changed, saying, told, on) => {
      const writes: Write[] = [duties.toChange(changed)];
      const lines = linesFor(changed, saying, told, on);
      for (const [receiver, own] of lines) {
        const digest = open.get(receiver) ?? (await digests.open(receiver));
        open.set(receiver, digest);
        writes.push(digests.toAdd(digest, own));
      }
      const { refused } = await facts.commit(writes);
      for (const receiver of lines.keys()) {
        if (refused === null) touched.add(receiver);
        else open.delete(receiver);
      }
      return refused;
    },
  };
};
