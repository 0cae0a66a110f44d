import { MOST_TEXT_CHARACTERS } from '#domain/documents/inspection.ts';
import { cutText, tidy } from './tidy.ts';

/** So much more is gathered than kept, since tidying makes text shorter. */
const MOST_GATHERED = 2 * MOST_TEXT_CHARACTERS;

/** Gathers what can be read in a file, and stops when there is enough. */
export class TextSink {
  readonly #paragraphs: string[] = [];
  #characters = 0;

  /** Nothing that comes now would be kept. */
  get isFull(): boolean {
    return this.#characters > MOST_GATHERED;
  }

  paragraph(text: string): void {
    if (this.isFull || text.trim() === '') return;
    // What is longer than all that is kept would keep the whole part of the file in memory.
    const kept = text.slice(0, MOST_GATHERED);
    this.#paragraphs.push(kept);
    this.#characters += kept.length;
  }

  /** Paragraphs parted by empty lines, no blanks at the ends of lines, cut between characters. */
  finish(): { text: string; isTextCut: boolean } {
    const whole = tidy(this.#paragraphs.join('\n\n'))
      .replace(/[^\S\n]+(?=\n|$)/g, '')
      .replace(/\n{3,}/g, '\n\n')
      .replace(/^\n+|\n+$/g, '');
    return {
      text: cutText(whole, MOST_TEXT_CHARACTERS).trimEnd(),
      isTextCut: this.isFull || whole.length > MOST_TEXT_CHARACTERS,
    };
  }
}
