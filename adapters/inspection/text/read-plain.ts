import { decodeText } from '#domain/shared/decode-text.ts';
import type { Contents } from '../finding.ts';
import { refuse } from '../refused.ts';
import { TextSink } from './text-sink.ts';

/** What a browser takes for a page (https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type). */
const PAGE = /^\s*<(?:!doctype html|html|head|body|script|iframe|svg|\?xml|\?php)(?=[\s>?])/i;
const LIKE_A_PAGE =
  /^\s*<(?:(?:h1|div|font|table|a|style|title|b|br|p|img|object|embed|link|meta|form)(?=[\s>/])|!--)/i;

/** Other programs read these as their own. */
const FOREIGN = /^(?:\{\\rtf|%!PS|#!\s*\/|MIME-Version:|<\?php)/i;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]/;

/** Ctrl+Z, with which DOS ended its files. */
const END_OF_DOS = '\u001A';

/** A cell that makes Excel ask another program: `=cmd|'/c calc'!A0`. */
const DDE_CELL = /(?:^|[,;\t|"\n])\s*[=+\-@]+\(?[A-Za-z][\w.]*\s*\|\s*['"]?[^\n]{0,300}?!\$?\w/;

const refuseDisguised = (text: string): void => {
  const start = text.slice(0, 2048);
  if (PAGE.test(start) || FOREIGN.test(start)) refuse('not-what-it-says', 'another format');
  if (LIKE_A_PAGE.test(start)) refuse('ambiguous', 'text and a page');
};

/** Reads a file of text in UTF-8, UTF-16 or Windows-1252, or refuses what is none. */
export const readPlain = (bytes: Buffer, type: 'csv' | 'txt' | 'md'): Contents => {
  const decoded = decodeText(bytes) ?? refuse('not-what-it-says', 'no text');
  const text = (decoded.endsWith(END_OF_DOS) ? decoded.slice(0, -1) : decoded).replace(/^\uFEFF/, '');
  if (CONTROL.test(text)) refuse('not-what-it-says', 'no text');
  if (text.trim() === '') refuse('empty', 'blanks');
  refuseDisguised(text);
  if (type === 'csv' && DDE_CELL.test(text)) refuse('active-content', 'dde formula');
  const sink = new TextSink();
  sink.paragraph(text);
  return { type, pages: null, language: null, title: null, ...sink.finish() };
};
