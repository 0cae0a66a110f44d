import * as z from 'zod';
import type { Instant } from '#domain/shared/clock.ts';
import { SegmentDamaged } from './bytes.ts';

const count = z.number().int().nonnegative();

const segmentSchema = z.object({
  name: z.string().min(1),
  documents: count,
  removals: count,
  /** Of the index and of the texts. */
  bytes: count,
  textBytes: count,
  /** Where in the index the ids and revisions lie. */
  identities: z.object({ from: count, length: count }),
  /** A bit for each document that no longer holds, base64; empty when there is none. */
  dead: z.base64(),
});

const manifestSchema = z.object({
  format: z.literal(1),
  /** What is searched. */
  segments: z.array(segmentSchema),
  /** What was searched until some moment, and may still be by whoever read the manifest before it. */
  retired: z.array(z.object({ name: z.string().min(1), at: z.string() })),
});

export type SegmentInfo = z.infer<typeof segmentSchema>;

/** Which segments make up the index. The one object that changes, by compare-and-swap. */
export type Manifest = z.infer<typeof manifestSchema>;

export const EMPTY: Manifest = { format: 1, segments: [], retired: [] };

/** Throws `SegmentDamaged` for what is no manifest. */
export const readManifest = (bytes: Uint8Array): Manifest => {
  try {
    return manifestSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    throw new SegmentDamaged('The manifest cannot be read');
  }
};

export const writeManifest = (manifest: Manifest): Uint8Array => Buffer.from(JSON.stringify(manifest));

export const bitsOf = ({ dead }: SegmentInfo): Uint8Array => Buffer.from(dead, 'base64');

/** The same segment with some more documents dead. */
export const withDead = (info: SegmentInfo, documents: Iterable<number>): SegmentInfo => {
  const bits = new Uint8Array(Math.ceil(info.documents / 8));
  bits.set(bitsOf(info));
  let changes = false;
  for (const document of documents) {
    changes = true;
    bits[document >>> 3] = (bits[document >>> 3] ?? 0) | (1 << (document & 7));
  }
  return changes ? { ...info, dead: Buffer.from(bits).toString('base64') } : info;
};

export const countDead = (info: SegmentInfo): number => {
  let dead = 0;
  for (const byte of bitsOf(info)) for (let bits = byte; bits > 0; bits &= bits - 1) dead += 1;
  return dead;
};

/** Takes segments out: they may still be read by whoever knows them, until `forget` drops them. */
export const retire = (manifest: Manifest, names: readonly string[], at: Instant): Manifest => ({
  ...manifest,
  segments: manifest.segments.filter(({ name }) => !names.includes(name)),
  retired: [...manifest.retired, ...names.map((name) => ({ name, at }))],
});

/** Drops from the retired what was retired before a moment, and tells what that is. */
export const forget = (
  manifest: Manifest,
  before: Instant,
): { manifest: Manifest; forgotten: readonly string[] } => {
  const isOld = ({ at }: { at: string }) => at < before;
  return {
    manifest: { ...manifest, retired: manifest.retired.filter((one) => !isOld(one)) },
    forgotten: manifest.retired.filter(isOld).map(({ name }) => name),
  };
};

/** The keys of an index under a prefix: `public/`. */
export const keysOf = (prefix: string) => ({
  manifest: `${prefix}manifest.json`,
  segments: `${prefix}segments/`,
  index: (name: string) => `${prefix}segments/${name}.index`,
  texts: (name: string) => `${prefix}segments/${name}.texts`,
});
export type IndexKeys = ReturnType<typeof keysOf>;
