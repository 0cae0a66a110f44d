import { staffAnswer } from '#build/templates/staff/answer.njk.js';
import { staffAnswerPreview } from '#build/templates/staff/answer-preview.njk.js';
import { staffSubmission } from '#build/templates/staff/submission.njk.js';
import type { Areas } from '#domain/areas/ports.ts';
import { defaultLanguage } from '#domain/mailings/message.ts';
import type { RenderedMail, RenderMail } from '#domain/mailings/ports.ts';
import { type answerSubmission, describeAnswer, MAX_ANSWER } from '#domain/priorities/answer-submission.ts';
import type { Priorities, Submissions } from '#domain/priorities/ports.ts';
import { isOpenToSupport, type Priority } from '#domain/priorities/priority.ts';
import { awaitsAnswer, type Submission } from '#domain/priorities/submission.ts';
import { priorityOf, type triageSubmission } from '#domain/priorities/triage-submission.ts';
import { may } from '#domain/staff/may.ts';
import { type FormModel, readFields, untouched } from '../forms/form.ts';
import { notFound, PageError, type Reply, redirectTo, showPage } from '../http/reply.ts';
import { actorOf, page, param, post, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import { type AnswerClock, readClock } from './clock.ts';
import { answerForm, readTriage } from './forms.ts';

export interface SubmissionPorts {
  readonly areas: Areas;
  readonly submissions: Submissions;
  readonly priorities: Priorities;
  readonly triage: ReturnType<typeof triageSubmission>;
  readonly answer: ReturnType<typeof answerSubmission>;
  readonly renderMail: RenderMail;
}

interface SubmissionShown {
  readonly submission: Submission;
  readonly areaName: string;
  readonly clock: AnswerClock;
  /** The priority that it was joined to, adopted as, or supports. */
  readonly priority: Priority | null;
}

const submissionView = view<
  SubmissionShown & FormModel & { open: readonly Priority[]; mayTriage: boolean; done: string | null }
>(staffSubmission);

/** `decided`: the person has just come from the decision. */
const answerView = view<SubmissionShown & FormModel & { max: number; decided?: boolean }>(staffAnswer);

const previewView = view<SubmissionShown & { answer: string; mail: RenderedMail }>(staffAnswerPreview);

const DONE = ['answered', 'sent'];

/** The submission of the address. One of another unit's areas is not there, whatever its id. */
const find = async ({ submissions }: SubmissionPorts, visit: Visit): Promise<Submission> => {
  const submission = await submissions.find(param(visit, 'id'));
  if (!submission || !may(actorOf(visit), 'read submissions', submission)) throw notFound();
  return submission;
};

const describe = async (
  ports: SubmissionPorts,
  submission: Submission,
  visit: Visit,
): Promise<SubmissionShown> => {
  const behind = priorityOf(submission.outcome) ?? submission.supports;
  const [area, priority] = await Promise.all([
    ports.areas.find(submission.area),
    behind === null ? null : ports.priorities.find(behind),
  ]);
  return {
    submission,
    areaName: area?.name ?? submission.area,
    clock: readClock(submission, visit.now),
    priority,
  };
};

const showSubmission = async (
  ports: SubmissionPorts,
  visit: Visit,
  submission: Submission,
  form: FormModel,
  status?: number,
): Promise<Reply> => {
  const [shown, priorities] = await Promise.all([
    describe(ports, submission, visit),
    ports.priorities.ofArea(submission.area),
  ]);
  const mayTriage = awaitsAnswer(submission) && may(actorOf(visit), 'triage submissions', submission);
  const done = submission.answer && DONE.find((word) => word === visit.query.get('done'));
  return showPage(
    submissionView,
    { ...shown, ...form, open: priorities.filter(isOpenToSupport), mayTriage, done: done ?? null },
    status,
  );
};

const deedOf = (visit: Visit, version: number) => ({
  by: actorOf(visit),
  version,
  correlationId: visit.correlationId,
});

const show =
  (ports: SubmissionPorts) =>
  async (visit: Visit): Promise<Reply> =>
    showSubmission(ports, visit, await find(ports, visit), untouched());

const triage =
  (ports: SubmissionPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const submission = await find(ports, visit);
    const read = readTriage(visit.form);
    if (!read.ok) return showSubmission(ports, visit, submission, read, 400);
    const { version, decision } = read.values;
    const triaged = await ports.triage(submission.id, decision, deedOf(visit, version));
    if (triaged.ok) return redirectTo(withQuery(paths.answer(submission.id), { done: 'triaged' }));
    if (triaged.error.name === 'SubmissionUnknown') throw new PageError(403, 'not-allowed');
    if (triaged.error.name !== 'PriorityNotJoinable') throw new PageError(409, 'changed');
    const errors = [{ field: 'priority', key: 'triage.priority.closed' as const }];
    return showSubmission(ports, visit, submission, { typed: Object.fromEntries(visit.form), errors }, 400);
  };

/** The submission of the address, when its answer can be written now; otherwise where to go instead. */
const findToAnswer = async (ports: SubmissionPorts, visit: Visit): Promise<Submission | Reply> => {
  const submission = await find(ports, visit);
  if (!may(actorOf(visit), 'triage submissions', submission)) throw new PageError(403, 'not-allowed');
  return awaitsAnswer(submission) && submission.outcome
    ? submission
    : redirectTo(paths.submission(submission.id));
};

const showAnswer =
  (ports: SubmissionPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const submission = await findToAnswer(ports, visit);
    if ('kind' in submission) return submission;
    return showPage(answerView, {
      ...(await describe(ports, submission, visit)),
      ...untouched(),
      max: MAX_ANSWER,
      decided: visit.query.get('done') === 'triaged',
    });
  };

/** Shows the mail as it would be sent, or the form again: also when somebody comes back to change it. */
const preview =
  (ports: SubmissionPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const submission = await findToAnswer(ports, visit);
    if ('kind' in submission) return submission;
    const shown = await describe(ports, submission, visit);
    const read = readFields(answerForm, visit.form);
    if (!read.ok)
      return showPage(answerView, { ...shown, typed: read.typed, errors: read.errors, max: MAX_ANSWER }, 400);
    const { answer } = read.values;
    if (visit.form.get('change') === 'yes') {
      return showPage(answerView, { ...shown, ...untouched({ answer }), max: MAX_ANSWER });
    }
    const message = await describeAnswer(ports, submission, answer);
    if (!message.ok) return redirectTo(paths.submission(submission.id));
    const mail = ports.renderMail({ message: message.value, language: defaultLanguage });
    return showPage(previewView, { ...shown, answer, mail });
  };

const send =
  (ports: SubmissionPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const submission = await find(ports, visit);
    const read = readFields(answerForm, visit.form);
    if (!read.ok) throw new PageError(400, 'bad-request');
    const { version, answer } = read.values;
    const done = withQuery(paths.submission(submission.id), { done: submission.email ? 'sent' : 'answered' });
    const answered = await ports.answer(submission.id, answer, deedOf(visit, version));
    if (answered.ok) return redirectTo(done);
    // The button was pressed twice: the answer went out once, and the second press sees that.
    if ((await find(ports, visit)).answer?.text === answer) return redirectTo(done);
    if (answered.error.name === 'SubmissionUnknown') throw new PageError(403, 'not-allowed');
    throw new PageError(409, 'changed');
  };

/** One submission: read it, decide what becomes of it, write the answer, look at the mail, send it. */
export const submissionRoutes = (ports: SubmissionPorts): readonly Route[] => [
  page(patterns.submission, { may: 'read submissions', answer: show(ports) }),
  post(patterns.submission, { may: 'triage submissions', answer: triage(ports) }),
  page(patterns.answer, { may: 'triage submissions', answer: showAnswer(ports) }),
  post(patterns.answer, { may: 'triage submissions', answer: preview(ports) }),
  page(patterns.answerSend, {
    may: 'triage submissions',
    answer: (visit) => redirectTo(paths.answer(param(visit, 'id'))),
  }),
  post(patterns.answerSend, { may: 'triage submissions', answer: send(ports) }),
];
