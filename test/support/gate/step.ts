/** What a step of the gate adds to the closing line. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One line for people: why something was skipped or failed. */
  readonly note?: string;
}

export interface Step {
  readonly name: string;
  readonly run: () => Promise<Count>;
}

export const nothing: Count = { passed: 0, failed: 0, skipped: 0 };
