/** Records make room for the rest of the event below Lambda's 6 MB. */
const BATCH_BYTES = 5_500_000;

/** Cuts what was collected into batches that one invocation can take. */
export function splitBySize<T>(records: T[]): T[][] {
  const batches: T[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record));
    if (bytes + size > BATCH_BYTES) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(record);
    bytes += size;
  }
  return batches;
}
