/** How many milliseconds an invocation has left. */
export type Remaining = () => number;

/** With less time than this, nothing new is begun: what is in hand has to end, and to be noted. */
export const TIME_TO_STOP_MS = 20_000;

/**
 * With less time than this, no mail is handed over any more: the service may take ten seconds to answer, and what it
 * answers has to be noted. Who is ended in between leaves a mail in doubt.
 */
export const TIME_TO_HAND_MS = 12_000;

/** For so long a part of a mailing is one worker's: longer than an invocation, so that only a dead one loses it. */
export const LEASE_SECONDS = 75;

/** A row that a worker has had in hand for so long is in nobody's hand any more. */
export const STALE_SECONDS = 120;
