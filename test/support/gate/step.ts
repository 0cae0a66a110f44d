/** What a step of the gate adds to the closing line. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One line for people: why something was skipped or failed. */
  readonly note?: string;
  /** A line for each test that failed: where it stands, its name, and what it says first. */
  readonly failures?: readonly string[];
  /** The same for tests that failed once and held when their files ran again (ADR 58). */
  readonly shaky?: readonly string[];
}

export interface Step {
  readonly name: string;
  /** Steps that follow one another and name lanes run lane beside lane, those of one lane in turn. */
  readonly lane?: string;
  readonly run: () => Promise<Count>;
}

export const nothing: Count = { passed: 0, failed: 0, skipped: 0 };
