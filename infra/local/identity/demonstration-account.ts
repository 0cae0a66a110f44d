/** Somebody who can sign in on the laptop. */
export interface DemonstrationAccount {
  sub: string;
  email: string;
  /** The title of a post, never a person's name */
  name: string;
}
