import { addHours, type Instant, type LocalDate } from '../shared/clock.ts';

/** A form may be a day old, and a sliding window reaches into the day before. */
const KEPT_HOURS = 3 * 24;

/** The day of a moment, in UTC. */
export const dayOf = (at: Instant): LocalDate => at.slice(0, 10);

/** When the secret of a day is forgotten. */
export const secretEnds = (day: LocalDate): Instant => addHours(`${day}T00:00:00.000Z`, KEPT_HOURS);
