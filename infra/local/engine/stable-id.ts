import { createHash } from 'node:crypto';

/** The same id for the same text, in the form of a UUID. */
export function stableId(text: string): string {
  const digest = createHash('sha256').update(text).digest('hex');
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}
