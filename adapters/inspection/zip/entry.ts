/** An entry of a zip, as its central directory has it. */
export interface ZipEntry {
  readonly name: string;
  readonly rawName: Buffer;
  readonly flags: number;
  /** 0: as it is; 8: deflated. */
  readonly method: number;
  readonly crc32: number;
  readonly packed: number;
  readonly unpacked: number;
  /** Where its own header begins. */
  readonly headerAt: number;
}

/** Bits of `flags` (APPNOTE.TXT 6.3.10, 4.4.4). */
export const flag = {
  encrypted: 1 << 0,
  sizesBehind: 1 << 3,
  stronglyEncrypted: 1 << 6,
  utf8: 1 << 11,
  maskedHeaders: 1 << 13,
} as const;
