/** RC4, which Node does not offer any more, and which old PDFs are encrypted with. */
export const rc4 = (key: Uint8Array, data: Uint8Array): Buffer => {
  const box = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number): number => box[index & 255] ?? 0;
  const swap = (one: number, other: number): void => {
    const held = at(one);
    box[one & 255] = at(other);
    box[other & 255] = held;
  };
  let place = 0;
  for (let index = 0; index < 256; index += 1) {
    place = (place + at(index) + (key[index % key.length] ?? 0)) & 255;
    swap(index, place);
  }
  const out = Buffer.alloc(data.length);
  place = 0;
  for (let index = 0; index < data.length; index += 1) {
    place = (place + at(index + 1)) & 255;
    swap(index + 1, place);
    out[index] = (data[index] ?? 0) ^ at(at(index + 1) + at(place));
  }
  return out;
};
