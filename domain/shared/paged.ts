/** One page of a list. `next` is the cursor of the page after it, or null on the last. */
export interface Paged<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Which page is wanted: at most `size` items after the cursor (null: the first page). */
export interface Page {
  readonly after: string | null;
  readonly size: number;
}
