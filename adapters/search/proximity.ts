import type { Matches } from './postings.ts';

/** Words that are further apart than this say nothing about each other. */
const FAR = 10;

/**
 * Tells of each document that has both how close they stand: 1 where the second follows the first by just as many
 * words as in the query, a half where it is one off, and so on; nothing beyond ten.
 */
export const closeness = (
  one: Matches,
  other: Matches,
  apart: number,
  tell: (document: number, closeness: number) => void,
): void => {
  let [here, there] = [0, 0];
  while (here < one.documents.length && there < other.documents.length) {
    const document = one.documents[here] ?? 0;
    const difference = document - (other.documents[there] ?? 0);
    if (difference === 0) {
      const off = leastOff(placesOf(one, here), placesOf(other, there), apart);
      if (off < FAR) tell(document, 1 / (1 + off));
    }
    if (difference <= 0) here += 1;
    if (difference >= 0) there += 1;
  }
};

const placesOf = ({ starts, positions }: Matches, index: number): Int32Array =>
  positions.subarray(starts[index], starts[index + 1]);

/** By how many words the distance of two places comes closest to what it should be. */
const leastOff = (one: Int32Array, other: Int32Array, apart: number): number => {
  let least = Number.POSITIVE_INFINITY;
  let there = 0;
  for (const place of one) {
    const wanted = place + apart;
    while (there < other.length && (other[there] ?? 0) < wanted) there += 1;
    if (there < other.length) least = Math.min(least, (other[there] ?? 0) - wanted);
    if (there > 0) least = Math.min(least, wanted - (other[there - 1] ?? 0));
    if (least === 0) return 0;
  }
  return least;
};
