import type { Suppression } from '#domain/mailings/ports.ts';

/** Whether an address must not be written to: after unsubscribing, what is essential may go there. */
export const isSuppressed = (
  suppression: Suppression | null,
  { essential }: { readonly essential: boolean },
): boolean =>
  suppression !== null &&
  [suppression.bounced, suppression.complained, essential ? null : suppression.unsubscribed].some(
    (at) => at !== null,
  );
