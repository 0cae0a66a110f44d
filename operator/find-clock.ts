import * as z from 'zod';
import type { Clock } from '#domain/shared/clock.ts';
import type { Place } from './place.ts';

const clockSchema = z.object({ now: z.iso.datetime({ offset: true }) });

/** What the laptop's console says; while the laptop is starting there is none yet, and FOLKMOOT_NOW holds. */
const askLaptop = async (consoleUrl: string, startsAt: string | undefined): Promise<number> => {
  try {
    const response = await fetch(`${consoleUrl}/clock`, { signal: AbortSignal.timeout(2000) });
    return Date.parse(clockSchema.parse(await response.json()).now);
  } catch {
    const start = Date.parse(startsAt ?? '');
    return Number.isNaN(start) ? Date.now() : start;
  }
};

/** The clock of a place: the laptop's can be set, and goes on from there. */
export const findClock = async (
  place: Place,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Clock> => {
  const now =
    place.kind === 'laptop' ? await askLaptop(place.consoleUrl, environment.FOLKMOOT_NOW) : Date.now();
  const ahead = now - Date.now();
  return { now: () => new Date(Date.now() + ahead).toISOString() };
};
