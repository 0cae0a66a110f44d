import { makeReference, type References } from '#domain/priorities/reference.ts';
import { randomBelow } from './random.ts';

export const systemReferences: References = { next: () => makeReference(randomBelow) };
