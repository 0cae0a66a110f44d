import type { Refusal, Write } from '#domain/shared/facts.ts';

/** A change that is not made yet: what it touches, whether it may be made, and making it. */
export interface Change {
  /** The record that it is about. One commit cannot change or check the same record twice. */
  readonly touches: string;
  readonly check: () => Refusal | null;
  readonly apply: () => void;
}

export const asWrite = (...changes: readonly Change[]): Write => changes as unknown as Write;

export const changesOf = (write: Write): readonly Change[] => write as unknown as readonly Change[];
