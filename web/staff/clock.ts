import type { Submission } from '#domain/priorities/submission.ts';
import { hoursBetween, type Instant } from '#domain/shared/clock.ts';

/** The 72-hour clock of a submission, as staff see it. */
export interface AnswerClock {
  readonly state: 'overdue' | 'soon' | 'running';
  /** Whole hours that are left, or that it is over. */
  readonly hours: number;
}

/** Hours before the deadline from which a submission is shown as due soon. */
const SOON_HOURS = 24;

export const readClock = ({ answerBy }: Pick<Submission, 'answerBy'>, now: Instant): AnswerClock => {
  const left = hoursBetween(now, answerBy);
  if (left < 0) return { state: 'overdue', hours: Math.max(1, Math.floor(-left)) };
  return { state: left < SOON_HOURS ? 'soon' : 'running', hours: Math.floor(left) };
};
