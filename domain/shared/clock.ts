import { londonClock } from './london.ts';

/** A moment in UTC, ISO 8601 with milliseconds (`2026-11-22T09:30:00.000Z`): sorts as text in the order of time. */
export type Instant = string;

/** A day in the calendar of England, `2026-11-22`. */
export type LocalDate = string;

/** The only source of the present moment; nothing else reads the date. */
export interface Clock {
  now(): Instant;
}

const MILLISECONDS_PER_HOUR = 3_600_000;

export const addHours = (at: Instant, hours: number): Instant =>
  new Date(Date.parse(at) + hours * MILLISECONDS_PER_HOUR).toISOString();

export const addSeconds = (at: Instant, seconds: number): Instant =>
  new Date(Date.parse(at) + seconds * 1000).toISOString();

/** Whole and broken hours from one moment to another; negative when `to` has passed. */
export const hoursBetween = (from: Instant, to: Instant): number =>
  (Date.parse(to) - Date.parse(from)) / MILLISECONDS_PER_HOUR;

/** Unix time in whole seconds, the form in which DynamoDB reads a time to live. */
export const toEpochSeconds = (at: Instant): number => Math.floor(Date.parse(at) / 1000);

/** The day that it is in London at this moment. */
export const londonDate = (at: Instant): LocalDate => londonClock(at).toISOString().slice(0, 10);
