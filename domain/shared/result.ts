/** The outcome of something that can fail in a way the business knows. Faults of machines are thrown instead. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

export const failed = <E>(error: E): Result<never, E> => ({ ok: false, error });
