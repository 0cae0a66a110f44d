/**
 * Normalised discounted cumulative gain of the first ten: 1 when the most relevant come first, 0 when nothing relevant
 * is found. Järvelin, Kekäläinen (2002), https://doi.org/10.1145/582415.582418, with the gain 2^grade - 1. Where nothing
 * is relevant, it is 1 for an empty answer.
 */
export const ndcgAt10 = (ids: readonly string[], relevant: ReadonlyMap<string, number>): number => {
  if (relevant.size === 0) return ids.length === 0 ? 1 : 0;
  const ideal = [...relevant.values()].sort((one, other) => other - one);
  return gain(ids.map((id) => relevant.get(id) ?? 0)) / gain(ideal);
};

const gain = (grades: readonly number[]): number =>
  grades.slice(0, 10).reduce((sum, grade, rank) => sum + (2 ** grade - 1) / Math.log2(rank + 2), 0);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
