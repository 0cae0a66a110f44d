import type { LocalDate } from '../shared/clock.ts';
import { addDays } from '../shared/days.ts';
import { type ChaseStage, type Duty, type DutyKey, dutyIdOf } from './duty.ts';
import { isDayForChasing, workingDayFrom, workingDayUpTo } from './working-days.ts';

/** Days before the due day on which it is mentioned (domain.md, Chasing). */
const FIRST_REMINDER = 14;
const SECOND_REMINDER = 2;
/** Days overdue at which others have to know. */
const ESCALATION = 14;
const WEEK = 7;

const MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000;

type Dated = Pick<Duty, 'kind' | 'due'>;

/** A stage and its day, which is a working day. */
interface Stage {
  readonly stage: ChaseStage;
  readonly on: LocalDate;
}

const overdueOn = ({ due }: Dated): LocalDate => workingDayFrom(addDays(due, 1));

/** An answer has been late for a person since its hour: others have to know on the next working day. */
const escalatedOn = (duty: Dated): LocalDate =>
  duty.kind === 'answer' ? overdueOn(duty) : workingDayFrom(addDays(duty.due, ESCALATION));

const announced = ({ due }: Dated): readonly Stage[] => [
  { stage: 'in-14-days', on: workingDayUpTo(addDays(due, -FIRST_REMINDER)) },
  { stage: 'in-2-days', on: workingDayUpTo(addDays(due, -SECOND_REMINDER)) },
];

/** What is over with its day, so that nothing is late: a file that nobody has described is deleted. */
const endsWithItsDay = ({ kind }: Dated): boolean => kind === 'upload';

/** The stages that come once, in the order of their days. Local teams have an inbox: an answer is not announced. */
const single = (duty: Dated): readonly Stage[] => {
  if (duty.kind === 'answer') return [{ stage: 'escalated', on: escalatedOn(duty) }];
  if (endsWithItsDay(duty)) return announced(duty);
  return [
    ...announced(duty),
    { stage: 'overdue', on: overdueOn(duty) },
    { stage: 'escalated', on: escalatedOn(duty) },
  ];
};

const weekOn = (duty: Dated, week: number): LocalDate =>
  workingDayFrom(addDays(overdueOn(duty), WEEK * week));

/** How many whole weeks a duty has been overdue on a day; none before it is. */
const weeksOverdue = (duty: Dated, on: LocalDate): number =>
  Math.max(0, Math.floor((Date.parse(on) - Date.parse(overdueOn(duty))) / (WEEK * MILLISECONDS_PER_DAY)));

/** The first weekly stage after a day. */
const weeklyAfter = (duty: Dated, day: LocalDate): Stage => {
  let week = Math.max(1, weeksOverdue(duty, day));
  while (weekOn(duty, week) <= day) week += 1;
  return { stage: 'weekly', on: weekOn(duty, week) };
};

/** The last weekly stage up to a day. */
const weeklyUpTo = (duty: Dated, day: LocalDate): Stage | null => {
  let week = weeksOverdue(duty, day);
  while (week > 0 && weekOn(duty, week) > day) week -= 1;
  return week > 0 ? { stage: 'weekly', on: weekOn(duty, week) } : null;
};

/** The day of the first stage after a day; where nothing is left to say, the first on which nothing is said. */
const nextAfter = (duty: Dated & Pick<Duty, 'escalated'>, day: LocalDate): LocalDate => {
  const coming = single(duty).filter(
    ({ stage, on }) => on > day && !(stage === 'escalated' && duty.escalated),
  );
  const last = endsWithItsDay(duty) ? overdueOn(duty) : weeklyAfter(duty, day).on;
  const [first = last] = [...coming.map(({ on }) => on), last].sort();
  return first;
};

/** The last of the stages that have come by a day. An escalation that was never said comes before all others. */
const latestUpTo = (duty: Dated & Pick<Duty, 'escalated'>, day: LocalDate): Stage | null => {
  const come = single(duty).filter(({ on }) => on <= day);
  const escalation = come.find(({ stage }) => stage === 'escalated');
  if (escalation && !duty.escalated) return escalation;
  const last = endsWithItsDay(duty) ? null : weeklyUpTo(duty, day);
  return [...come.filter((one) => one !== escalation), ...(last ? [last] : [])].at(-1) ?? null;
};

/** The clock from its beginning: with the latest stage that has come, as soon as anything may be said. */
const wind = (duty: Duty, today: LocalDate): Duty => ({
  ...duty,
  saidUntil: null,
  nextOn: latestUpTo(duty, today) === null ? nextAfter(duty, today) : workingDayFrom(today),
});

/** A duty with its clock. One that begins late begins with the latest stage that has passed. */
export const beginDuty = (
  owed: DutyKey & { readonly owners: readonly string[]; readonly area?: Duty['area'] },
  today: LocalDate,
): Duty => {
  const { kind, subject, due, owners, area = null } = owed;
  return wind(
    {
      ...{ id: dutyIdOf(owed), kind, subject, due, owners: [...owners], area },
      ...{ nextOn: null, saidUntil: null, escalated: false, round: 0, lost: [], version: 1 },
    },
    today,
  );
};

/**
 * What is to be said of a duty today; null when nothing is. When days were missed, that is the latest stage alone: the
 * earlier ones count as said, except an escalation, which others wait for.
 */
export const stageOn = (duty: Duty, today: LocalDate): ChaseStage | null => {
  if (duty.nextOn === null || duty.nextOn > today || !isDayForChasing(today)) return null;
  if (endsWithItsDay(duty) && today > duty.due) return null;
  return latestUpTo(duty, today)?.stage ?? null;
};

/** The duty after its stage of today was said. */
export const afterSaying = (duty: Duty, today: LocalDate): Duty => {
  const said = { ...duty, escalated: duty.escalated || stageOn(duty, today) === 'escalated' };
  return { ...said, saidUntil: today, nextOn: nextAfter(said, today) };
};

/**
 * The duty after somebody told how it stands, which ends the round that this falls in. Before the first reminder no
 * round has begun. From then to the due day it answers the reminders; the day after, a new round begins. From the due
 * day on it ends the chase: the quarterly review is the next clock.
 */
export const answered = (duty: Duty, today: LocalDate): Duty => {
  if (duty.nextOn === null) return duty;
  if (today >= duty.due) return { ...duty, nextOn: null, round: duty.round + 1 };
  const [first] = single(duty);
  const isAnswered = duty.saidUntil !== null && duty.saidUntil >= duty.due;
  if (isAnswered || !first || today < first.on) return duty;
  return { ...duty, saidUntil: duty.due, nextOn: nextAfter(duty, duty.due), round: duty.round + 1 };
};

const sameOwners = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((owner) => other.includes(owner));

/**
 * The duty in other hands: whoever takes it over hears of it from its latest stage on. Where somebody is only no longer
 * among its owners, its clock goes on for the others.
 */
export const handOver = (duty: Duty, owners: readonly string[], today: LocalDate): Duty => {
  if (sameOwners(duty.owners, owners)) return duty;
  const lost = duty.lost.filter((owner) => owners.includes(owner));
  const handed: Duty = { ...duty, owners: [...owners], lost };
  const isNew = owners.length === 0 || owners.some((owner) => !duty.owners.includes(owner));
  return isNew && duty.nextOn !== null ? { ...wind(handed, today), round: duty.round + 1 } : handed;
};
