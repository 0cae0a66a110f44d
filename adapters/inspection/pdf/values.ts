/** A name: `/Type`, without its slash and with its escapes resolved. */
export class PdfName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A reference to an object by its number. */
export class PdfReference {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}

/** A bare word: `true`, `stream`, `endobj`. */
export class PdfWord {
  readonly word: string;
  constructor(word: string) {
    this.word = word;
  }
}

/** A string, as the bytes that it stands for. */
export class PdfString {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

export class PdfDictionary {
  /** All of them, also where one name stands twice: readers differ in which they believe. */
  readonly pairs: (readonly [string, PdfValue])[] = [];

  get(name: string): PdfValue | undefined {
    return this.pairs.find(([key]) => key === name)?.[1];
  }

  has(name: string): boolean {
    return this.pairs.some(([key]) => key === name);
  }
}

/** What stands in a PDF (ISO 32000-2, 7.3). */
export type PdfValue = number | PdfName | PdfReference | PdfWord | PdfString | PdfDictionary | PdfValue[];
