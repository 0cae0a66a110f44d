import type { ChaseItem } from '../mailings/message.ts';
import type { DigestLine, Saying } from './digest.ts';
import { sections } from './digest.ts';
import type { Duty, DutyKey } from './duty.ts';
import { dutyIdOf } from './duty.ts';
import type { DescribeSubject } from './ports.ts';

/** Whether what a line says is still so: it was neither answered nor taken over since. */
export const stillHolds = (line: DigestLine, duty: Duty | null): boolean =>
  duty !== null && duty.nextOn !== null && duty.round === line.round;

/** Of what was said of one duty, what is told: that it was escalated, or else the last stage. */
const weightOf = (saying: Saying): number => {
  if (saying === 'escalated') return 2;
  return saying === 'owner-gone' ? 0 : 1;
};

const outweighs = (one: DigestLine, other: DigestLine): boolean => {
  const difference = weightOf(one.saying) - weightOf(other.saying);
  return difference > 0 || (difference === 0 && one.on > other.on);
};

/** Each duty once for each reason; what one owes or has to find a lead for is not also told as escalated. */
export const condense = (lines: readonly DigestLine[]): readonly DigestLine[] => {
  const kept = new Map<string, DigestLine>();
  for (const line of lines) {
    const key = `${line.section} ${dutyIdOf(line)}`;
    const before = kept.get(key);
    if (!before || outweighs(line, before)) kept.set(key, line);
  }
  return [...kept.values()].filter(
    (line) =>
      line.section !== 'escalated' ||
      !(kept.has(`yours ${dutyIdOf(line)}`) || kept.has(`unreachable ${dutyIdOf(line)}`)),
  );
};

/** One's own first, and in each section what is due longest. */
export const inOrder = (lines: readonly DigestLine[]): readonly DigestLine[] =>
  lines.toSorted(
    (a, b) =>
      sections.indexOf(a.section) - sections.indexOf(b.section) ||
      (a.due < b.due ? -1 : a.due > b.due ? 1 : 0),
  );

/** A line as a mail tells it; null when what it is about is gone. */
export const describeLine = async (
  describeSubject: DescribeSubject,
  line: DigestLine,
): Promise<ChaseItem | null> => {
  const { kind, subject, due, section, saying }: DigestLine & DutyKey = line;
  const about = await describeSubject({ kind, subject, due });
  return about && { owed: kind, subject, due, section, saying, ...about };
};
