import type { Sentence } from '../render/sentence.ts';
import type { Block, Href } from './block.ts';

/**
 * The source of a letter, as the build cut it into blocks (see infra/build/letters.ts). What is filled in comes into a
 * block, and never makes one.
 */
export interface LetterSource {
  readonly subject: Sentence;
  readonly blocks: readonly SourceBlock[];
  readonly smallPrint: readonly SourceBlock[];
}

export type SourceBlock =
  /** `introduces`: it goes when the block after it goes. */
  | { readonly kind: 'paragraph'; readonly words: Sentence; readonly introduces: boolean }
  | { readonly kind: 'heading' | 'quote'; readonly words: Sentence }
  | { readonly kind: 'action'; readonly words: Sentence; readonly href: string }
  | { readonly kind: 'list'; readonly items: readonly SourceItem[] }
  /** Blocks that were made elsewhere: what staff wrote. */
  | { readonly kind: 'insert'; readonly name: string };

export interface SourceItem {
  /** Repeated for each value of this list, with its own values; null: once, with those of the letter. */
  readonly each: string | null;
  readonly words: Sentence;
  readonly href: string | null;
}

/** What may be filled in. Where nothing is (null), what needs it is left out. */
export type Filling = string | number | null;

export type FillingOfItem = Readonly<Record<string, Filling | Href>>;

export type FillingOfLetter = Readonly<
  Record<string, Filling | Href | readonly FillingOfItem[] | readonly Block[]>
>;
