/** Opaque identity of a record: a UUID of version 7, so that later ones sort after earlier ones. */
export type Id = string;

/** Makes identities and secrets. Injected, so that tests know what they will get. */
export interface Ids {
  /** A new time-ordered identity. */
  next(): Id;
  /** 256 bits that nobody can guess, in URL-safe characters: session ids, form tokens, draft keys. */
  secret(): string;
}

/** What identifies one deed of one person, so that repeating it is harmless (second press, reload, retry). */
export type IdempotencyKey = string;

/** Follows one request through functions, queue and mail, so that its log lines can be found together. */
export type CorrelationId = string;
