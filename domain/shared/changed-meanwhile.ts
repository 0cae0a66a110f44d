/** Somebody else has worked on it in the meantime. */
export class ChangedMeanwhile {
  readonly name = 'ChangedMeanwhile';
}
