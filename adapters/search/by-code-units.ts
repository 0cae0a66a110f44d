/** The order of words in a dictionary, and of ids among equals: that of their UTF-16 code units. */
export const byCodeUnits = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
