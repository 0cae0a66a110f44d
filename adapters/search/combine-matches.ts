import { type Matches, NO_MATCHES } from './postings.ts';

/** Where any of these is found. `size` is the number of documents of the segment. */
export const anyOf = (all: readonly Matches[], size: number): Matches => {
  const some = all.filter(({ documents }) => documents.length > 0);
  const [first, ...others] = some;
  if (!first) return NO_MATCHES;
  if (others.length === 0) return first;
  const next = placesOf(some, size);
  const documents = Int32Array.from(documentsWith(next));
  const starts = startsOf(documents, next);
  const positions = new Int32Array(starts[documents.length] ?? 0);
  for (const { documents: found, starts: from, positions: source } of some) {
    for (let index = 0; index < found.length; index += 1) {
      const document = found[index] ?? 0;
      const part = source.subarray(from[index], from[index + 1]);
      positions.set(part, next[document] ?? 0);
      next[document] = (next[document] ?? 0) + part.length;
    }
  }
  for (let index = 0; index < documents.length; index += 1)
    positions.subarray(starts[index], starts[index + 1]).sort();
  return { documents, starts, positions };
};

/** How many positions each document has in all of them. */
const placesOf = (all: readonly Matches[], size: number): Int32Array => {
  const counts = new Int32Array(size);
  for (const { documents, starts } of all)
    for (let index = 0; index < documents.length; index += 1) {
      const document = documents[index] ?? 0;
      counts[document] = (counts[document] ?? 0) + (starts[index + 1] ?? 0) - (starts[index] ?? 0);
    }
  return counts;
};

function* documentsWith(counts: Int32Array): Generator<number, void, undefined> {
  for (let document = 0; document < counts.length; document += 1) if (counts[document]) yield document;
}

/** Turns the counts into the places at which the documents begin. */
const startsOf = (documents: Int32Array, counts: Int32Array): Int32Array => {
  const starts = new Int32Array(documents.length + 1);
  let sum = 0;
  for (let index = 0; index < documents.length; index += 1) {
    const document = documents[index] ?? 0;
    starts[index] = sum;
    sum += counts[document] ?? 0;
    counts[document] = starts[index] ?? 0;
  }
  starts[documents.length] = sum;
  return starts;
};

/** Where these follow one another, word by word; the positions are those of the first word. */
export const inARow = (words: readonly Matches[]): Matches => {
  const [first, ...others] = words;
  if (!first || words.some(({ documents }) => documents.length === 0)) return NO_MATCHES;
  if (others.length === 0) return first;
  const documents: number[] = [];
  const starts: number[] = [0];
  const positions: number[] = [];
  for (let index = 0; index < first.documents.length; index += 1) {
    const document = first.documents[index] ?? 0;
    const following = others.map((matches) => positionsIn(matches, document));
    const from = first.starts[index] ?? 0;
    const to = first.starts[index + 1] ?? 0;
    for (let at = from; at < to; at += 1) {
      const position = first.positions[at] ?? 0;
      if (following.every((places, offset) => includes(places, position + offset + 1)))
        positions.push(position);
    }
    if (positions.length === starts.at(-1)) continue;
    documents.push(document);
    starts.push(positions.length);
  }
  return {
    documents: Int32Array.from(documents),
    starts: Int32Array.from(starts),
    positions: Int32Array.from(positions),
  };
};

/** Where it stands in one document; empty when it does not. */
export const positionsIn = ({ documents, starts, positions }: Matches, document: number): Int32Array => {
  const index = indexOf(documents, document);
  return documents[index] === document
    ? positions.subarray(starts[index], starts[index + 1])
    : positions.subarray(0, 0);
};

const includes = (sorted: Int32Array, value: number): boolean => sorted[indexOf(sorted, value)] === value;

/** The first place whose value is not below the one looked for, by halving. */
export const indexOf = (sorted: Int32Array, value: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};
