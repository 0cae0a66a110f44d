import { oneLine } from './text.ts';

/** What may stand in a quoted name as it is; the rest has a form of its own beside it. */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w !#$&+.^`|~()-]/g, '_');

/** Percent-encoded as RFC 5987 wants it: `encodeURIComponent` leaves four characters that are no attr-char. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/**
 * The header that says how a browser treats a file, and what it calls it (RFC 6266). Nothing in the name can end the
 * header or begin another one.
 */
export const contentDisposition = (treatment: 'attachment' | 'inline', name: string): string => {
  const tidy = oneLine(name.toWellFormed()) || 'file';
  return `${treatment}; filename="${plain(tidy)}"; filename*=UTF-8''${encoded(tidy)}`;
};
