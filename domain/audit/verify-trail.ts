import { type LocalDate, londonDate } from '../shared/clock.ts';
import { daysFrom } from '../shared/days.ts';
import type { FaultFound } from './faults.ts';
import { type DayVerified, type VerifyPorts, verifyDay } from './verify-day.ts';

/** The days that are verified unless others are named: from the first that had a seal, as far as is known, to today. */
export const daysOfTrail = async ({
  seals,
  clock,
}: Pick<VerifyPorts, 'seals' | 'clock'>): Promise<{ readonly from: LocalDate; readonly to: LocalDate }> => {
  const today = londonDate(clock.now());
  const [first] = await seals.days();
  return { from: first?.after?.day ?? first?.day ?? today, to: today };
};

/** Verifies one day after the other, by itself and by what later days say of it, telling faults as they are found. */
export async function* verifyTrail(
  ports: VerifyPorts,
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
  tell: (found: FaultFound) => void,
): AsyncGenerator<DayVerified> {
  const verify = verifyDay(ports);
  // Asked for once, before any chain is read: a chain may be longer then than a later day has seen it, and not shorter.
  const ends = (await ports.seals.days()).flatMap(({ after }) => after ?? []);
  const seen = Map.groupBy(ends, ({ day }) => day);
  for (const day of daysFrom(from, to)) yield await verify(day, seen.get(day) ?? [], tell);
}
