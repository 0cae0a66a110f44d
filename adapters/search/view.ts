import type { SearchQuery } from '#domain/search/ports.ts';
import type { Segment } from './segment.ts';
import { stemmerOf } from './stem.ts';

/** A segment of the index as it is now: some of its documents are no longer what holds. */
export interface LiveSegment {
  readonly name: string;
  readonly segment: Segment;
  /** A bit for each document, set when it is dead; empty when none is. */
  readonly dead: Uint8Array;
}

export const isDead = (dead: Uint8Array, document: number): boolean =>
  (((dead[document >>> 3] ?? 0) >>> (document & 7)) & 1) === 1;

/** A segment as somebody may know it: everything that is counted, weighed or proposed goes by it. */
export interface View {
  readonly live: LiveSegment;
  readonly segment: Segment;
  /** 1 for each document that exists for them. */
  readonly accepts: Uint8Array;
  /** The same, of documents in the languages that are stemmed as this one. */
  acceptsIn(language: string): Uint8Array;
  /** The languages (`en`) of its documents whose words are stemmed. */
  readonly stemmed: readonly string[];
}

export const viewOf = (live: LiveSegment, { audiences, source }: SearchQuery): View => {
  const { segment, dead } = live;
  const may = numbersIn(
    segment.vocabulary('audience'),
    (word) => audiences === 'all' || audiences.includes(word as never),
  );
  const from = numbersIn(segment.vocabulary('source'), (word) => source === undefined || word === source);
  const audience = segment.column('audience');
  const origin = segment.column('source');
  const accepts = new Uint8Array(segment.documents);
  for (let document = 0; document < accepts.length; document += 1) {
    const isKnown = may[audience[document] ?? 0] === 1 && from[origin[document] ?? 0] === 1;
    if (isKnown && !isDead(dead, document)) accepts[document] = 1;
  }
  const stemmed = new Set(
    segment
      .vocabulary('language')
      .filter((language) => stemmerOf(language) !== null)
      .map(baseOf),
  );
  return { live, segment, accepts, stemmed: [...stemmed].sort(), acceptsIn: perLanguage(segment, accepts) };
};

export const baseOf = (language: string): string => language.slice(0, 2).toLowerCase();

const numbersIn = (words: readonly string[], wanted: (word: string) => boolean): Uint8Array =>
  Uint8Array.from(words, (word) => (wanted(word) ? 1 : 0));

const perLanguage = (segment: Segment, accepts: Uint8Array): View['acceptsIn'] => {
  const known = new Map<string, Uint8Array>();
  return (language) => {
    const found = known.get(language);
    if (found) return found;
    const is = numbersIn(segment.vocabulary('language'), (word) => baseOf(word) === language);
    const numbers = segment.column('language');
    const accepted = accepts.map((accept, document) => accept & (is[numbers[document] ?? 0] ?? 0));
    known.set(language, accepted);
    return accepted;
  };
};
