/** Where everything of a laptop stands. */
export interface Place {
  region: string;
  accountId: string;
}
