import type { Facts, Refusal, Write } from './facts.ts';
import type { IdempotencyKey } from './ids.ts';
import { failed, ok, type Result } from './result.ts';

/** What was answered to a deed, kept under its key so that a repeated deed gets the same answer. */
export interface Receipt<Answer = unknown> {
  readonly key: IdempotencyKey;
  /** What was asked, as text: the same key with another body is refused. */
  readonly body: string;
  readonly answer: Answer;
}

/** What was answered before under a key, and whether the same was asked for then. */
export interface EarlierAnswer {
  readonly sameBody: boolean;
  readonly answer: unknown;
}

/** Keeps receipts for a day, which outlives every reload and retry of a form. Of a body it keeps a hash only. */
export interface Receipts {
  /** What was answered under this key, compared with what is asked now; null when the key is new. */
  find(key: IdempotencyKey, body: string): Promise<EarlierAnswer | null>;
  /** Refused as `key-used` when there is a receipt already. */
  toKeep(receipt: Receipt): Write;
}

/** The same key came with another body: somebody changed the form in a second tab, or replays a key. */
export class KeyReused {
  readonly name = 'KeyReused';
}

/** A deed about to be done: its changes, and what to answer when they are made. */
export interface Attempt<Answer> {
  readonly writes: readonly Write[];
  readonly answer: Answer;
}

export type Outcome<Answer> = Result<
  Answer,
  KeyReused | { readonly name: 'Refused'; readonly refusal: Refusal }
>;

/**
 * Does a deed once however often it is asked for: same key and same body get the first answer, same key
 * and another body a `KeyReused`. A refused condition other than the key's own is handed back.
 */
export const doOnce =
  ({ facts, receipts }: { facts: Facts; receipts: Receipts }) =>
  async <Answer>(key: IdempotencyKey, body: string, attempt: Attempt<Answer>): Promise<Outcome<Answer>> => {
    const receipt = receipts.toKeep({ key, body, answer: attempt.answer });
    const { refused } = await facts.commit([receipt, ...attempt.writes]);
    if (refused === null) return ok(attempt.answer);
    const earlier = await receipts.find(key, body);
    if (!earlier) return failed({ name: 'Refused', refusal: refused });
    return earlier.sameBody ? ok(earlier.answer as Answer) : failed(new KeyReused());
  };
