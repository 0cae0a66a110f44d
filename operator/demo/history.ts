import { mailAreaDigests } from '#domain/priorities/mail-area-digests.ts';
import { HOURS_TO_ANSWER } from '#domain/priorities/submission.ts';
import type { TriageDecision } from '#domain/priorities/triage-submission.ts';
import { addHours, type Instant, londonDate } from '#domain/shared/clock.ts';
import { isWorkingDay } from '#domain/shared/working-days.ts';
import type { Actor } from '#domain/staff/actor.ts';
import type { Buckets } from '../buckets.ts';
import { coordinator, practitioner } from './accounts.ts';
import { demoAreas } from './boroughs.ts';
import { idsOf } from './demo-ids.ts';
import { documentSteps } from './document-steps.ts';
import { planSteps } from './plan-steps.ts';
import { demoPriorities } from './priorities.ts';
import { quietly } from './quietly.ts';
import { answer, leave, priorityIdOf, type Step, tell, triage } from './steps.ts';
import type { DemoPriority, DemoSubmission } from './stories.ts';
import { demoSubmissions } from './submissions.ts';

const HOURS_PER_DAY = 24;

/** Who works there: the practitioner in the own areas, the coordinator elsewhere. */
const officerOf = (area: string): Actor => {
  const borough = demoAreas.find(({ code }) => code === area)?.borough ?? area;
  return practitioner.areas.includes(borough) ? practitioner : coordinator;
};

const NOTHING_ELSE = { supports: null, category: null, email: null, channel: 'web' } as const;

/** Supporters come evenly, from adoption until now or until the last news of a priority that is done. */
const supportSteps = (story: DemoPriority, now: Instant, officer: Actor): Step[] => {
  const done = story.news.find(({ status }) => status === 'achieved' || status === 'closed');
  const days = story.adoptedDaysAgo - (done?.daysAgo ?? 0);
  const supports = priorityIdOf(story.key);
  return Array.from({ length: story.supporters }, (_, index) => {
    const daysAgo = story.adoptedDaysAgo - (days * (index + 1)) / (story.supporters + 1);
    const draft = { ...NOTHING_ELSE, area: story.area, supports, text: '' };
    return leave(`${story.key} supporter ${index}`, addHours(now, -daysAgo * HOURS_PER_DAY), draft, officer);
  });
};

const storySteps = (story: DemoPriority, now: Instant): Step[] => {
  const officer = officerOf(story.area);
  const daysAgo = (days: number) => addHours(now, -days * HOURS_PER_DAY);
  const { key, area, said, category, channel, title, description } = story;
  const adopt = { kind: 'adopt', title, description } as const;
  return [
    leave(
      key,
      daysAgo(story.adoptedDaysAgo + 1.5),
      { ...NOTHING_ELSE, area, text: said, category, channel },
      officer,
    ),
    triage(key, daysAgo(story.adoptedDaysAgo), adopt, officer),
    answer(key, addHours(daysAgo(story.adoptedDaysAgo), 1), story.answer, officer),
    ...supportSteps(story, now, officer),
    ...story.news.map((news, index) => tell(key, index + 1, daysAgo(news.daysAgo), news, officer)),
  ];
};

type DemoDecision = NonNullable<DemoSubmission['triage']>['decision'];

const decisionOf = (decision: DemoDecision): TriageDecision =>
  decision.kind === 'join' ? { kind: 'join', priority: priorityIdOf(decision.priority) } : decision;

const submissionSteps = (said: DemoSubmission, now: Instant): Step[] => {
  const officer = officerOf(said.area);
  const { key, area, text, category, channel, email } = said;
  const receivedAt = addHours(now, -said.hoursAgo);
  const supports = said.supports === undefined ? null : priorityIdOf(said.supports);
  const steps = [leave(key, receivedAt, { area, supports, text, category, email, channel }, officer)];
  if (said.triage) {
    const at = addHours(receivedAt, said.triage.afterHours);
    steps.push(triage(key, at, decisionOf(said.triage.decision), officer));
  }
  if (said.answered)
    steps.push(answer(key, addHours(receivedAt, said.answered.afterHours), said.answered.text, officer));
  return steps;
};

const DIGEST_TIME = 'T07:30:00.000Z';

/** The morning of the last working day: what was there by then was told to the teams. */
const digestStep = (now: Instant): Step => {
  let at = `${londonDate(now)}${DIGEST_TIME}`;
  while (at > now || !isWorkingDay(londonDate(at))) at = addHours(at, -HOURS_PER_DAY);
  const ports = { clock: { now: () => at }, ids: idsOf('digest'), fallbackMailbox: coordinator.email };
  return {
    at,
    tell: async (store) => {
      await mailAreaDigests({ ...quietly(store, addHours(at, HOURS_TO_ANSWER)), ...ports })('demonstration');
    },
  };
};

/**
 * Everything that has happened in the demonstration by now, in the order in which it happened: the audit trail shows
 * what was written out of its time. The digest comes last, whenever it was: it tells of what is there.
 */
export const tellHistory = (now: Instant, buckets: Buckets): readonly Step[] => {
  const steps = [
    ...demoPriorities.flatMap((story) => storySteps(story, now)),
    ...demoSubmissions.flatMap((said) => submissionSteps(said, now)),
    ...planSteps(now),
    ...documentSteps(now, buckets),
  ];
  return [...steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)), digestStep(now)];
};
