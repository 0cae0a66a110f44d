/** Red, green, blue: 0 to 255 each. */
export type Colour = readonly [red: number, green: number, blue: number];

const BYTES = 4;
const OPAQUE = 255;

/** Which colour is at a place of the picture. */
export type Paint = (x: number, y: number) => Colour;

/** A picture in memory, white at first: four bytes for each pixel, row by row. */
export class Bitmap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.data = new Uint8Array(width * height * BYTES).fill(OPAQUE);
  }

  /** Fills a rectangle; what lies outside of the picture is left out. */
  fill(x: number, y: number, width: number, height: number, paint: Paint): void {
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row += 1)
      for (let column = Math.max(0, x); column < Math.min(this.width, x + width); column += 1)
        this.data.set(paint(column, row), (row * this.width + column) * BYTES);
  }

  /** A frame of some pixels, within a rectangle. */
  frame(
    x: number,
    y: number,
    width: number,
    height: number,
    { thick, paint }: { thick: number; paint: Paint },
  ) {
    this.fill(x, y, width, thick, paint);
    this.fill(x, y + height - thick, width, thick, paint);
    this.fill(x, y, thick, height, paint);
    this.fill(x + width - thick, y, thick, height, paint);
  }

  at(x: number, y: number): Colour {
    const place = (y * this.width + x) * BYTES;
    return [this.data[place] ?? 0, this.data[place + 1] ?? 0, this.data[place + 2] ?? 0];
  }
}
