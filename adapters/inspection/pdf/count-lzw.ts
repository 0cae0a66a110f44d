const [CLEAR, END, FIRST] = [256, 257, 258];
const MOST_CODES = 4096;

/** How wide codes are when so many are known; encoders change to the next width one code early. */
const widthFor = (codes: number): number => {
  const next = codes + FIRST + 1;
  if (next >= 2048) return 12;
  if (next >= 1024) return 11;
  return next >= 512 ? 10 : 9;
};

/** Cuts bytes into codes, whose width the one who reads them says each time. */
function* codesOf(bytes: Buffer, width: () => number): Generator<number> {
  let [bits, held] = [0, 0];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfffff;
    bits += 8;
    if (bits < width()) continue;
    bits -= width();
    yield (held >> bits) & ((1 << width()) - 1);
  }
}

/**
 * How many bytes LZW unpacks to (ISO 32000-2, 7.4.4), up to a limit, without unpacking it: a code of 12 bits may stand
 * for 4,000 bytes.
 */
export const countLzw = (bytes: Buffer, most: number): number => {
  let lengths: number[] = [];
  let [total, previous] = [0, 0];
  const begin = () => {
    lengths = [];
    previous = 0;
  };
  const take = (code: number) => {
    const length = code < CLEAR ? 1 : (lengths[code - FIRST] ?? previous + 1);
    if (previous > 0 && lengths.length < MOST_CODES - FIRST) lengths.push(previous + 1);
    previous = length;
    total += length;
  };
  for (const code of codesOf(bytes, () => widthFor(lengths.length))) {
    if (code === END || total > most) break;
    if (code === CLEAR) begin();
    else take(code);
  }
  return total;
};
