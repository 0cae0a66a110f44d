import { countDead, type SegmentInfo } from './manifest.ts';

/** So many segments of a size are put together: a record is copied as often as eight goes into the size of the index. */
const TOGETHER = 8;
/** Bytes of index and texts up to which segments count as the smallest, and how much larger those of the next size are. */
const SMALLEST = 64 * 1024;
/** What is this large is left alone. A function that merges holds it two or three times. */
const LARGEST = 96 * 1024 * 1024;
/** A segment of which more than this share is dead is written anew. */
const DEAD_SHARE = 1 / 3;

const sizeOf = ({ bytes, textBytes }: SegmentInfo): number => bytes + textBytes;
const levelOf = (info: SegmentInfo): number =>
  Math.max(0, Math.ceil(Math.log(sizeOf(info) / SMALLEST) / Math.log(TOGETHER)));

/** Which segments to put together next; empty when all is well. */
export const chooseMerge = (segments: readonly SegmentInfo[]): readonly string[] => {
  const rotten = segments.find((info) => info.documents > 0 && countDead(info) / info.documents > DEAD_SHARE);
  const levels = Map.groupBy(
    segments.filter((info) => sizeOf(info) < LARGEST),
    levelOf,
  );
  for (const [, ofLevel] of [...levels].sort(([one], [other]) => one - other)) {
    if (ofLevel.length < TOGETHER) continue;
    const fitting = takeWhatFits(ofLevel);
    if (fitting.length > 1) return fitting;
  }
  return rotten ? [rotten.name] : [];
};

/** The smallest ones, as many as one segment may hold. */
const takeWhatFits = (segments: readonly SegmentInfo[]): readonly string[] => {
  let bytes = 0;
  return segments
    .toSorted((one, other) => sizeOf(one) - sizeOf(other))
    .filter((info) => {
      bytes += sizeOf(info);
      return bytes <= LARGEST;
    })
    .map(({ name }) => name);
};
