import { createHash } from 'node:crypto';
import type { Digest } from '#domain/audit/seals.ts';

/** SHA-256 (FIPS 180-4). */
export const sha256: Digest = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
