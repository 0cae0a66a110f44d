import { realNow } from './clock/shifted-date.mjs';
import { openStateFile } from './state-file.ts';

/** The laptop's clock: the machine's, moved by an offset. Time goes on from wherever it was set. */
export interface Clock {
  now(): Date;
  /** How far it is ahead of the machine's clock, in milliseconds; negative when it is behind. */
  offset(): number;
  /** Sets it to an instant, or back to real time with null. */
  set(instant: Date | null): void;
  onChange(listener: () => void): void;
}

/**
 * Opens the clock, which goes on where it was when the laptop stopped (its offset is kept in `file`).
 * `startAt` sets it anew.
 */
export function openClock(options: { file: string; startAt?: Date | undefined }): Clock {
  const state = openStateFile(options.file, { offsetMs: 0 });
  const listeners: (() => void)[] = [];
  const clock: Clock = {
    now: () => new Date(realNow() + state.value.offsetMs),
    offset: () => state.value.offsetMs,
    set: (instant) => {
      state.value.offsetMs = instant === null ? 0 : instant.getTime() - realNow();
      state.save();
      for (const listener of listeners) listener();
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
  if (options.startAt) clock.set(options.startAt);
  return clock;
}

/** A clock that is the machine's and stays so, for benches and tests that start a part of the laptop alone. */
export function realClock(): Clock {
  return {
    now: () => new Date(realNow()),
    offset: () => 0,
    set: () => {
      throw new Error('This clock cannot be moved.');
    },
    onChange: () => {},
  };
}
