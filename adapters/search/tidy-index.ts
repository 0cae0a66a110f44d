import { addHours } from '#domain/shared/clock.ts';
import { chooseMerge } from './choose-merge.ts';
import type { IndexFiles, Uploaded } from './index-files.ts';
import { bitsOf, type Manifest, retire, type SegmentInfo, withDead } from './manifest.ts';
import { mergeSegments, renumber, type Source } from './merge-segments.ts';
import { Segment } from './segment.ts';
import { isDead } from './view.ts';

/** Longer than a queue keeps a message (14 days at most), so that no older revision comes when a removal is forgotten. */
const REMEMBERED_HOURS = 30 * 24;
/** Merges that one batch may bring about. */
const MOST_MERGES = 6;

/** Puts small segments together, rewrites what is dead for the most part, and removes what is no longer used. */
export const tidyIndex = async (files: IndexFiles): Promise<void> => {
  for (let merges = 0; merges < MOST_MERGES; merges += 1) {
    const { manifest } = await files.read();
    const names = chooseMerge(manifest.segments);
    if (names.length === 0) return;
    await merge(files, manifest, names);
    await files.sweep();
  }
};

const merge = async (files: IndexFiles, manifest: Manifest, names: readonly string[]): Promise<void> => {
  const infos = manifest.segments.filter(({ name }) => names.includes(name));
  const sources = (await Promise.all(infos.map((info) => fetchSource(files, info)))).filter(
    (source) => source !== null,
  );
  if (sources.length < infos.length) return;
  const { clock } = files.ports;
  const merged = mergeSegments(sources, Date.parse(addHours(clock.now(), -REMEMBERED_HOURS)));
  const isEmpty = merged.documents + merged.removals === 0;
  const uploaded = isEmpty ? null : await files.upload(merged);
  const numbers = renumber(sources);
  await files.commit(uploaded, (now) => replace(now, infos, uploaded, numbers, clock.now()));
};

/** Null when a segment is gone: somebody else has merged it. */
const fetchSource = async ({ ports, keys }: IndexFiles, info: SegmentInfo): Promise<Source | null> => {
  const [index, texts] = await Promise.all([
    ports.store.get(keys.index(info.name)),
    ports.store.getRange(keys.texts(info.name), 0, info.textBytes),
  ]);
  if (index === null || index === 'unchanged' || (texts === null && info.textBytes > 0)) return null;
  return { segment: new Segment(index.bytes), texts: texts ?? new Uint8Array(0), dead: bitsOf(info) };
};

/**
 * A manifest with the merged segment in the place of those that it was made of; what died in these meanwhile is dead in
 * it. Null when one of them was merged by somebody else: then this was for nothing, and is swept.
 */
const replace = (
  manifest: Manifest,
  infos: readonly SegmentInfo[],
  merged: Uploaded | null,
  numbers: readonly Int32Array[],
  at: string,
): Manifest | null => {
  const there = infos
    .map(({ name }) => manifest.segments.find((info) => info.name === name))
    .filter((info) => info !== undefined);
  if (there.length < infos.length) return null;
  const next = retire(
    manifest,
    infos.map(({ name }) => name),
    at,
  );
  if (!merged) return next;
  const died = there.flatMap((info, index) => diedMeanwhile(info, numbers[index] ?? new Int32Array(0)));
  return { ...next, segments: [...next.segments, withDead(merged.info, died)] };
};

/** In the numbers of the merged segment. */
const diedMeanwhile = (info: SegmentInfo, numbers: Int32Array): number[] => {
  const dead = bitsOf(info);
  return [...numbers].filter((number, document) => number >= 0 && isDead(dead, document));
};
