/** "As above", in words or with the mark for it: what such a cell says stands in the cell above. */
const DITTO = /^(?:(?:same )?as above|same as previous|ditto|do\.|["“”″〃]|''|’’|-\s*["“”″〃]\s*-)\.?$/i;

export const saysDitto = (text: string): boolean => DITTO.test(text.trim());

const unquoted = (text: string): string | null => /^"(.+)"$/.exec(text)?.[1] ?? null;

/** Whether a text is "as above" in so many quotation marks, or in none. */
const isAroundDitto = (text: string): boolean => {
  let inner: string | null = text;
  while (inner !== null && !saysDitto(inner)) inner = unquoted(inner);
  return inner !== null;
};

/** A text that says "as above" and is meant as it stands goes out in quotation marks. */
export const writeMeant = (text: string): string => (isAroundDitto(text) ? `"${text}"` : text);

/** What was meant by a text that does not say "as above" itself. */
export const readMeant = (text: string): string =>
  isAroundDitto(text) && !saysDitto(text) ? (unquoted(text) ?? text) : text;
