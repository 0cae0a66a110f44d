/** The parts of a record that are searched, in the order in which their words are counted. */
export const fields = ['text', 'details', 'title'] as const;
export type Field = (typeof fields)[number];

/** Each field has numbers of its own, so far apart that words of two fields are never near each other. */
const WORDS_OF_A_FIELD = 2 ** 24;

/** The number of the first word of a field. */
export const beginOf = (field: Field): number => fields.indexOf(field) * WORDS_OF_A_FIELD;

/** The index in `fields` of the one in which a word with this number stands. */
export const fieldOf = (position: number): number => position >>> 24;

/** Whether a word of this number is counted at all: what is behind the sixteen millionth word of a field is not. */
export const isCounted = (position: number, field: Field): boolean =>
  position < beginOf(field) + WORDS_OF_A_FIELD;
