import { randomInt } from 'node:crypto';

/** An evenly distributed whole number from 0 to below `limit` that nobody can predict. */
export const randomBelow = (limit: number): number => randomInt(limit);
