/** Something in a file that cannot be taken: where it is, and what is wrong with it in words that help to mend it. */
export interface FileRefusal {
  readonly file: string;
  /** `row 4, column WD25CD`; null when it is the file as a whole. */
  readonly where: string | null;
  readonly problem: string;
}

export const describeRefusal = ({ file, where, problem }: FileRefusal): string =>
  `${where === null ? file : `${file}, ${where}`}: ${problem}`;

const MAX_SHOWN = 60;

/** A value out of a file, fit for a terminal: quoted, on one line, not endless, without control characters. */
export const quote = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  return `"${shown.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')}"`;
};
