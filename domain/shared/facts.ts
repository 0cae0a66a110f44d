declare const change: unique symbol;

/**
 * A change that was described by a repository and is not made yet. Opaque: only the adapter that
 * described it can read it.
 */
export interface Write {
  readonly [change]: true;
}

/** Why nothing was written: the name of the first change whose condition did not hold. */
export type Refusal = 'key-used' | 'reference-taken' | 'changed-meanwhile' | 'already-there' | 'not-there';

/** Where facts are made true, together. */
export interface Facts {
  /**
   * Makes every one of these changes, or none (at most 100). Answers with the refusal when a condition
   * does not hold; throws when the store does not answer, in which case the same call may be repeated.
   */
  commit(writes: readonly Write[]): Promise<{ refused: Refusal | null }>;
}
