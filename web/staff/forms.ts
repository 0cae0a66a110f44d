import * as z from 'zod';
import { MAX_ANSWER } from '#domain/priorities/answer-submission.ts';
import { PRIORITY_LIMITS, priorityStatuses } from '#domain/priorities/priority.ts';
import type { TriageDecision } from '#domain/priorities/triage-submission.ts';
import { oneLine } from '#domain/shared/text.ts';
import {
  choiceField,
  type FieldError,
  type FormOutcome,
  readFields,
  textField,
  versionField,
} from '../forms/form.ts';

const MAX_BODY_NAME = 200;
const MAX_REASON = 1000;

const decisions = ['join', 'adopt', 'pass-on', 'not-take-up'] as const;

const anything = z.string();

const triageForm = z.object({
  version: versionField,
  decision: choiceField(decisions, 'triage.decision.missing'),
  priority: anything,
  title: anything,
  description: anything,
  to: anything,
  reason: anything,
});

/** What each decision needs besides; what was typed for another one is kept and not judged. */
const decisionForms = {
  join: z.object({ priority: z.string().min(1, { error: 'triage.priority.missing' }) }),
  adopt: z.object({
    title: textField({
      max: PRIORITY_LIMITS.title,
      empty: 'triage.title.empty',
      long: 'triage.title.long',
    }).transform(oneLine),
    description: textField({
      max: PRIORITY_LIMITS.description,
      empty: 'triage.description.empty',
      long: 'triage.description.long',
    }),
  }),
  'pass-on': z.object({
    to: textField({ max: MAX_BODY_NAME, empty: 'triage.to.empty', long: 'triage.to.long' }),
  }),
  'not-take-up': z.object({
    reason: textField({ max: MAX_REASON, empty: 'triage.reason.empty', long: 'triage.reason.long' }),
  }),
} as const;

/** Reads the decision of a triage form, with the version of the submission that it was made on. */
export const readTriage = (
  posted: URLSearchParams,
): FormOutcome<{ version: number; decision: TriageDecision }> => {
  const chosen = readFields(triageForm, posted);
  if (!chosen.ok) return chosen;
  const kind = chosen.values.decision;
  const details = readFields(decisionForms[kind], posted);
  if (!details.ok) return { ...details, typed: Object.fromEntries(posted) };
  return {
    ok: true,
    values: { version: chosen.values.version, decision: { kind, ...details.values } as TriageDecision },
  };
};

export const answerForm = z.object({
  version: versionField,
  answer: textField({ max: MAX_ANSWER, empty: 'answer.empty', long: 'answer.long' }),
});

const newsForm = z.object({
  version: versionField,
  update: textField({ max: PRIORITY_LIMITS.update, long: 'staffPriority.update.long' }),
  status: choiceField(priorityStatuses, 'staffPriority.status.missing'),
  closedReason: textField({ max: PRIORITY_LIMITS.closedReason, long: 'staffPriority.closedReason.long' }),
});

/** Reads what a team publishes about a priority that has this status now. */
export const readNews = (
  posted: URLSearchParams,
  statusNow: string,
): FormOutcome<z.output<typeof newsForm>> => {
  const read = readFields(newsForm, posted);
  if (!read.ok) return read;
  const { update, status, closedReason } = read.values;
  const errors: FieldError[] = [];
  if (status === 'closed' && closedReason === '')
    errors.push({ field: 'closedReason', key: 'staffPriority.closedReason.empty' });
  if (update === '' && status === statusNow) errors.push({ field: 'update', key: 'staffPriority.nothing' });
  return errors.length === 0 ? read : { ok: false, typed: Object.fromEntries(posted), errors };
};
