import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a zip made for a test; what it says of itself may be a lie. */
export interface EntryMade {
  readonly name: string;
  readonly content: Uint8Array | string;
  readonly stored?: boolean;
  readonly flags?: number;
  readonly method?: number;
  /** Lies of the directory, and with `everywhere` of the entry's own header, too. */
  readonly lies?: Partial<Sizes> & {
    readonly everywhere?: boolean;
    readonly name?: string;
    readonly at?: number;
  };
  /** Bytes that are already packed. */
  readonly packed?: Uint8Array;
  /** Sizes stand behind the bytes, as programs write them that do not know them before. */
  readonly sizesBehind?: boolean;
  readonly comment?: Uint8Array;
  readonly extra?: Uint8Array;
}

interface Sizes {
  readonly crc32: number;
  readonly packed: number;
  readonly unpacked: number;
}

export interface ZipMade {
  readonly before?: Uint8Array | string;
  /** Between the entries and the directory. */
  readonly between?: Uint8Array | string;
  readonly comment?: string;
}

const u16 = (value: number) => Buffer.from(Uint16Array.of(value).buffer);
const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);

interface Written {
  readonly entry: EntryMade;
  readonly sizes: Sizes;
  readonly at: number;
  readonly method: number;
  readonly flags: number;
}

const fieldsOf = ({ method, flags }: Written, sizes: Sizes, name: Buffer, extra: Uint8Array) => [
  ...[u16(20), u16(flags), u16(method), u16(0), u16(0x21)],
  ...[u32(sizes.crc32), u32(sizes.packed), u32(sizes.unpacked), u16(name.length), u16(extra.length)],
];

const NOTHING = new Uint8Array();

/** An entry with its own header before its bytes. */
const pieceOf = (entry: EntryMade, at: number): Written & { readonly piece: Buffer } => {
  const content = Buffer.from(entry.content);
  const packed = Buffer.from(entry.packed ?? (entry.stored ? content : deflateRawSync(content)));
  const sizes = { crc32: crc32(content), packed: packed.length, unpacked: content.length };
  const flags = (entry.flags ?? 0x800) | (entry.sizesBehind ? 8 : 0);
  const one = { entry, sizes, at, method: entry.method ?? (entry.stored ? 0 : 8), flags };
  const told = entry.lies?.everywhere ? { ...sizes, ...entry.lies } : sizes;
  const shown = entry.sizesBehind ? { crc32: 0, packed: 0, unpacked: 0 } : told;
  const [name, extra] = [Buffer.from(entry.name), Buffer.from(entry.extra ?? NOTHING)];
  const head = [u32(0x04034b50), ...fieldsOf(one, shown, name, extra), name, extra];
  const behind = [u32(0x08074b50), u32(told.crc32), u32(told.packed), u32(told.unpacked)];
  return { ...one, piece: Buffer.concat([...head, packed, ...(entry.sizesBehind ? behind : [])]) };
};

/** What the directory says of an entry. */
const listed = (one: Written): Buffer => {
  const { entry, sizes, at } = one;
  const name = Buffer.from(entry.lies?.name ?? entry.name);
  const [extra, comment] = [Buffer.from(entry.extra ?? NOTHING), Buffer.from(entry.comment ?? NOTHING)];
  return Buffer.concat([
    ...[u32(0x02014b50), u16(20), ...fieldsOf(one, { ...sizes, ...entry.lies }, name, extra)],
    ...[u16(comment.length), u16(0), u16(0), u32(0), u32(entry.lies?.at ?? at), name, extra, comment],
  ]);
};

/** Writes zips as they are, and as they should not be. */
export const makeZip = (entries: readonly EntryMade[], made: ZipMade = {}): Buffer => {
  const before = Buffer.from(made.before ?? '');
  const written: ReturnType<typeof pieceOf>[] = [];
  let at = before.length;
  for (const entry of entries) {
    const one = pieceOf(entry, at);
    written.push(one);
    at += one.piece.length;
  }
  const between = Buffer.from(made.between ?? '');
  const directory = Buffer.concat(written.map(listed));
  const comment = Buffer.from(made.comment ?? '');
  return Buffer.concat([
    ...[before, ...written.map(({ piece }) => piece), between, directory],
    ...[u32(0x06054b50), u16(0), u16(0), u16(entries.length), u16(entries.length)],
    ...[u32(directory.length), u32(at + between.length), u16(comment.length), comment],
  ]);
};

/** A zip of files by their names, deflated. */
export const zipOf = (files: Readonly<Record<string, string | Uint8Array>>): Buffer =>
  makeZip(Object.entries(files).map(([name, content]) => ({ name, content })));
