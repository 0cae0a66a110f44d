import type { Duty } from '../chasing/duty.ts';
import { beginDuty } from '../chasing/stages.ts';
import { londonDate } from '../shared/clock.ts';
import type { Submission } from './submission.ts';

/**
 * The answer that is owed to whoever left something. Its local team has it in its inbox, and hears of it every morning;
 * this clock is for others: when it is late, the unit's head and the coordinators have to know.
 */
export const owedAnswer = ({
  id,
  area,
  answerBy,
  receivedAt,
}: Pick<Submission, 'id' | 'area' | 'answerBy' | 'receivedAt'>): Duty =>
  beginDuty(
    { kind: 'answer', subject: id, due: londonDate(answerBy), owners: [], area },
    londonDate(receivedAt),
  );
