import { createHash } from 'node:crypto';
import { makeReference, type References } from '#domain/priorities/reference.ts';
import type { Ids } from '#domain/shared/ids.ts';

const digestOf = (name: string): Buffer => createHash('sha256').update(`demonstration ${name}`).digest();

// Older than anything that people add, so that it sorts before it: 1 January 2026 in milliseconds.
const TIMESTAMP = Date.UTC(2026, 0, 1).toString(16).padStart(12, '0');

/** A UUID of version 7 that belongs to this name, the same every time. */
const idNamed = (name: string): string => {
  const digest = digestOf(name).toString('hex');
  const time = `${TIMESTAMP.slice(0, 8)}-${TIMESTAMP.slice(8)}`;
  return `${time}-7${digest.slice(0, 3)}-8${digest.slice(3, 6)}-${digest.slice(6, 18)}`;
};

const nameOf = (step: string, number: number): string => `${step} ${number}`;

/** The first identity that a step makes. */
export const firstId = (step: string): string => idNamed(nameOf(step, 0));

/** Identities of one step, the same ones whenever it is taken again. */
export const idsOf = (step: string): Ids => {
  let made = 0;
  const next = () => {
    made += 1;
    return nameOf(step, made - 1);
  };
  return { next: () => idNamed(next()), secret: () => digestOf(next()).toString('base64url') };
};

/** References of one step, the same ones whenever it is taken again. */
export const referencesOf = (step: string): References => {
  let made = 0;
  return {
    next: () => {
      const digest = digestOf(`reference ${nameOf(step, made)}`);
      made += 1;
      let at = 0;
      return makeReference((limit) => {
        at += 4;
        return digest.readUInt32BE(at - 4) % limit;
      });
    },
  };
};
