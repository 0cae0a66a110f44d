/** Something in a file that cannot be taken: where it is, and what is wrong with it in words that help to mend it. */
export interface FileRefusal {
  readonly file: string;
  /** `row 4, column WD25CD`; null when it is the file as a whole. */
  readonly where: string | null;
  readonly problem: string;
}

/** On one line, and without the characters by which a file could control the terminal that shows it. */
const printable = (text: string): string => text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');

export const describeRefusal = ({ file, where, problem }: FileRefusal): string =>
  printable(`${where === null ? file : `${file}, ${where}`}: ${problem}`);

const MAX_SHOWN = 60;

/** A value out of a file, as it is shown: in quotation marks, and not endless. */
export const quote = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return printable(`"${text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text}"`);
};

const MAX_FAULT = 160;

/** What a parser says about a file: as much of it as fits into a sentence. */
export const shorten = (fault: string): string => fault.replace(/\s+/g, ' ').slice(0, MAX_FAULT);
