import { answerSubmission } from '#domain/priorities/answer-submission.ts';
import { changePriority } from '#domain/priorities/change-priority.ts';
import { leaveSubmission, type SubmissionDraft } from '#domain/priorities/leave-submission.ts';
import type { Submission } from '#domain/priorities/submission.ts';
import { type TriageDecision, triageSubmission } from '#domain/priorities/triage-submission.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Result } from '#domain/shared/result.ts';
import type { Actor } from '#domain/staff/actor.ts';
import type { Store } from '../store.ts';
import { firstId, idsOf, referencesOf } from './demo-ids.ts';
import type { DemoNews } from './stories.ts';

/** A deed of the past: told again it finds that it was done, and does nothing. */
export interface Step {
  readonly at: Instant;
  readonly tell: (store: Store) => Promise<void>;
}

export const CORRELATION = 'demonstration';
const FALLBACK_MAILBOX = 'contact@folkmoot.example';

/** The ports of a use case as they were at that moment. */
export const portsOf = (store: Store, step: string, at: Instant) => ({
  ...store,
  clock: { now: () => at },
  ids: idsOf(step),
  references: referencesOf(step),
  fallbackMailbox: FALLBACK_MAILBOX,
});

export const expectOk = <T>(step: string, result: Result<T, { readonly name: string }>): void => {
  if (!result.ok) throw new Error(`The demonstration data does not fit: ${step}: ${result.error.name}`);
};

const leaving = (key: string): string => `leave ${key}`;
const deciding = (key: string): string => `triage ${key}`;

/** The priority that is adopted out of the submission of this key. */
export const priorityIdOf = (key: string): string => firstId(deciding(key));

const findSubmission = async (store: Store, key: string): Promise<Submission> => {
  const found = await store.submissions.find(firstId(leaving(key)));
  if (!found) throw new Error(`The demonstration data does not fit: nothing was left as ${key}`);
  return found;
};

/** Somebody leaves a submission; what does not come by the web is entered by staff. */
export const leave = (key: string, at: Instant, draft: SubmissionDraft, by: Actor): Step => ({
  at,
  tell: async (store) => {
    const step = leaving(key);
    if (await store.submissions.find(firstId(step))) return;
    const result = await leaveSubmission(portsOf(store, step, at))(draft, {
      key: `demonstration ${step}`,
      actor: draft.channel === 'web' ? { kind: 'public' } : { kind: 'staff', email: by.email },
      correlationId: CORRELATION,
    });
    expectOk(step, result);
  },
});

/** Staff decide what becomes of a submission. */
export const triage = (key: string, at: Instant, decision: TriageDecision, by: Actor): Step => ({
  at,
  tell: async (store) => {
    const { id, status, version } = await findSubmission(store, key);
    if (status !== 'received') return;
    const step = deciding(key);
    const deed = { by, version, correlationId: CORRELATION };
    expectOk(step, await triageSubmission(portsOf(store, step, at))(id, decision, deed));
  },
});

/** Staff answer a submission. */
export const answer = (key: string, at: Instant, text: string, by: Actor): Step => ({
  at,
  tell: async (store) => {
    const { id, status, version } = await findSubmission(store, key);
    if (status === 'answered') return;
    const step = `answer ${key}`;
    const deed = { by, version, correlationId: CORRELATION };
    expectOk(step, await answerSubmission(portsOf(store, step, at))(id, text, deed));
  },
});

/** Staff tell how it goes on: the news of this number, counted from 1. */
export const tell = (key: string, number: number, at: Instant, news: DemoNews, by: Actor): Step => ({
  at,
  tell: async (store) => {
    const id = priorityIdOf(key);
    const priority = await store.priorities.find(id);
    if (!priority || priority.updates.length >= number) return;
    const step = `tell ${key} ${number}`;
    const deed = { by, version: priority.version, correlationId: CORRELATION };
    const told = { update: news.text, status: news.status, closedReason: news.closedReason ?? null };
    expectOk(step, await changePriority(portsOf(store, step, at))(id, told, deed));
  },
});
