import { oneLine, shorten, tidyText } from '#domain/shared/text.ts';
import { type Counting, fillIn, type Sentence, type Values } from '../render/sentence.ts';
import { type Block, type Href, type Letter, span, type Words } from './block.ts';
import type {
  FillingOfItem,
  FillingOfLetter,
  LetterSource,
  SourceBlock,
  SourceItem,
} from './letter-source.ts';

// In no words that are filled in: those are tidied.
const NOTHING = '\0';

// A line of a mail has at most 998 octets (RFC 5322, 2.1.1), and a long word cannot be folded.
const MAX_SUBJECT = 250;

/** A block that is just what is filled in keeps its lines; within a sentence there is one line. */
const isAlone = (sentence: Sentence): boolean => {
  const [only] = sentence;
  return sentence.length === 1 && typeof only === 'object' && 'value' in only;
};

const asValues = (filling: FillingOfLetter, tidy: (text: string) => string): Values =>
  Object.fromEntries(
    Object.entries(filling).flatMap(([name, value]): [string, string | number][] => {
      if (value === null) return [[name, NOTHING]];
      if (typeof value === 'number') return [[name, value]];
      return typeof value === 'string' ? [[name, tidy(value)]] : [];
    }),
  );

/** The words of a sentence; empty when something that it needs is not there. */
const putIntoWords = (sentence: Sentence, filling: FillingOfLetter, counting: Counting): string => {
  const words = fillIn(sentence, asValues(filling, isAlone(sentence) ? tidyText : oneLine), counting);
  return words.includes(NOTHING) ? '' : words.trim();
};

const asHref = (value: FillingOfItem[string] | undefined): Href | null =>
  typeof value === 'string' ? (value as Href) : null;

const fillInItem = (
  { each, words, href }: SourceItem,
  filling: FillingOfLetter,
  counting: Counting,
): readonly Words[] => {
  const fillings = each === null ? [filling] : (filling[each] as readonly FillingOfItem[]);
  return fillings.flatMap((one) => {
    const text = putIntoWords(words, one, counting);
    return text === '' ? [] : [[span(text, href === null ? null : asHref(one[href] as string | null))]];
  });
};

/** One block, or none, or those that were made elsewhere. */
const fillInBlock = (block: SourceBlock, filling: FillingOfLetter, counting: Counting): readonly Block[] => {
  if (block.kind === 'insert') return filling[block.name] as readonly Block[];
  if (block.kind === 'list') {
    const items = block.items.flatMap((item) => fillInItem(item, filling, counting));
    return items.length === 0 ? [] : [{ kind: 'list', first: null, items }];
  }
  const text = putIntoWords(block.words, filling, counting);
  if (text === '') return [];
  if (block.kind === 'action') {
    const href = asHref(filling[block.href] as string | null);
    return href === null ? [] : [{ kind: 'action', text, href }];
  }
  const words = [span(text)];
  return block.kind === 'heading' ? [{ kind: 'heading', level: 2, words }] : [{ kind: block.kind, words }];
};

const fillInBlocks = (
  blocks: readonly SourceBlock[],
  filling: FillingOfLetter,
  counting: Counting,
): readonly Block[] => {
  const filled = blocks.map((block) => fillInBlock(block, filling, counting));
  return filled
    .filter((_, at) => {
      const block = blocks[at];
      const introduces = block?.kind === 'paragraph' && block.introduces;
      return !introduces || filled[at + 1]?.length !== 0;
    })
    .flat();
};

/**
 * Fills a letter in. Its blocks are those of its source, whatever is filled in: a block without words is left out, and
 * so is one that needs what is not there (null), with the sentence that introduces it. The subject is one line.
 */
export const fillInLetter = (
  { subject, blocks, smallPrint }: LetterSource,
  filling: FillingOfLetter,
  counting: Counting,
): Letter => ({
  subject: shorten(oneLine(putIntoWords(subject, filling, counting)), MAX_SUBJECT),
  blocks: fillInBlocks(blocks, filling, counting),
  smallPrint: fillInBlocks(smallPrint, filling, counting),
});
