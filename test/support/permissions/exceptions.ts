/** A permission that a function needs and that no test on a laptop can use. */
export interface Exception {
  /** Of IAM, without wildcards: `dynamodb:ListStreams`. */
  readonly action: string;
  readonly reason: string;
}

/** Keep this short: each line is a permission of which only its reason says that it is needed. */
export const exceptions: readonly Exception[] = [];
