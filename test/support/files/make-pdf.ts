import { deflateSync } from 'node:zlib';

/** An object of a PDF made for a test: its value, and the bytes of its stream where it has one. */
export type ObjectMade =
  | string
  | { readonly dictionary: string; readonly stream: Uint8Array | string }
  /** Never packed. */
  | { readonly plain: string };

export interface PdfMade {
  /** The text of each page, a list of lines; none for a scan. */
  readonly pages: readonly (readonly string[])[];
  /** More of the catalogue: `/OpenAction 100 0 R`. */
  readonly catalogue?: string;
  readonly info?: string;
  readonly trailer?: string;
  /** Further objects by their numbers, from 1,000 on. */
  readonly objects?: Readonly<Record<number, ObjectMade>>;
  /** More of each page: `/Annots [1000 0 R]`. */
  readonly page?: string;
  /** Objects without streams stand in a deflated stream of objects, as programs write since PDF 1.5. */
  readonly packed?: boolean;
  /** Content is deflated. */
  readonly deflated?: boolean;
  /** The codes of a font are no characters: what they mean stands in a table. */
  readonly toUnicode?: boolean;
  readonly version?: string;
  /** What the stream of objects is filtered by, beside being deflated. */
  readonly packedFilter?: string;
  /** What is done with it last: it is encrypted. */
  readonly packedWith?: (bytes: Buffer) => Buffer;
}

const escapeText = (text: string): string => text.replace(/[\\()]/g, (character) => `\\${character}`);

const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';

/** Codes of two bytes, each one more than the character's own. */
const shifted = (text: string): string =>
  `<${[...text].map((character) => (character.charCodeAt(0) + 1).toString(16).padStart(4, '0')).join('')}>`;

const TO_UNICODE = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0021> <00ff> <0020> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end`;

const contentOf = (lines: readonly string[], toUnicode = false): string =>
  lines
    .map((line, index) => {
      const shown = toUnicode ? shifted(line) : `(${escapeText(line)})`;
      return `BT /F1 12 Tf 72 ${720 - index * 30} Td ${shown} Tj ET`;
    })
    .join('\n');

const streamOf = (content: string | Uint8Array, deflated = false): ObjectMade => {
  const bytes = Buffer.from(content as string, 'latin1');
  return deflated
    ? { dictionary: '/Filter /FlateDecode', stream: deflateSync(bytes) }
    : { dictionary: '', stream: bytes };
};

const fontsOf = ({ toUnicode }: PdfMade): Record<number, ObjectMade> =>
  toUnicode
    ? {
        3: '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>',
        4: '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 600 >>',
        5: streamOf(TO_UNICODE),
      }
    : { 3: FONT };

const objectsOf = (made: PdfMade): Record<number, ObjectMade> => {
  const objects: Record<number, ObjectMade> = fontsOf(made);
  const kids = made.pages.map((lines, index) => {
    const number = 10 + index * 2;
    objects[number] =
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${number + 1} 0 R ${made.page ?? ''} >>`;
    objects[number + 1] = streamOf(contentOf(lines, made.toUnicode), made.deflated);
    return `${number} 0 R`;
  });
  return {
    1: `<< /Type /Catalog /Pages 2 0 R ${made.catalogue ?? ''} >>`,
    2: `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} >>`,
    ...objects,
    6: `<< ${made.info ?? ''} >>`,
    ...made.objects,
  };
};

class PdfWriter {
  readonly #pieces: Buffer[] = [];
  #length = 0;
  readonly places = new Map<number, number>();

  get length(): number {
    return this.#length;
  }

  write(content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : Buffer.from(content);
    this.#pieces.push(bytes);
    this.#length += bytes.length;
  }

  object(number: number, object: ObjectMade): void {
    this.places.set(number, this.#length);
    this.write(`${number} 0 obj\n`);
    if (typeof object === 'string') this.write(object);
    else if ('plain' in object) this.write(object.plain);
    else {
      this.write(`<< ${object.dictionary} /Length ${object.stream.length} >>\nstream\n`);
      this.write(object.stream);
      this.write('\nendstream');
    }
    this.write('\nendobj\n');
  }

  bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}

const trailerOf = (made: PdfMade, size: number): string =>
  `/Size ${size} /Root 1 0 R /Info 6 0 R ${made.trailer ?? ''}`;

const writeTable = (writer: PdfWriter, made: PdfMade): void => {
  const at = writer.length;
  const size = Math.max(...writer.places.keys()) + 1;
  const entries = Array.from({ length: size }, (_, number) => {
    const place = writer.places.get(number);
    return place === undefined ? '0000000000 65535 f \n' : `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  writer.write(`xref\n0 ${size}\n${entries.join('')}trailer\n<< ${trailerOf(made, size)} >>\n`);
  writer.write(`startxref\n${at}\n%%EOF\n`);
};

const PACKED_IN = 7;
const TABLE = 8;

/** A stream of objects: first their numbers and places, then themselves (ISO 32000-2, 7.5.7). */
const packObjects = (objects: readonly (readonly [number, string])[], made: PdfMade): ObjectMade => {
  let at = 0;
  const places = objects.map(([number, value]) => {
    const place = `${number} ${at}`;
    at += value.length + 1;
    return place;
  });
  const head = `${places.join(' ')} `;
  const packed = deflateSync(Buffer.from(head + objects.map(([, value]) => value).join('\n'), 'latin1'));
  const filter = made.packedFilter ?? '/Filter /FlateDecode';
  const hex = filter.includes('AHx') || filter.includes('ASCIIHex');
  return {
    dictionary: `/Type /ObjStm /N ${objects.length} /First ${head.length} ${filter}`,
    stream: made.packedWith?.(packed) ?? (hex ? `${packed.toString('hex')}>` : packed),
  };
};

/** A table of places as a stream: for each number its kind, where it is, and its place in a stream of objects. */
const writeTableStream = (writer: PdfWriter, made: PdfMade, packed: readonly number[]): void => {
  const size = Math.max(TABLE, ...writer.places.keys(), ...packed) + 1;
  writer.places.set(TABLE, writer.length);
  const rows = Buffer.alloc(size * 7);
  for (let number = 0; number < size; number += 1) {
    const [index, place] = [packed.indexOf(number), writer.places.get(number)];
    if (index === -1 && place === undefined) continue;
    rows.writeUInt8(index === -1 ? 1 : 2, number * 7);
    rows.writeUInt32BE(index === -1 ? (place ?? 0) : PACKED_IN, number * 7 + 1);
    rows.writeUInt16BE(Math.max(0, index), number * 7 + 5);
  }
  const at = writer.length;
  const dictionary = `/Type /XRef /W [1 4 2] /Filter /FlateDecode ${trailerOf(made, size)}`;
  writer.object(TABLE, { dictionary, stream: deflateSync(rows) });
  writer.write(`startxref\n${at}\n%%EOF\n`);
};

/** Writes a PDF by hand, with what a test wants in it. */
export const makePdf = (made: PdfMade): Buffer => {
  const writer = new PdfWriter();
  writer.write(`%PDF-${made.version ?? '1.7'}\n%\u00e2\u00e3\u00cf\u00d3\n`);
  const objects = Object.entries(objectsOf(made)).map(
    ([number, object]) => [Number(number), object] as const,
  );
  const isPacked = (object: ObjectMade): object is string =>
    made.packed === true && typeof object === 'string';
  const packed = objects.flatMap(([number, object]) => (isPacked(object) ? [[number, object] as const] : []));
  for (const [number, object] of objects) if (!isPacked(object)) writer.object(number, object);
  if (!made.packed) {
    writeTable(writer, made);
    return writer.bytes();
  }
  writer.object(PACKED_IN, packObjects(packed, made));
  writeTableStream(
    writer,
    made,
    packed.map(([number]) => number),
  );
  return writer.bytes();
};
