import type { ArchiveDocument, DocumentFile } from '#domain/documents/document.ts';
import { MOST_TEXT_CHARACTERS } from '#domain/documents/inspection.ts';

/** Characters on one page of a text, about: as much as a browser and a reader take at once. */
const PAGE_CHARACTERS = 20_000;

/** A part of what can be read in a file. */
export interface TextShown {
  readonly paragraphs: readonly string[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** There was more in the file than is kept of it. */
  readonly isCut: boolean;
  /** For the `lang` attribute. */
  readonly language: string;
}

/** A paragraph in pieces that fit on a page, parted where there is a blank. */
const partsOf = (paragraph: string): string[] => {
  const parts: string[] = [];
  let rest = paragraph;
  while (rest.length > PAGE_CHARACTERS) {
    const blank = rest.lastIndexOf(' ', PAGE_CHARACTERS);
    const at = blank > PAGE_CHARACTERS / 2 ? blank : PAGE_CHARACTERS;
    parts.push(rest.slice(0, at).toWellFormed());
    rest = rest.slice(at).trimStart();
  }
  return [...parts, rest];
};

/** The text in pages of whole paragraphs. */
const pagesOf = (text: string): string[][] => {
  const pages: string[][] = [[]];
  let characters = 0;
  const paragraphs = text.split(/\n[^\S\n]*\n\s*/).filter((paragraph) => paragraph.trim() !== '');
  for (const part of paragraphs.flatMap(partsOf)) {
    if (characters > 0 && characters + part.length > PAGE_CHARACTERS) {
      pages.push([]);
      characters = 0;
    }
    pages.at(-1)?.push(part);
    characters += part.length;
  }
  return pages;
};

/** One page of the text of a document; null when nothing could be read in it. */
export const showText = (
  text: string | null,
  wanted: string | null,
  { language, file }: Pick<ArchiveDocument, 'language'> & { readonly file: DocumentFile },
): TextShown | null => {
  if (text === null || text.trim() === '') return null;
  const pages = pagesOf(text);
  const page = Math.min(pages.length, Math.max(1, Math.floor(Number(wanted)) || 1));
  return {
    ...{ paragraphs: pages[page - 1] ?? [], page, pages: pages.length },
    isCut: file.characters >= MOST_TEXT_CHARACTERS,
    language: language === 'other' ? 'und' : language,
  };
};
