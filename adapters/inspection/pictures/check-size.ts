import { MOST_PIXELS } from '../limits.ts';
import { damaged, refuse } from '../refused.ts';

/** Refuses a picture that takes gigabytes as soon as somebody looks at it. */
export const checkSize = (width: number, height: number): void => {
  if (width === 0 || height === 0) damaged('picture size');
  if (width * height > MOST_PIXELS) refuse('unpacks-too-large', 'pixels');
};
